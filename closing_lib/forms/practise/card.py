"""What the practice shows, as HTML: the story of an interview, the debrief of a try, and the running record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from closing_lib.advice.card import bullets, fine_line
from closing_lib.content import Scenario, lines, scenarios, text
from closing_lib.content.figures import number
from closing_lib.content.interviewer import ASKABLE
from closing_lib.documents.markup import paragraph, table
from closing_lib.models import Asked, Move, Reason, Response, Side
from closing_lib.practice.debrief import Debrief, Placed
from closing_lib.practice.interviewer import Answer, answer_chances, decision_chances
from closing_lib.practice.record import ENOUGH, KeptTry, PracticeRecord

_ON_THE_LINE = {-2: 16, -1: 33, 0: 50, 1: 67, 2: 84}  # % from too timid to too pushy


def made_up(scenario: Scenario) -> str:
    """Say for which job an interview is, and that it is invented."""
    return paragraph(text("practise.made_up", role=scenario.role, employer=scenario.employer), "ck-muted")


def story(scenario: Scenario) -> str:
    """Write an interview up to the moment of the close."""
    tags = text(
        "practise.tags",
        round=text(f"forms.assessment.round_options.{scenario.round}") if scenario.round else "–",
        format=text(f"forms.assessment.format_options.{scenario.format}"),
        level=text(f"practise.levels.{scenario.level}"),
        directness=text(f"practise.directness.{scenario.directness}"),
    )
    happened = "".join(f"<li>{escape(moment.text)}</li>" for moment in scenario.happened)
    state = f"<h3>{escape(text('practise.state'))}</h3>{paragraph(scenario.state)}"
    return f"{paragraph(tags, 'ck-muted')}{paragraph(scenario.opening)}<ul>{happened}</ul>{state}"


def story_again(scenario: Scenario) -> str:
    """Write the same, folded away: for a second look."""
    return f"<details><summary>{escape(text('practise.read_again'))}</summary>{story(scenario)}</details>"


def answer_card(answer: Answer) -> str:
    """Write what the interviewer answers, and how they take the question."""
    manner = paragraph(answer.manner) if answer.manner else ""
    return f'{manner}<blockquote class="ck-words ck-words-small">{escape(answer.words)}</blockquote>'


def place_named(place: int) -> str:
    """Name a place on the line in words."""
    return lines("practise.places")[place + 2]


# --- The debrief


def debrief_card(told: Debrief) -> str:
    """Write a debrief: beside each choice what there is to say of it, and then what went on behind the door."""
    rows = [_judged(told), *(_placed(one) for one in told.placed), _behind(told)]
    return "".join(rows) + _model(told.tried.scenario, told.tried.asked)


def debrief_summary(told: Debrief) -> str:
    """Say a debrief in one sentence, for those who listen."""
    return text("practise.debrief.summary", **{str(one.move): place_named(one.place) for one in told.placed})


def _judged(told: Debrief) -> str:
    judged, read = (text(f"reading.band.{band}") for band in (told.tried.judged, told.advice.reading.band))
    said = text(f"practise.debrief.verdict_{told.verdict}", judged=judged, read=read)
    return _beside("judged", _said("yours", [judged]), paragraph(said) + _why(told.advice.reading.reasons))


def _placed(one: Placed) -> str:
    named = place_named(one.place)
    said = text("practise.debrief.place_label", place=named)
    line = fine_line(_ON_THE_LINE[one.place], named, said)
    kit = _said("kit", one.kit) if one.place else ""  # else it would have done the same
    return _beside(one.move, _said("yours", one.yours), line + bullets(one.reasons[:1]) + kit + _why(one.reasons[1:]))


def _why(reasons: Sequence[Reason]) -> str:
    """Write reasons, folded away, where there are any."""
    folded = f"<details><summary>{escape(text('practise.debrief.why'))}</summary>{bullets(reasons)}</details>"
    return folded if reasons else ""


def _said(who: str, sentences: Iterable[str]) -> str:
    said = [escape(sentence) for sentence in sentences] or [escape(text("practise.debrief.nothing"))]
    label = f"<strong>{escape(text(f'practise.debrief.{who}'))}</strong>"
    if len(said) == 1:
        return f"<p>{label} {said[0]}</p>"
    return f"<p>{label}</p><ul>{''.join(f'<li>{one}</li>' for one in said)}</ul>"


def _behind(told: Debrief) -> str:
    scenario, answer = told.tried.scenario, told.tried.answer
    thought = text("practise.debrief.leaning", leaning=text(f"practise.leaning.{scenario.leaning}"))
    worry = text("practise.debrief.their_concern", concern=scenario.concern)
    decided = text("practise.debrief.decided", decided=text(f"practise.decided.{answer.decided}"))
    heard = "told" if scenario.already else "plain" if answer.response is answer.decided else "not_plain"
    luck = paragraph(text("practise.debrief.luck"), "ck-muted")
    parts = (thought, worry, f"{decided} {text(f'practise.debrief.{heard}')}")
    return _beside("behind", paragraph(scenario.behind), "".join(map(paragraph, parts)) + luck)


def _model(scenario: Scenario, asked: Asked) -> str:
    """Write the model: what of 100 they decide, and what they say to each question; the one that was asked is bold."""
    columns = [text("practise.debrief.asked_column"), *(text(f"forms.response.options.{one}") for one in Response)]
    decided = _model_row(text("practise.debrief.decided_row"), decision_chances(scenario))
    rows = [_asked_row(scenario, one, is_theirs=one == asked) for one in ASKABLE]
    title = text("practise.debrief.model")
    notes = "".join(paragraph(note, "ck-muted") for note in lines("practise.debrief.model_notes"))
    return f"<details><summary>{escape(title)}</summary>{notes}{table(columns, [decided, *rows], title)}</details>"


def _asked_row(scenario: Scenario, asked: Asked, is_theirs: bool) -> list[str]:
    cells = _model_row(text(f"tactics.{asked}.short"), answer_chances(scenario, asked))
    return [f"<strong>{cell}</strong>" if is_theirs else cell for cell in cells]


def _model_row(name: str, chances: Mapping[Response, float]) -> list[str]:
    return [escape(name), *(number(100 * chances[one]) for one in Response)]


def _beside(key: str, chosen: str, said: str) -> str:
    title = f"<h3>{escape(text(f'practise.debrief.{key}'))}</h3>"
    return f'<div class="ck-debrief"><div>{title}{chosen}</div><div>{said}</div></div>'


# --- The running record


def record_card(record: PracticeRecord) -> str:
    """Write the running record, folded below its count."""
    enough = "tried" if record.tried >= ENOUGH else "few"
    title = f"{text('practise.record.title')} · {text(f'practise.record.{enough}', tried=record.tried, needed=ENOUGH)}"
    judged = text("practise.record.judged", **{str(verdict): times for verdict, times in record.verdicts.items()})
    intro = paragraph(text("practise.record.intro"), "ck-muted")
    told = intro + paragraph(judged) + _counts(record) + _latest(record)
    return f'<details class="ck-sheet ck-one"><summary>{escape(title)}</summary>{told}</details>'


def _counts(record: PracticeRecord) -> str:
    columns = [text(f"practise.record.{key}") for key in ("choice", *Side, "leaning")]
    rows = [
        [
            escape(text(f"practise.debrief.{move}")),
            *(str(record.sides[move][side]) for side in Side),
            escape(_leaning(record, move)),
        ]
        for move in Move
    ]
    return table(columns, rows, text("practise.record.counts"))


def _leaning(record: PracticeRecord, move: Move) -> str:
    if record.tried < ENOUGH:
        return "–"
    return text(f"practise.record.leans_{record.leaning(move) or 'nowhere'}")


def _latest(record: PracticeRecord) -> str:
    titles = {one.id: one.title for one in scenarios()}
    columns = [text("practise.record.scenario"), *(text(f"practise.debrief.{move}") for move in Move)]
    columns += [text(f"practise.record.{key}") for key in ("answer", "seed")]
    rows = [_latest_row(one, titles.get(one.scenario, one.scenario)) for one in record.latest]
    latest = text("practise.record.latest")
    return f"<h3>{escape(latest)}</h3>{table(columns, rows, latest)}"


def _latest_row(one: KeptTry, title: str) -> list[str]:
    places = [place_named(one.places[move]) for move in Move]
    answer = text(f"forms.response.options.{one.response}")
    return [escape(cell) for cell in (title, *places, answer, one.seed)]
