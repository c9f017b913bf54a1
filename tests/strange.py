"""Texts that nobody expects: line breaks, quotes, codes, emoji, other scripts, control characters, and far too many."""

from __future__ import annotations

import base64

from hypothesis import strategies as st

INJECTIONS = (
    "Ms Lid\r\nBcc: everybody@example.com",
    "Ms Lid\nEND:VEVENT\nBEGIN:VEVENT",
    "Ms Lid\rEND:VCARD\rBEGIN:VCARD",
    "Lid\u2028TEL:1\u2029\x85\x0b\x0cEND:VCALENDAR",
    'Ms "Quotes" O’Lid; \\n, \\; ^n ; {name} %s',
    "=?utf-8?q?Bcc:=20all?=",
    "=?utf-8?q?=0D=0ABcc=3A_spy=40evil.example=0D=0A=0D=0AAnother_letter?=",
    "=?utf-8?b?DQpCY2M6IHNweUBldmlsLmV4YW1wbGUNCg0KQW5vdGhlciBsZXR0ZXI=?= Lid",
    "=?utf-8?q?=0D=0ABcc=3A?= spy@evil.example",
    'Lid =?iso-8859-1?q?spy=40evil=2Eexample=2C?= (=?utf-8?q?=0A?=) "=?utf-8?q?=22?="',
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
HIDDEN = (  # in codes that mail programs read in a header (RFC 2047)
    "\r\nBcc: spy@evil.example\r\n\r\nAnother letter\r\n",
    "\nTo: spy@evil.example",
    "\r",
    "\0",
    "spy@evil.example,",
    "<spy@evil.example>",
    'a" <spy@evil.example>, "b',
    "all: spy@evil.example;",
    "(spy@evil.example)",
    "é, 李 👩",
    "",
)
CHARSETS = (
    "utf-8",
    "UTF-8*en",
    "us-ascii",
    "iso-8859-1",
    "windows-1252",
    "utf-16",
    "utf-7",
    "unknown-8bit",
    "none-such",
)
AROUND = (
    "{}",
    "Ms {} Lid",
    "{}{}",
    "{} {}",
    "{}\r\n {}",
    "{},{}",
    '"{}"',
    '"Lid {}" <spy@evil.example>',
    "<{}>",
    "({}) Lid",
    "all: {};",
    "{}@evil.example",
    "{} <spy@evil.example>, Lid",
    "=?utf-8?q?{}?=",
    "{} spy@evil.example",
)


def encoded(hidden: str, charset: str, how: str, around: str) -> str:
    """Hide a text in a code, whether its charset is any or not, and the code in another text."""
    raw = hidden.encode("utf-16" if charset == "utf-16" else "utf-8")
    code = base64.b64encode(raw).decode() if how in "bB" else "".join(f"={byte:02X}" for byte in raw)
    return around.replace("{}", f"=?{charset}?{how}?{code}?=")


codes = st.builds(
    encoded, st.sampled_from(HIDDEN), st.sampled_from(CHARSETS), st.sampled_from("qQbBx"), st.sampled_from(AROUND)
)
strange = st.one_of(
    codes,
    st.sampled_from(INJECTIONS),
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.tuples(st.sampled_from(INJECTIONS), st.text(max_size=10)).map("".join),
)
