"""What stands on a business card as a ``.vcf`` file (vCard 3.0), for any address book (S8, S24)."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.arguments import Validated, validate_call
from closing_lib.documents.names import name_parts
from closing_lib.documents.plain_text import address, short


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
    ['N:Lid;Ada;;Dr;', 'FN:Dr Ada Lid', 'EMAIL;TYPE=INTERNET:lid@example.com']
    """
    from icalendar import Component, vN, vOrg, vText  # noqa: PLC0415  # slow to load, and only needed here

    name = short(contact.name)
    if not name:
        raise ValueError("A contact needs a name; give the one on the card.")
    made = Component.get_component_class("VCARD")()
    made.add("version", "3.0")
    titles, given, family = name_parts(name)
    made.add("n", vN((family, given, "", titles, "")))
    made.add("fn", vText(name))
    if company := short(contact.company):
        made.add("org", vOrg((company,)))
    for field, value in (("title", contact.title), ("tel", contact.phone), ("note", contact.note)):
        if short(value):
            made.add(field, vText(short(value)))
    if to := address(contact.email):
        made.add("email", vText(to), parameters={"TYPE": "INTERNET"})
    written: bytes = made.to_ical(sorted=False)
    return written
