"""The kit in Spanish: the quoted questions, sentences put together from pieces, and word lists that catch Spanish."""

from __future__ import annotations

import re
import unicodedata

import pytest

import closing_lib as cl
from closing_lib import content
from closing_lib.advice.concern import reply_to_concern
from closing_lib.advice.pitch import Pitch, check_pitch
from closing_lib.advice.questions import check_question, complete
from closing_lib.content.loading import FOLDER, everything
from closing_lib.models import Element

RESEARCH = {"fact": "el nuevo almacén en Valencia", "project": "los portales", "task": "el control de calidad"}


@pytest.fixture(autouse=True)
def spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "es")


def sentences() -> list[str]:
    listed = [value if isinstance(value, list) else [value] for value in everything("es").values()]
    signs = [one for sign in content.signs() for one in (sign.text, sign.again)]
    topics = [one for topic in content.early_topics() for one in (topic.name, topic.why)]
    pages = [path.read_text(encoding="utf-8") for path in sorted((FOLDER / "es" / "pages").glob("*.md"))]
    said = [line for page in pages for line in page.splitlines() if not line.startswith("for ")]
    questions = [one.text for one in content.questions()]
    return [*(one for some in listed for one in some), *signs, *topics, *questions, *said]


def test_the_three_questions_are_translated_faithfully() -> None:
    assert [content.text(f"tactics.{tactic}.words") for tactic in ("bold", "mild", "standing")] == [
        "Entonces, ¿hay algo que les impida ofrecerme el puesto ahora mismo?",
        "¿Hay algo más que pueda responderles para que tomen una decisión de contratación?",
        "¿Lo he hecho lo bastante bien como para pasar a la siguiente fase del proceso de selección?",
    ]


def test_every_question_and_call_is_opened_too() -> None:
    for one in sentences():
        assert one.count("¿") == one.count("?"), one
        assert one.count("¡") == one.count("!"), one


def test_every_letter_is_of_the_latin_alphabet() -> None:
    odd = {letter for one in sentences() for letter in one if letter.isalpha()}
    assert [letter for letter in odd if not unicodedata.name(letter).startswith("LATIN")] == []


def test_a_percent_sign_is_kept_with_its_number() -> None:
    for one in sentences():
        assert not re.search(r"\d ?%", one), f"{one}: write the number, a no-break space, then %"


def test_nothing_typed_can_follow_a_preposition_that_would_contract() -> None:
    for one in sentences():
        assert not re.search(r"\b(?:de|a) \{(?:fact|project|task|words|application|what)\}", one), one


def test_nobody_is_addressed_as_vosotros_and_employers_never_as_tu() -> None:
    assert [one for one in sentences() if re.search(r"\b(?:vosotr\w+|os|vuestr\w+)\b", one, re.IGNORECASE)] == []
    said = [one.text for one in content.questions()] + re.findall("“([^”]+?[.?])”", "\n".join(sentences()))
    assert len(said) > 80
    assert [one for one in said if re.search(r"\b(?:tú|te|ti|tus?|tuy[oa]s?|contigo)\b", one, re.IGNORECASE)] == []


@pytest.mark.parametrize("question", content.questions(), ids=lambda question: question.id)
def test_a_completed_question_is_spanish(question: content.Question) -> None:
    said = complete(next(one.text for one in content.questions() if one.id == question.id), RESEARCH)
    assert re.match("[¿A-ZÁÉÍÓÚ]", said)
    assert said.endswith("?")
    assert len(said.split()) <= 32
    assert not re.search(r"\b(?:de|a) el\b|[{}]", said)
    is_plain = not question.slots and len(question.rounds) == len(cl.Round)
    found = check_question(said, question.interviewers[0], question.rounds[0])
    assert [remark.kind for remark in found] == (["plain"] if is_plain else [])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Creo que planifico bien.", "Creo que"),
        ("Quizás pueda ayudar.", "Quizás"),
        ("quizas pueda ayudar", "quizas"),
        ("Tal vez sea útil.", "Tal vez"),
        ("Hablo un poco de alemán.", "un poco"),
        ("Coordiné más o menos a diez personas.", "más o menos"),
        ("Mas o menos diez personas.", "Mas o menos"),
        ("Yo diría que sé escuchar.", "Yo diría"),
        ("Siempre trato de llegar a tiempo.", "trato de"),
        ("Tengo algo de experiencia.", "algo de"),
        ("A lo mejor puedo dirigirlo.", "A lo mejor"),
        ("Intentaré mejorar el servicio.", "Intentaré"),
        ("Espero aportar mucho.", "Espero"),
    ],
)
def test_hedges_are_found(said: str, found: str) -> None:
    weak = check_pitch(Pitch(skills=said)).weaknesses
    assert [(one.kind, one.found) for one in weak] == [("hedge", found)]
    assert str(weak[0]).startswith(f"“{found}” (en habilidades) le quita fuerza")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Lo siento, empecé tarde.", "Lo siento"),
        ("Disculpe, vengo de otro sector.", "Disculpe"),
        ("Por desgracia, la empresa cerró.", "Por desgracia"),
        ("Sé que no tengo el título.", "Sé que no"),
        ("Aunque no tengo experiencia, aprendo.", "Aunque no tengo"),
        ("No soy experta en datos.", "No soy experta"),
        ("Lamentablemente, no pude.", "Lamentablemente"),
        ("Me falta práctica.", "Me falta"),
    ],
)
def test_apologies_are_found(said: str, found: str) -> None:
    assert [(one.kind, one.found) for one in check_pitch(Pitch(experience=said)).weaknesses] == [("apology", found)]


@pytest.mark.parametrize(
    "said",
    [
        "Creo equipos que cumplen los plazos: no solo planifico, también enseño.",
        "Todo lo que hice en seis años está en producción.",
        "Dirigí un tratado de calidad y coordiné a diez personas.",
        "Quiero trabajar con ustedes porque su almacén crece.",
    ],
)
def test_plain_words_are_left_alone(said: str) -> None:
    assert check_pitch(Pitch(said, said, said, said)).weaknesses == ()


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("¿Cuánto pagan?", "pay"),
        ("¿Cuanto voy a cobrar?", "pay"),
        ("¿Cuál es el rango salarial?", "pay"),
        ("¿Se pagan horas extras?", "pay"),
        ("¿Cuántos días de vacaciones hay?", "holiday"),
        ("¿Puedo tomarme dias libres?", "holiday"),
        ("¿Ofrecen seguro médico?", "benefits"),
        ("¿Se puede trabajar desde casa?", "arrangements"),
        ("¿Qué horario tendría?", "arrangements"),
        ("¿Qué beneficios ofrecen?", "benefits"),
        ("¿Cuándo podría ascender?", "promotion"),
        ("¿En cuánto tiempo puedo subir de puesto?", "promotion"),
        ("¿A que se dedica la empresa?", "search"),
        ("¿Cuántos empleados tienen?", "search"),
        ("¿Es verdad que se van todos?", "gossip"),
        ("¿Por qué despidieron a la última persona?", "gossip"),
    ],
)
def test_early_topics_are_found(question: str, topic: str) -> None:
    why = next(one.why for one in content.early_topics() if one.id == topic)
    assert any(why in remark.text for remark in check_question(question) if remark.kind == "early"), question


@pytest.mark.parametrize(
    "question", ["¿Cuál es la banda salarial?", "¿Cuánto pagan?", "¿Qué horario tendría?", "¿Se puede teletrabajar?"]
)
def test_pay_hours_and_place_can_be_asked_of_a_recruiter_at_a_screening(question: str) -> None:
    assert check_question(question, "recruiter", "screen") == ()
    assert [remark.kind for remark in check_question(question, "recruiter", "final")] == ["early"]


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué les falta por hacer, ante todo, en su nuevo almacén de Valencia?",
        "¿Cómo influyó el aumento de la demanda en el equipo?",
        "¿Qué beneficios esperan para los inquilinos con su aplicación?",
        "¿De dónde viene la materia prima?",
        "¿Cómo se cobra a los clientes que pagan tarde?",
        "¿Qué prioridades quedan por definir?",
    ],
)
def test_a_good_question_is_left_alone(question: str) -> None:
    assert check_question(question) == ()


@pytest.mark.parametrize("said", ["¿Cómo ve xxx?", "¿Qué espera de bla bla?", "¿Cómo ve [un proyecto de la empresa]?"])
def test_what_a_template_left_is_found(said: str) -> None:
    assert [remark.kind for remark in check_question(said)] in (["placeholder"], ["slot"])


def test_a_reply_to_a_concern_reads_as_one() -> None:
    reply = reply_to_concern(
        "tiene poca experiencia en ventas.",
        "es otro sector",
        "Lamentablemente, no tengo el título, pero dirigí tres proyectos",
    )
    assert reply.moves[0].said == (
        "“Gracias por decírmelo. Cuando dice ‘tiene poca experiencia en ventas’, ¿qué es lo que más le preocupa?”"
    )
    assert reply.moves[1].said == "“Entiendo que lo plantee. Es otro sector.”"
    assert [remark.text[: remark.text.index("”") + 1] for remark in reply.remarks] == [
        "“lamentablemente”",
        "“no tengo”",
    ]


def test_a_missing_part_reads_right_for_one_and_for_all() -> None:
    assert check_pitch(Pitch("a", "b", "c", "")).remarks[0].startswith("Aún por escribir: motivación. ")
    everything_missing = "Aún por escribir: habilidades, experiencia, ambición, motivación. "
    assert check_pitch(Pitch()).remarks[0].startswith(everything_missing)


def test_the_advice_is_in_spanish_whatever_is_answered() -> None:
    judged = dict.fromkeys(["cut_off", "ended_early", "no_interest", "curt_answers"], False)
    signs = {"overran": True, "sold_the_job": True, **judged}
    advice = cl.recommend(cl.Assessment(signs=signs, felt=4, confidence=5, risk=4))
    seen = "trataron de convencerte de lo bueno que es el puesto; se alargó porque siguieron hablando"
    assert [reason.text for reason in advice.reasons[:3]] == [
        f"Fue bien, por lo que viste: {seen}.",
        "Tienes verdadera confianza (5 de 5).",
        "Aceptas correr el riesgo (4 de 5).",
    ]
    assert advice.steps[5].text == "“Entonces, ¿hay algo que les impida ofrecerme el puesto ahora mismo?”"


def test_the_longest_card_fits_one_page() -> None:
    card = cl.closing_card(["¿Cómo? " * 60] * 3, cl.Pitch(*["planificar " * 90] * len(Element)), "peer", "phone")
    assert cl.closing_pdf(card).count(b"/Type /Page\n") == 1
    assert '<html lang="es">' in cl.closing_page(card)


def test_a_case_typed_in_a_hurry_begins_its_sentence_with_a_capital() -> None:
    reply = cl.reply_to_concern(make_the_case="llevo seis años con equipos de diez personas")
    assert "Llevo seis años con equipos de diez personas." in reply.moves[2].said
