"""What stands on a business card as a ``.vcf`` file (vCard 3.0), for any address book (S8, S24)."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.advice.plain_text import address, short
from closing_lib.arguments import Validated, validate_call
from closing_lib.content import lines


@dataclass(frozen=True)
class Contact(Validated):
    """A business card.

    Attributes
    ----------
    name, company, title, email, phone : str
        As on the card; all but the name may be empty.
    note : str
        Where one met.
    """

    name: str
    company: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


@validate_call
def contact_card(contact: Contact) -> bytes:
    r"""Write a business card for an address book; what is empty, or is no e-mail address, is left out.

    Raises
    ------
    ValueError
        If there is no name.

    Examples
    --------
    >>> contact_card(Contact("Dr Ada Lid", email="lid@example.com")).decode().split("\r\n")[2:5]
    ['EMAIL;TYPE=INTERNET:lid@example.com', 'FN:Dr Ada Lid', 'N:Lid;Ada;;Dr;']
    """
    import vobject  # noqa: PLC0415  # only needed here

    name = short(contact.name)
    if not name:
        raise ValueError("A contact needs a name; give the one on the card.")
    made = vobject.vCard()
    made.add("n").value = vobject.vcard.Name(**_parts(name))
    made.add("fn").value = name
    for field, value in (("tel", contact.phone), ("title", contact.title), ("note", contact.note)):
        if short(value):
            made.add(field).value = short(value)
    if short(contact.company):
        made.add("org").value = [short(contact.company)]
    if to := address(contact.email):
        email = made.add("email")
        email.value, email.type_param = to, "INTERNET"
    written: str = made.serialize()
    return written.encode()


def _parts(name: str) -> dict[str, str]:
    """Take a name apart as far as can be known: a title, then given names, and the last word as the family's."""
    title, _, rest = name.partition(" ")
    if title.rstrip(".").lower() in lines("letters.file.titles") and rest:
        inner = _parts(rest)
        return {**inner, "prefix": f"{title} {inner.get('prefix', '')}".rstrip()}
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given}
