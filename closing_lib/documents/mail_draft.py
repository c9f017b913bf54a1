"""A letter as an ``.eml`` file, which mail programs open as a draft: to be read once more, and sent by the person."""

from __future__ import annotations

import email
import re
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, compat32
from email.utils import getaddresses

from closing_lib.arguments import InvalidAnswer, validate_call
from closing_lib.content import text
from closing_lib.documents.letter import Letter
from closing_lib.documents.plain_text import address, short

_ANYWHERE = SMTP.clone(cte_type="7bit")  # so that no program on the way has to know of more than ASCII
_NAME = 80  # characters of a display name
# What means nothing but itself in a subject and in a name; all else is written in code.
_PLAIN = {"Subject": re.compile(r"(?!.*=\?)[ -~]*"), "To": re.compile(r"[\w '-]*", re.ASCII)}
_TYPE = "text/plain"
_OF_THE_BODY = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")


class UnsafeDraftError(InvalidAnswer):
    """A draft would not read as the letter does; the message says what to do."""


@validate_call
def mail_draft(letter: Letter) -> bytes:
    """Write a letter as a draft; without a good address, the person fills it in before sending.

    What a person typed is never parsed as a header: `email` would read codes such as ``=?utf-8?q?...?=`` in it, and
    with them line breaks and addresses. The draft is read back before it is handed over.

    Raises
    ------
    UnsafeDraftError
        If what is read back is anything but the letter, to the one person.

    Examples
    --------
    >>> from closing_lib.documents.letter import Occasion, Person
    >>> from closing_lib.documents.letters import nudge
    >>> draft = mail_draft(nudge(Occasion("Acme"), Person("Mr Lid", email="lid@example.com")))
    >>> draft.decode().splitlines()[1:3]
    ['To: Mr Lid <lid@example.com>', 'X-Unsent: 1']
    """
    subject, to, name = short(letter.subject), address(letter.to.email), short(letter.to.name, _NAME)
    body = EmailMessage(policy=_ANYWHERE)
    body.set_content(letter.text.encode(errors="replace").decode())  # half a character would raise an error
    head = {"Subject": _written("Subject", subject), "To": f"{_written('To', name)} <{to}>".strip(), "X-Unsent": "1"}
    lines = "".join(f"{field}: {value}\r\n" for field, value in head.items() if to or field != "To")
    draft = lines.encode("ascii") + body.as_bytes()
    require_only(draft, subject=subject, to=(name, to) if to else None, body=letter.text)
    return draft


def require_only(draft: bytes, *, subject: str, to: tuple[str, str] | None, body: str) -> None:
    """Refuse a draft that holds anything but one subject, one addressee and one text, or not exactly these.

    Both halves of `email` read it, the older and the newer: they share little, and mail programs differ as they do.

    Parameters
    ----------
    draft : bytes
        The draft.
    subject : str
        What it is about.
    to : tuple of str or None
        The name and the address of the one person who gets it; None: nobody yet.
    body : str
        The letter.

    Raises
    ------
    UnsafeDraftError
        If it does.
    """
    try:
        is_exact = _older(draft) == _newer(draft) == _expected(subject, to, body)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError):  # a header that is none leads them there
        is_exact = False
    if not is_exact:
        raise UnsafeDraftError(text("letters.file.not_exact"))


_Read = tuple[list[str], str, str, list[tuple[str, str]], str]  # headers, type, subject, addressees, text


def _expected(subject: str, to: tuple[str, str] | None, body: str) -> _Read:
    fields = ["Subject", *(["To"] if to else []), "X-Unsent", *_OF_THE_BODY]
    return fields, _TYPE, subject, [(_solid(to[0]), to[1])] if to else [], body


def _older(draft: bytes) -> _Read:
    read = email.message_from_bytes(draft, policy=compat32)
    people = getaddresses([_unfolded(value) for value in read.get_all("To", [])])
    addressed = [(_solid(_decoded(name)), to) for name, to in people]
    content = bytes(read.get_payload(decode=True)).decode(read.get_content_charset("ascii"))
    subject = _decoded(_unfolded(read["Subject"]))
    return [*read.keys()], read.get_content_type(), subject, addressed, _breaks(content)


def _newer(draft: bytes) -> _Read:
    read = email.message_from_bytes(draft, policy=SMTP)
    alone = [group for to in read.get_all("To", []) for group in to.groups if group.display_name is None]
    people = [one for group in alone for one in group.addresses]
    addressed = [(_solid(one.display_name), one.addr_spec) for one in people]
    return [*read.keys()], read.get_content_type(), str(read["Subject"]), addressed, _breaks(read.get_content())


def _written(field: str, typed: str) -> str:
    """Write a typed text as the value of a header, in code (RFC 2047) unless it is plain words."""
    charset = "us-ascii" if _PLAIN[field].fullmatch(typed) else "utf-8"
    return Header(typed, charset, header_name=field).encode(linesep="\r\n")


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


def _unfolded(value: str) -> str:
    return value.replace("\r\n", "")


def _breaks(content: str) -> str:
    return content.replace("\r\n", "\n")


def _solid(name: str) -> str:
    """Give a name without its blanks: where a name takes several codes, the newer reader puts some between them."""
    return "".join(name.split())
