"""A letter as an ``.eml`` file, which mail programs open as a draft: to be read once more, and sent by the person."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from closing_lib.advice.letter import Letter
from closing_lib.advice.plain_text import address, short
from closing_lib.arguments import validate_call

_ANYWHERE = SMTP.clone(cte_type="7bit")  # so that no program on the way has to know of more than ASCII
_NAME = 80  # characters of a display name


@validate_call
def mail_draft(letter: Letter) -> bytes:
    """Write a letter as a draft; without a good address, the person fills it in before sending.

    Examples
    --------
    >>> from closing_lib.advice.letter import Occasion, Person
    >>> from closing_lib.advice.letters import nudge
    >>> draft = mail_draft(nudge(Occasion("Acme"), Person("Mr Lid", email="lid@example.com")))
    >>> draft.decode().splitlines()[1:3]
    ['To: Mr Lid <lid@example.com>', 'X-Unsent: 1']
    """
    message = EmailMessage(policy=_ANYWHERE)
    message["Subject"] = short(letter.subject)
    if to := address(letter.to.email):
        message["To"] = Address(display_name=short(letter.to.name, _NAME), addr_spec=to)
    message["X-Unsent"] = "1"
    message.set_content(letter.text)
    return message.as_bytes()
