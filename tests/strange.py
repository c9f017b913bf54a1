"""Texts that nobody expects: line breaks, quotes, emoji, other scripts, control characters, and far too many."""

from __future__ import annotations

from hypothesis import strategies as st

INJECTIONS = (
    "Ms Lid\r\nBcc: everybody@example.com",
    "Ms Lid\nEND:VEVENT\nBEGIN:VEVENT",
    "Ms Lid\rEND:VCARD\rBEGIN:VCARD",
    "Lid\u2028TEL:1\u2029\x85\x0b\x0cEND:VCALENDAR",
    'Ms "Quotes" O’Lid; \\n, \\; ^n ; {name} %s',
    "=?utf-8?q?Bcc:=20all?=",
    "<script>alert(1)</script> & <b>Sons</b>",
    "👩🏽‍💻 Ms 🏴󠁧󠁢󠁥󠁮󠁧󠁿 Lid",
    "شركة المثال، د. ليلى",
    "\u202eexe.cod\u202c Lid",
    "../../../etc/passwd",
    "..\\..\\CON.txt",
    "\x00\x01\x08\x1b[31m\x7f\x9b Lid",
    "\ud800 half a character",
    "\ufffe\uffff Lid",
    "x" * 10_000,
    "é " * 5_000,
)
strange = st.one_of(
    st.sampled_from(INJECTIONS),
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.tuples(st.sampled_from(INJECTIONS), st.text(max_size=10)).map("".join),
)
