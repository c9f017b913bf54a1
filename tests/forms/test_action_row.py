"""The row of buttons by which something leaves the kit: what goes to the browser, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import closing_lib as cl
from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.documents.mail_link import MailLink
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.records import OutcomeLog

FILES = [MadeFile(("One", "../Acme"), "csv", b"1", "A remark."), MadeFile(("two",), "csv", b"2")]


class Browser:
    """What a browser gets from a row, pressed as the page does it."""

    def __init__(self, log: OutcomeLog, monkeypatch: pytest.MonkeyPatch, how: Any, make: Callable[[], Any]) -> None:
        form = cl.PrepareForm(log)
        self.row = ActionRow(form, "Your thing", [Action("it", how, make)], "exports")
        self.got: list[tuple[dict[str, Any], list[bytes]]] = []
        monkeypatch.setattr(self.row, "send", lambda content, buffers: self.got.append((content, buffers)))

    def press(self) -> dict[str, Any]:
        self.row._handle_custom_msg({"press": "it", "view": "here"}, [])
        return self.got[-1][0]


def test_files_go_to_the_browser_and_a_copy_stays_beside_the_log(
    log: OutcomeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(log, monkeypatch, "download", lambda: FILES)
    assert browser.press() == {"do": "download", "names": ["one-acme.csv", "two.csv"], "view": "here"}
    assert browser.got[-1][1] == [b"1", b"2"]
    assert sorted(path.name for path in (log.path.parent / "exports").iterdir()) == ["one-acme.csv", "two.csv"]
    copied = "There’s a copy in the folder exports next to your log. A remark."
    assert browser.row.said == f"Downloaded: one-acme.csv, two.csv. {copied}"
    browser.row.forget()
    assert (browser.row.said, browser.row.paths) == ("", ())


def test_without_room_for_a_copy_it_is_downloaded_all_the_same(
    log: OutcomeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    (log.path.parent / "exports").touch()
    browser = Browser(log, monkeypatch, "download", lambda: FILES[1])
    assert browser.press()["names"] == ["two.csv"]
    assert browser.got[-1][1] == [b"2"]
    assert browser.row.said.startswith("Downloaded: two.csv. No copy could be saved next to your log (")


@pytest.mark.parametrize(
    ("made", "told", "sent"),
    [
        ("<p>", "open", {"do": "open", "page": "<p>"}),
        ("<p>", "print", {"do": "print", "page": "<p>"}),
        ("words", "copy", {"do": "copy", "text": "words"}),
        (MailLink("mailto:x"), "mail", {"do": "mail", "href": "mailto:x", "text": ""}),
        (MailLink("mailto:x", "long"), "mail_long", {"do": "mail", "href": "mailto:x", "text": "long"}),
    ],
)
def test_what_the_browser_does_it_says_itself(
    log: OutcomeLog, monkeypatch: pytest.MonkeyPatch, made: object, told: str, sent: dict[str, str]
) -> None:
    browser = Browser(log, monkeypatch, sent["do"], lambda: made)
    said = {name: text(f"actions.{told}.{name}") for name in ("done", "failed")}
    assert browser.press() == sent | said | {"view": "here"}
    assert browser.row.said == text("actions.making"), "until the browser has done it"


def test_what_is_shown_goes_away_again(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(log, monkeypatch, "show", lambda: "<svg>")
    browser.press()
    assert browser.row.shown == "<svg>"
    browser.press()
    assert (browser.row.shown, browser.row.said) == ("", "")


def test_what_a_person_can_cause_is_said_and_a_mistake_of_the_kit_is_not_hidden(
    log: OutcomeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Exception | None] = [InvalidAnswer("Not like this."), None, ValueError("a mistake")]

    def make() -> None:
        if error := made.pop(0):
            raise error

    browser = Browser(log, monkeypatch, "open", make)
    assert browser.press() == {"do": "refused", "view": "here"}, "so that the tab that was opened for it goes"
    assert browser.row.said == "Not like this."
    browser.press()
    assert browser.row.said == text("actions.gone")
    with pytest.raises(ValueError, match="a mistake"):
        browser.press()


def test_what_cannot_be_pressed_does_nothing(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(log, monkeypatch, "download", lambda: FILES)
    browser.row.allow(allowed=False)
    browser.row._handle_custom_msg({"press": "it"}, [])
    browser.row._handle_custom_msg({"press": "something else"}, [])
    assert browser.got == []
    assert not (log.path.parent / "exports").exists()
