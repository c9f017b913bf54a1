"""A letter as a ``mailto:`` link, which opens it in the person's own mail program; they send it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from closing_lib.arguments import Validated, validate_call
from closing_lib.documents.letter import Letter
from closing_lib.documents.plain_text import address, short

MOST = 2000  # characters of a link that every system hands on whole: Windows cuts it at 2,048


@dataclass(frozen=True)
class MailLink(Validated):
    """A link to write a letter by.

    Attributes
    ----------
    href : str
        The link.
    left_out : str
        The letter where it is too long for a link, to be pasted into the mail; else empty.
    """

    href: str
    left_out: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the letter is in the link."""
        return not self.left_out


@validate_call
def mail_link(letter: Letter) -> MailLink:
    """Write a letter as a link (RFC 6068); without a good address, the person fills it in before sending.

    All that means anything in a link is written in code, so that what was typed adds no addressee and no header.

    Examples
    --------
    >>> from closing_lib.documents.letter import Occasion, Person
    >>> from closing_lib.documents.letters import nudge
    >>> mail_link(nudge(Occasion("Acme"), Person("Mr Lid", email="lid@example.com"))).href.partition("?")[0]
    'mailto:lid@example.com'
    """
    begin = f"mailto:{quote(address(letter.to.email), safe='@')}?subject={_in_code(short(letter.subject))}"
    body = _in_code(letter.text.replace("\n", "\r\n"))
    href = f"{begin}&body={body}"
    return MailLink(href) if len(href) <= MOST else MailLink(begin, letter.text)


def _in_code(said: str) -> str:
    return quote(said, safe="", errors="replace")  # half a character would raise an error
