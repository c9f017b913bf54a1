"""The advice card: an `Advice` written as HTML for a form or a cell, with everything that a person typed escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from closing_lib.advice.recommendation import Advice, Change, ruled_out, shown_by
from closing_lib.assessment import LITTLE_EVIDENCE, Assessment, Reading
from closing_lib.content import signs, text
from closing_lib.models import Reason, Tactic

_SURE = 0.6  # certainty from which the card says "quite sure"
_SAID_WITH = "next_steps_vague"  # one question asks for it and for a next step that was named
_PLACE = {Tactic.MILD: 27, Tactic.STANDING: 50, Tactic.BOLD: 76, Tactic.CONFIRM: 50}  # % from too timid to too pushy


@shown_by
def advice_card(advice: Advice) -> str:
    """Write the advice as HTML: the words first and largest, then why, what would change it, and the order."""
    assessment = advice.assessment
    return "".join(
        [
            f'<p class="ck-muted">{_read(advice.reading, assessment)}</p>',
            *(_paragraph(step.text) for step in advice.steps[:1] if step.id == "concern"),
            f"<h2>{_headline(advice)}</h2>",
            f'<blockquote class="ck-words">“{escape(advice.words)}”</blockquote>',
            f'<p class="ck-muted">{escape(text(f"forms.card.{_whose(advice)}"))}</p>',
            _folded("others", _others(advice)),
            _line(advice.tactic),
            _section("because", bullets(advice.reasons)),
            _section("would_change", _changes(advice, assessment)),
            _section("in_this_order", _steps(advice)),
            _section("in_a_minute", _paragraph(f"“{advice.short}”")),
            _section("beware", _cautions(advice.cautions)),
            _folded("how_read", bullets(advice.reading.reasons)),
        ]
    )


def _paragraph(sentence: str) -> str:
    return f"<p>{escape(sentence)}</p>"


def _others(advice: Advice) -> str:
    ways = (f"<li>“{escape(said)}” {escape(note)}</li>" for said, note in advice.others.items())
    return f"<ul>{''.join(ways)}</ul>"


def in_a_line(advice: Advice) -> str:
    """Say the advice in one line: what to do, then the words."""
    return text("forms.card.line", headline=text(f"tactics.{advice.tactic}.headline"), words=f"“{advice.words}”")


def _headline(advice: Advice) -> str:
    return escape(text(f"tactics.{advice.tactic}.headline"))


def _whose(advice: Advice) -> str:
    return "quoted" if advice.quoted else "own_settled" if advice.tactic is Tactic.CONFIRM else "own"


def _read(reading: Reading, assessment: Assessment) -> str:
    if assessment.already:  # how it went decides nothing any more
        return escape(text(f"forms.card.settled_{assessment.already}"))
    band = f'<span class="ck-band ck-band-{reading.band}">{escape(text(f"reading.band.{reading.band}"))}</span>'
    level = "high" if reading.certainty >= _SURE else "middle" if reading.certainty >= LITTLE_EVIDENCE else "low"
    read = text("forms.card.read", band=band, certainty=escape(text(f"reading.certainty.{level}")))
    answered = reading.pointing_well + reading.pointing_poorly
    key = "pointing" if answered else "nothing_seen"
    return f"{read} · {escape(text(f'forms.card.{key}', well=reading.pointing_well, answered=answered))}"


def fine_line(place: int, here: str, said: str) -> str:
    """Draw the line from too timid to too pushy with a named mark on it, in % from the left, and say it in words."""
    timid, pushy = (escape(text(f"forms.card.{key}")) for key in ("timid_end", "pushy_end"))
    return (
        f'<div class="ck-line" role="img" aria-label="{escape(said)}"><div class="ck-line-bar"></div>'
        f'<div class="ck-line-here" style="left:{place}%;--at:{place}%">{escape(here)}</div>'
        f'<div class="ck-line-ends"><span>{timid}</span><span>{pushy}</span></div></div>'
    )


def _line(tactic: Tactic) -> str:
    said = text(f"tactics.{tactic}.place")
    drawn = fine_line(_PLACE[tactic], text("forms.card.here"), text("forms.card.place_label", place=said))
    return f'{drawn}<p class="ck-muted"><small>{escape(said)}</small></p>'


def _section(title: str, inner: str) -> str:
    return f"<h3>{escape(text(f'forms.card.{title}'))}</h3>{inner}"


def _folded(title: str, inner: str) -> str:
    return f"<details><summary>{escape(text(f'forms.card.{title}'))}</summary>{inner}</details>"


def bullets(reasons: Iterable[Reason]) -> str:
    """Write reasons as a list, each with its S-number."""
    return "<ul>" + "".join(f"<li>{_said(reason)}</li>" for reason in reasons) + "</ul>"


def _cautions(cautions: Sequence[Reason]) -> str:
    """Write the two sides of the fine line with their names, then what holds on both."""
    sides = zip(("too_pushy_side", "too_timid_side"), cautions, strict=False)
    named = [f"<strong>{escape(text(f'forms.card.{side}'))}</strong> {_said(caution)}" for side, caution in sides]
    items = named + [_said(caution) for caution in cautions[2:]]
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _said(reason: Reason) -> str:
    return f"{escape(reason.text)} {_source(reason.source)}"


def _source(source: str) -> str:
    return f'<span class="ck-source">{escape(source)}</span>'


def _steps(advice: Advice) -> str:
    def item(step_id: str, said: str, source: str) -> str:
        shown = f"<strong>{escape(said)}</strong>" if step_id == "ask" else escape(said)
        return f"<li>{shown} {_source(source)}</li>"

    return "<ol>" + "".join(item(step.id, step.text, step.source) for step in advice.steps) + "</ol>"


# --- What would change it: one line for each answer, and one for all signs that would do the same.


def _changes(advice: Advice, assessment: Assessment) -> str:
    changes = [change for change in advice.changes if _can_be_made(change, assessment)]
    if not changes:
        return f"<p>{escape(text('forms.card.no_change'))}</p>"
    lines = [(_answer_change(change, assessment), change.tactic) for change in changes if not _is_sign(change)]
    by_effect = sorted(filter(_is_sign, changes), key=_effect)
    lines += [(_sign_change(list(same)), Tactic(tactic)) for (tactic, _), same in groupby(by_effect, key=_effect)]
    items = (f"<li><span>{escape(what)}</span> {_effect_named(tactic)}</li>" for what, tactic in lines)
    return f'<ul class="ck-changes">{"".join(items)}</ul>{_bold_is_far(advice, assessment)}'


def _bold_is_far(advice: Advice, assessment: Assessment) -> str:
    """Say what rules the bold question out; or that it is more than one answer away, where it is possible."""
    reached = {advice.tactic, *(change.tactic for change in advice.changes)}
    if Tactic.BOLD in reached or assessment.already is not None:
        return ""
    out = [reason.text for reason in ruled_out(assessment) if reason.fields] or [text("forms.card.bold_far")]
    return f"<p><small>{escape(' '.join(out))}</small></p>"


def _effect_named(tactic: Tactic) -> str:
    return f"<strong>{escape(text(f'tactics.{tactic}.name'))}</strong>"


def _can_be_made(change: Change, assessment: Assessment) -> bool:
    """Whether the form asks for the answer by itself: on the phone there is no handshake to judge."""
    asked = {f"signs.{sign.id}" for sign in signs() if assessment.format in sign.formats and sign.id != _SAID_WITH}
    return change.field in asked or not _is_sign(change)


def _is_sign(change: Change) -> bool:
    return change.field.startswith("signs.")


def _effect(change: Change) -> tuple[str, str]:
    return change.tactic, str(change.to)


def _answer_change(change: Change, assessment: Assessment) -> str:
    if change.field in ("confidence", "risk", "felt"):
        now = getattr(assessment, change.field)
        direction = "up" if change.to > (3 if now is None else now) else "down"
        return text(f"forms.change.{change.field}_{direction}", to=change.to)
    return text(f"forms.change.{change.field}_{change.to}")


def _sign_change(same: list[Change]) -> str:
    again = {f"signs.{sign.id}": sign.again for sign in signs()}
    listed = "; ".join(again[change.field] for change in same)
    return text(f"forms.change.sign_{same[0].to}{'_one_of' if len(same) > 1 else ''}", signs=listed)
