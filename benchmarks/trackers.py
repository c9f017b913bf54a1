"""Import trackers whose truth is known, by the thousand: count rows lost, values wrong, and files that ask.

    .venv/bin/python benchmarks/trackers.py [FILES] [--seed N] [--write]

Each is made as a person might keep it: a language, a layout, an order of dates, an encoding, days ahead, statuses that
are told, waited for or denied, a row for each change, links that tell two alike apart, months and totals between the
rows. It is read twice: as it comes, and with every question of the first reading answered from the truth.

`--write` writes trackers.md. The tests run some with a fixed seed.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import platform
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import closing_lib as cl
from closing_lib.clock import today
from closing_lib.records.importing.reading import Answers
from closing_lib.records.importing.report import ImportReport
from closing_lib.records.importing.source import File, Plan
from closing_lib.records.importing.statuses import read_statuses
from closing_lib.records.importing.tracker import Tracker

Dice = random.Random
Phrases = dict[str, list[str]]  # statuses by their readings
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
HEADINGS: dict[str, Phrases] = WORDS["headings"]
USUAL: dict[str, Phrases] = WORDS["usual"]
ODD: dict[str, Phrases] = WORDS["odd"]
MONTHS: dict[str, list[str]] = WORDS["months"]
NAMES: dict[str, list[str]] = WORDS["names"]
Event = tuple[str, str | None]  # kind, day
ORDERS = ("iso", "dots", "day/", "month/", "day-", "name", "NAME", "short", "year/")
LAYOUTS = ("plain", "plain", "plain", "updated", "stages", "ticks", "history", "changes", "dated", "arrows", "twins")
SHOWN = 12


class Truth(NamedTuple):
    """What one application of a file is."""

    lines: tuple[int, ...]
    company: str
    role: str | None
    applied_on: str | None
    source: str | None
    readings: tuple[tuple[Event, ...], ...]  # what may have happened, each in one way of reading it; empty: ask
    is_sent: bool = True


@dataclass
class Made:
    """A file, and the truth of it."""

    layout: str
    order: str
    data: bytes = b""
    truths: list[Truth] = field(default_factory=list)
    others: list[int] = field(default_factory=list)  # lines that are no application
    statuses: dict[str, str] = field(default_factory=dict)  # what each status means, where one word says it

    @property
    def day_first(self) -> bool:
        """Whether its days are written before their months."""
        return self.order != "month/"


# --- Making


class Making:
    """One file in the making."""

    def __init__(self, dice: Dice) -> None:
        self.dice, self.language = dice, dice.choice([*HEADINGS])
        self.made = Made(dice.choice(LAYOUTS), dice.choice(ORDERS))
        self.words = HEADINGS[self.language]
        self.day = today() - dt.timedelta(dice.randrange(20, 500))
        self.rows: list[list[str]] = []
        self.seen: set[tuple[str, str]] = set()
        self.is_odd, self.is_newest_first = dice.random() < 0.4, dice.random() < 0.2

    def file(self) -> Made:
        """Make it, row by row."""
        layout = getattr(self, f"_{self.made.layout}")
        self.fields = fields = self._fields()
        if self.dice.random() < 0.1:
            self._other(["My search", *[""] * (len(fields) - 1)])
        self.rows.append(self._headings(fields))
        for _ in range(1 + min(int(self.dice.expovariate(0.1)), 60)):
            self._between()
            layout()
        self.made.data = self._encoded()
        return self.made

    def _fields(self) -> list[str]:
        base = {
            "plain": ["company", "role", "applied", "status"],
            "updated": ["company", "role", "applied", "status", "status_on"],
            "stages": ["company", "role", "applied", "interview", "second", "offer", "rejected"],
            "ticks": ["company", "role", "applied", "interview", "offer", "rejected"],
            "history": ["company", "role", "history"],
            "changes": ["company", "role", "Date", "status"],
            "dated": ["company", "role", "applied", "status"],
            "arrows": ["company", "role", "applied", "status"],
            "twins": ["company", "role", "applied", "status", "link"],
        }[self.made.layout]
        more = [name for name in ("source", "note", "place", "other", "reminder") if self.dice.random() < 0.35]
        if self.made.layout != "twins" and self.dice.random() < 0.3:
            more.append("link")
        return base + more

    def _headings(self, fields: list[str]) -> list[str]:
        names = {"Date": {"en": "Date", "de": "Datum", "es": "Fecha", "fr": "Date", "pt": "Data"}[self.language]}
        found = [names.get(name) or self.dice.choice(self.words[name]) for name in fields]
        case = self.dice.choice((str, str, str, str.upper, str.lower))
        return [case(name) for name in found]

    def _between(self) -> None:
        """Write, now and then, a row that is no application."""
        chance, width = self.dice.random(), len(self.fields)
        months = MONTHS[self.language]
        if chance < 0.02:
            self._other([self.dice.choice(months).upper(), *[""] * (width - 1)])
        elif chance < 0.025:
            self._other([f"Total: {len(self.rows)}", *[""] * (width - 1)])
        elif chance < 0.035:
            self._other([" ", *[""] * (width - 1)])

    def _other(self, row: list[str]) -> None:
        self.rows.append(row)
        self.made.others.append(len(self.rows))

    def _whom(self) -> tuple[str, str]:
        while True:
            company = f"{self.dice.choice(NAMES['first'])} {self.dice.choice(NAMES['second'])}".replace(" ,", ",")
            if self.dice.random() < 0.5:
                company = f"{company.split()[0]} {self.dice.randrange(1, 99)} {company.partition(' ')[2]}"
            whom = company, self.dice.choice(NAMES["roles"])
            if (plain := (whom[0].split()[0] + (whom[0].split()[1]), whom[1])) not in self.seen:
                self.seen.add(plain)
                return whom

    def _next_day(self) -> dt.date:
        self.day = min(self.day + dt.timedelta(int(self.dice.expovariate(0.25))), today())
        return self.day

    def _later(self, day: dt.date, least: int = 1) -> dt.date:
        return min(day + dt.timedelta(least + int(self.dice.expovariate(0.07))), today())

    def _ahead(self) -> dt.date:
        return today() + dt.timedelta(self.dice.randrange(1, 45))

    def _write(self, cells: dict[str, str]) -> int:
        extra = {
            "source": lambda: self.dice.choice(NAMES["sources"]),
            "note": lambda: self.dice.choice(NAMES["notes"]) if self.dice.random() < 0.4 else "",
            "link": lambda: f"https://example.org/{self.dice.randrange(10**6)}",
            "place": lambda: self.dice.choice(("Lisboa", "Bern", "Reykjavík", "Remote")),
            "other": lambda: self.dice.choice(("52000", "", "Ann", "high")),
            "reminder": lambda: self._as_written(self._ahead()) if self.dice.random() < 0.3 else "",
        }
        row = [cells[name] if name in cells else extra[name]() for name in self.fields]
        self.rows.append(row)
        return len(self.rows)

    def _truth(
        self, lines: list[int], whom: tuple[str, str], day: dt.date | None, *readings: tuple[Event, ...]
    ) -> None:
        at = self.fields.index("source") if "source" in self.fields else -1
        source = self.rows[lines[0] - 1][at] if at >= 0 else None
        applied = day.isoformat() if day else None
        self.made.truths.append(Truth(tuple(lines), whom[0], whom[1], applied, source, readings))

    def _status(self, phrases: dict[str, Phrases] | None = None, *, is_sent: bool = False) -> tuple[str, list[str]]:
        """Give a status and how it may be read."""
        is_odd = phrases is None and self.is_odd and self.dice.random() < 0.2
        found = (phrases or (ODD if is_odd else USUAL))[self.language]
        told = (
            [*found]
            if is_odd
            else self.dice.choices([*found], [6 if one in ("none", "rejected") else 1 for one in found])
        )
        reading = self.dice.choice(told)
        if is_sent and reading in ("unsent", ""):
            return self._status(phrases, is_sent=is_sent)
        written = self.dice.choice(found[reading])
        if len(reading.split()) == 1 and "," not in reading:
            self.made.statuses[written] = {"none": "open", "unsent": "not_yet"}.get(reading, reading)
        return written, [one for one in reading.split(",") if one]

    def _plain(self) -> None:
        whom, day = self._whom(), self._next_day()
        written, readings = self._status()
        line = self._write({"company": whom[0], "role": whom[1], "applied": self._as_written(day), "status": written})
        self._add(line, whom, day, readings, None)

    def _add(
        self, line: int, whom: tuple[str, str], day: dt.date | None, readings: list[str], last: str | None
    ) -> None:
        if readings == ["unsent"]:
            self.made.others.append(line)
            return
        self._truth([line], whom, day, *(_events(one, last) for one in readings))

    def _updated(self) -> None:
        whom, day = self._whom(), self._next_day()
        written, readings = self._status()
        later = self._ahead() if readings == ["interview"] and self.dice.random() < 0.4 else self._later(day)
        cells = {"applied": self._as_written(day), "status": written, "status_on": self._as_written(later)}
        line = self._write({"company": whom[0], "role": whom[1], **cells})
        self._add(line, whom, day, readings, later.isoformat())

    def _stages(self) -> None:
        whom, day = self._whom(), self._next_day()
        cells, events, at = {"company": whom[0], "role": whom[1], "applied": self._as_written(day)}, [], day
        for name, chance in (("interview", 0.5), ("second", 0.4), ("offer", 0.2), ("rejected", 0.5)):
            cells[name] = ""
            is_over = events and events[-1][0] in ("offer", "rejected")
            if is_over or (name == "second" and not events) or self.dice.random() > chance:
                continue
            at = self._ahead() if name in ("interview", "second") and self.dice.random() < 0.15 else self._later(at)
            cells[name] = self._as_written(at)
            events.append(("interview" if name == "second" else name, at.isoformat()))
            if at > today():
                break
        for name in ("second", "offer", "rejected"):
            cells.setdefault(name, "")
        self._truth([self._write(cells)], whom, day, tuple(events))

    def _ticks(self) -> None:
        whom, day = self._whom(), self._next_day()
        yes, no = self.dice.choice((*NAMES["ticks"], WORDS["yes"][self.language]))
        course = set(self._course())
        told = [name for name in ("interview", "offer", "rejected") if name in course]
        cells = {name: yes if name in told else no for name in ("interview", "offer", "rejected")}
        line = self._write({"company": whom[0], "role": whom[1], "applied": self._as_written(day)} | cells)
        self._truth([line], whom, day, tuple((kind, None) for kind in told))

    def _history(self) -> None:
        whom, day = self._whom(), self._next_day()
        steps, events, at = [f"{self._as_written(day)} {self._said('none', 0)}"], [], day
        for kind in self._course():
            at = self._later(at)
            steps.append(f"{self._as_written(at)} {self._said(kind, 0)}")
            events.append((kind, at.isoformat()))
        line = self._write({"company": whom[0], "role": whom[1], "history": "; ".join(steps)})
        self._truth([line], whom, day, tuple(events))

    def _said(self, kind: str, at: int) -> str:
        return USUAL[self.language][kind][at]

    def _course(self) -> list[str]:
        course = ["interview"] * self.dice.choice((0, 1, 1, 2))
        end = self.dice.choice(("offer", "rejected", "no_reply", "withdrew", "", ""))
        return [*course, end] if end else course

    def _changes(self) -> None:
        whom, day, at = self._whom(), self._next_day(), self.day
        steps, events = [(at, self._said("none", 0))], []
        for kind in dict.fromkeys(self._course()):
            at = self._later(at)
            steps.append((at, self._said(kind, 0)))
            events.append((kind, at.isoformat()))
        lines = [self._change(whom, *step) for step in (reversed(steps) if self.is_newest_first else steps)]
        self._truth(lines, whom, day, tuple(events))

    def _change(self, whom: tuple[str, str], day: dt.date, status: str) -> int:
        return self._write(
            {"company": whom[0], "role": whom[1], "Date": self._as_written(day), "status": status} | self._of_job(whom)
        )

    def _of_job(self, whom: tuple[str, str]) -> dict[str, str]:
        """Give what stays the same in all rows of an application."""
        dice = Dice(str(whom))
        return {
            "link": f"https://example.org/{dice.randrange(10**6)}",
            "place": "Bern",
            "source": dice.choice(NAMES["sources"]),
        }

    def _dated(self) -> None:
        whom, day = self._whom(), self._next_day()
        kind = self.dice.choice(("rejected", "interview", "offer"))
        later = self._later(day)
        month = MONTHS[self.language][later.month - 1]
        of = " de " if self.language in ("es", "pt") else " "
        dot = "." if self.language == "de" else ""
        written = self.dice.choice((f"{later.day}{dot}{of}{month}{of}{later.year}", later.isoformat()))
        status = f"{self._said(kind, 0)} {WORDS['joints'][self.language]} {written}"
        line = self._write({"company": whom[0], "role": whom[1], "applied": self._as_written(day), "status": status})
        self._truth([line], whom, day, ((kind, later.isoformat()),))

    def _arrows(self) -> None:
        whom, day, course = self._whom(), self._next_day(), [*dict.fromkeys(self._course())]
        sign = self.dice.choice((" -> ", " → ", " > ", " - "))
        status = sign.join([self._said("none", 0), *(self._said(kind, 0) for kind in course)])
        line = self._write({"company": whom[0], "role": whom[1], "applied": self._as_written(day), "status": status})
        self._truth([line], whom, day, tuple((kind, None) for kind in course))

    def _twins(self) -> None:
        whom, day = self._whom(), self._next_day()
        for _ in range(self.dice.choice((1, 1, 2))):
            written, readings = self._status(USUAL, is_sent=True)
            line = self._write(
                {"company": whom[0], "role": whom[1], "applied": self._as_written(day), "status": written}
            )
            self._add(line, whom, day, readings, None)

    def _as_written(self, day: dt.date) -> str:
        month = MONTHS[self.language][day.month - 1]
        return {
            "iso": day.isoformat(),
            "dots": f"{day.day}.{day.month}.{day.year}",
            "day/": f"{day.day:02}/{day.month:02}/{day.year}",
            "month/": f"{day.month}/{day.day}/{day.year}",
            "day-": f"{day.day}-{day.month}-{day.year}",
            "name": f"{day.day} {month[:3] if self.language == 'en' else month} {day.year}",
            "NAME": f"{month} {day.day}, {day.year}",
            "short": f"{day.day:02}/{day.month:02}/{day.year % 100:02}",
            "year/": f"{day.year}/{day.month:02}/{day.day:02}",
        }[self.made.order]

    def _encoded(self) -> bytes:
        out = io.StringIO()
        csv.writer(
            out,
            delimiter=self.dice.choice(",,;\t|"),
            lineterminator=self.dice.choice(("\n", "\r\n")),
            quoting=self.dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        ).writerows(self.rows)
        encoding = self.dice.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
        try:
            return out.getvalue().encode(encoding)
        except UnicodeEncodeError:
            return out.getvalue().encode()


def _events(reading: str, last: str | None) -> tuple[Event, ...]:
    kinds = [] if reading == "none" else [kind for kind in reading.split() if kind != "none"]
    return tuple((kind, last if at == len(kinds) - 1 else None) for at, kind in enumerate(kinds))


# --- Reading, and comparing with the truth


class Read(NamedTuple):
    """What was read of a file."""

    report: ImportReport
    plan: Plan


def read(made: Made, log: cl.OutcomeLog, answers: Answers, mapping: dict[str, str] | None = None) -> Read:
    """Read a file beside an empty log, all but the writing."""
    source = Tracker.recognise(File(made.data, "tracker.csv", None, mapping, answers))
    report = source.read()
    with log._file.reading() as db:
        return Read(report, source.resolve(db))


def faults(made: Made, found: Read) -> Iterator[tuple[str, str]]:
    """Compare a reading with the truth: each fault by its kind, with what is to be seen of it."""
    skipped = {row.line: row.reason for row in (*found.report.skipped, *found.plan.skipped)}
    said = {remark.line for remark in (*found.report.remarks, *found.plan.remarks)}
    lines = {line for truth in made.truths for line in truth.lines} | {*made.others}
    if (count := len(found.plan.digests) + len(skipped)) != len(lines):
        yield "rows lost", f"{count} of {len(lines)} rows"
    yield from (("taken for an application", f"line {line}") for line in set(made.others) - {*skipped})
    apps = _applications(found.plan)
    waiting = [truth for truth in made.truths if not skipped.keys().isdisjoint(truth.lines)]
    for truth in (one for one in made.truths if one not in waiting):
        if wrong := _compare(truth, apps):
            kind = "wrong, and said" if said & {*truth.lines, 0} else "wrong, and not said"
            yield kind, f"line {truth.lines}: {wrong}"
    for truth in waiting:
        reasons = [skipped[line] for line in truth.lines if line in skipped]
        yield from (("left out", f"line {truth.lines}: {one}") for one in reasons if not _asks(one))
        apps.pop(next((key for key, app in apps.items() if app[:2] == truth[1:3]), -1), None)
    yield from (("one too many", str(app)) for app in apps.values())


def _asks(reason: str) -> bool:
    return "Say " in reason


App = tuple[str, str | None, str | None, str | None, tuple[Event, ...]]


def _applications(plan: Plan) -> dict[int, App]:
    new, events = plan.new["application"], plan.new["event"]
    happened: dict[int, list[Event]] = {number: [] for number in new["application"]}
    for number, kind, day in zip(events["application"], events["kind"], events["on"], strict=True):
        happened[number].append((kind, day))
    rows = zip(new["application"], new["company"], new["role"], new["applied_on"], new["source"], strict=True)
    return {number: (*rest, tuple(happened[number])) for number, *rest in rows}  # type: ignore[misc]


def _compare(truth: Truth, apps: dict[int, App]) -> str:
    """Take the application that a truth is about out of those that were read, and say what is wrong with it."""
    for number, app in apps.items():
        if app[:2] == (truth.company, truth.role) and any(
            sorted(app[4], key=str) == sorted(one, key=str) for one in truth.readings
        ):
            del apps[number]
            wanted = (truth.applied_on, truth.source)
            return "" if app[2:4] == wanted else f"{app[2:4]} instead of {wanted}"
    number = next((number for number, app in apps.items() if app[:2] == (truth.company, truth.role)), None)
    return f"{apps.pop(number) if number else 'nothing'} instead of {truth.readings}"


def answered(made: Made, report: ImportReport) -> Answers:
    """Answer what was asked, from the truth."""
    unknown = {one: made.statuses[one] for one in report.unknown_statuses if one in made.statuses}
    return Answers(read_statuses(unknown), made.day_first if "day_first" in report.questions else None)


# --- Counting


def run(files: int, seed: int, log: cl.OutcomeLog) -> tuple[Counter[str], list[str]]:
    """Give the counts over many files, and what is to be seen of each fault."""
    counts: Counter[str] = Counter()
    seen: list[str] = []
    for number in range(files):
        made = Making(Dice(f"{seed}/{number}")).file()
        first = read(made, log, Answers({}))
        counts["rows"] += len(made.truths) + len(made.others)
        is_asked = bool(first.report.questions or first.report.unknown_statuses)
        counts["files that ask"] += is_asked
        counts["files that ask for the order of dates"] += "day_first" in first.report.questions
        for which in (first, read(made, log, answered(made, first.report)) if is_asked else None):
            for kind, what in faults(made, which) if which else ():
                counts[kind if which is first else f"{kind}, once answered"] += 1
                seen.append(f"{seed}/{number} {made.layout} {made.order} {kind}: {what}")
    return counts, seen


def table(files: int, seed: int, seconds: float, counts: Counter[str]) -> str:
    """Give the table of the counts."""
    kinds = [
        "rows lost",
        "wrong, and not said",
        "taken for an application",
        "one too many",
        "left out",
        "wrong, and said",
    ]
    lines = [(kind, counts[kind], "0" if at < 5 else "") for at, kind in enumerate(kinds)]
    lines += [(f"{kind}, once answered", counts[f"{kind}, once answered"], "0") for kind in kinds[:5]]
    lines += [("files that ask", counts["files that ask"], f"fewer than {files // 5:,}")]
    lines += [("of these, for the order of dates", counts["files that ask for the order of dates"], "")]
    rows = "\n".join(f"| {what} | {n:,} | {aim} |" for what, n, aim in lines)
    return (
        "# What an import makes of trackers whose truth is known\n\n"
        f"Made by `benchmarks/trackers.py {files} --seed {seed}` on {today()} in {seconds:.0f} seconds, with Python "
        f"{platform.python_version()}: "
        f"{files:,} files with {counts['rows']:,} rows.\n\n{__doc__.split(chr(10) * 2)[2]}\n\n"
        f"| what | count | aim |\n|---|---:|---|\n{rows}\n"
    )


def main() -> None:
    """Make the files, read them and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        counts, seen = run(given.files, given.seed, cl.OutcomeLog(Path(folder, "log.sqlite")))
    told = table(given.files, given.seed, time.perf_counter() - started, counts)
    print(told, *seen[:SHOWN], sep="\n")
    if given.write:
        Path(__file__).with_suffix(".md").write_text(told, encoding="utf-8")
    if seen or counts["files that ask"] * 5 >= given.files:
        sys.exit("An aim was missed.")


if __name__ == "__main__":
    main()
