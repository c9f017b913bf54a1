"""What a status tells: the whole phrase is read, and what its known words leave over makes it one that is asked for."""

from __future__ import annotations

import unicodedata

import pytest

from closing_lib.records.importing.statuses import meaning, steps

TOLD = {
    # Who does it, what is refused, what is waited for, and what has only begun.
    "Not interested in me": "rejected",
    "They're not interested": "rejected",
    "No longer interested": "withdrew",
    "kein Interesse an mir": "rejected",
    "They withdrew the offer": "rejected",
    "I rejected them": "withdrew",
    "I was rejected": "rejected",
    "J'ai refusé l'offre": "withdrew",
    "J'ai été refusée": "rejected",
    "Recusei a proposta": "withdrew",
    "Application started": "not_yet",
    "Bewerbung begonnen": "not_yet",
    "Solicitud iniciada": "not_yet",
    "Candidature commencée": "not_yet",
    "waiting for the offer": "open",
    "Warte auf Angebot": "open",
    "Esperando la oferta": "open",
    "Interviewed, waiting to hear back": "interview open",
    # One that speaks of a stage and of its end.
    "Phone screen rej": "rejected",
    "Phone screen rejection": "rejected",
    "Rejected after interview": "interview rejected",
    "Ghosted after interview": "interview no_reply",
    "No response after final interview": "interview no_reply",
    "After interview rejected": "interview rejected",
    "Absage nach Gespräch": "interview rejected",
    "Rechazado tras la entrevista técnica": "interview rejected",
    "Refusé après entretien téléphonique": "interview rejected",
    "Rejeitada após a segunda entrevista": "interview rejected",
    "面试后被拒": "interview rejected",
    "Rejected without interview": "rejected",
    "Rejected before interview": "rejected",
    "Absage ohne Gespräch": "rejected",
    "Rejected after 3 weeks": "rejected",
    "Rejected at final round": "interview rejected",
    "Reprovada na entrevista": "interview rejected",
    "Interviewed but rejected": "interview rejected",
    "Offer rejected": "withdrew",
    "Rejected them": "withdrew",
    "Yet to apply": "not_yet",
    # Several steps.
    "Applied - Interview - Rejected": "applied interview rejected",
    "Applied, phone screen, onsite, offer": "applied interview interview offer",
    "Beworben / Gespräch / Absage": "applied interview rejected",
    "Postulado – Entrevista – Sin respuesta": "applied interview no_reply",
    "Interview done, no offer": "interview rejected",
    "interview then rejected": "interview rejected",
    "Interviewed and rejected": "interview rejected",
    "Gespräch und Absage": "interview rejected",
    "Entrevista y rechazo": "interview rejected",
    "Interview. Rejected.": "interview rejected",
    "2. Gespräch": "interview",
    "They called and said that I was rejected": "rejected",
    "Interviewed and waiting to hear back": "interview open",
    "Habe abgelehnt": "withdrew",
    "Rejected - position filled": "rejected",
    # With words that change nothing.
    "Rejected by email": "rejected",
    "Absage per Mail": "rejected",
    "Entrevista el 20 de enero": "interview",
    "Got rejected yesterday": "rejected",
    "Refus par mail": "rejected",
    "Phone interview with recruiter": "interview",
    "Phone screen with Ann Lee": "interview",
    "Interview w/ HR": "interview",
    "Entrevista con la directora Ana": "interview",
    "Interview 1 - recruiter call": "interview",
    # Other languages, as complete as Spanish.
    "En attente de réponse": "open",
    "Sans nouvelles": "no_reply",
    "Contrat signé": "offer",
    "Sem retorno": "no_reply",
    "Aguardando retorno": "open",
    "Proposta aceita": "offer",
    "Keine Rückmeldung erhalten": "no_reply",
    "Drittes Gespräch": "interview",
    "Candidature retirée": "withdrew",
    "Desisti": "withdrew",
    "Je n'ai pas été retenue": "rejected",
    "Test psychotechnique": "advanced",
    "J'ai accepté une autre offre": "withdrew",
    "Convoquée à un entretien": "interview",
    "Candidature consultée": "open",
    "Ils ne répondent pas": "no_reply",
    "Escolheram outra pessoa": "rejected",
    "Passei para a fase seguinte": "advanced",
    "Consegui a vaga": "offer",
    "Aceitei outro emprego": "withdrew",
    "Ainda não me candidatei": "not_yet",
    "Não obtive resposta": "no_reply",
    "Für jemand anderen entschieden": "rejected",
    "Habe das Angebot abgelehnt": "withdrew",
    "Noch nichts gehört": "open",
    "Haben nicht geantwortet": "no_reply",
    # Symbols beside words are none of them, and a few stand for themselves.
    "✅ Applied": "applied",
    "Rejected 😢": "rejected",
    "🎉": "offer",
    "👻": "no_reply",
    # Misspelt, word by word.
    "Rejectedd": "rejected",
    "Intervyew": "interview",
    "Phonescreen": "interview",
    "Withdrwan": "withdrew",
}
ASKED = """
Rejected - Interview - Applied|Interview with Ann cancelled|Offer with conditions
Application closed|expired|Application expired|Position open|Listing expired|Signed NDA|Signed up
Signed the petition|Filled out form|Submission failed|Login failed|Filled in questionnaire|Not rejected
No rejection yet|No offer yet|No offer so far|May be rejected|Maybe rejected?|Rejected?
hoping for an interview|wants an interview|awaiting interview|My friend got rejected|He was hired
Onsite/Remote|Interviews 4|4 interviews|Interview cancelled|Application accepted|signed with another company
Phone screen 11/5, rejected 11/12|Failed interview|Recruiter interested
Declined after interview|Passed|Rejected / Offer|Offer pending|❓ Applied|no interview|pas d'entretien
entrevista con rrhh missing|interview with nothing agreed|👎 Applied|❌ Interview
sin entrevista|kein Gespräch|sem entrevista|Interested in me|They said not interested
""".strip().replace("\n", "|")


def told(written: str) -> str | None:
    found = meaning(written, {})
    return None if found is None else " ".join(found)


@pytest.mark.parametrize("written", TOLD)
def test_a_status_is_read_whole(written: str) -> None:
    assert told(written) == TOLD[written]


@pytest.mark.parametrize("written", ASKED.split("|"))
def test_what_its_known_words_do_not_account_for_is_asked(written: str) -> None:
    assert told(written) is None


def test_a_symbol_that_stands_for_nothing_known_is_asked() -> None:
    """Of all the symbols there are, a status alone, those that were listed are taken for something and no other."""
    symbols = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "So"]
    taken = {symbol for symbol in symbols if told(symbol)}
    assert len(symbols) > 3000
    assert taken == {*"⏳✅❌🎉👎👻📤📨🚫"}
    assert told("🔴") is told("🟢") is told("🔴🔴") is told("🙅‍♂️") is None


def test_each_step_keeps_its_own_words() -> None:
    whole = "Applied - Phone screen - Rejected"
    found = meaning(whole, {})
    assert found is not None
    assert [words for words, _ in steps(whole, found)] == ["Applied", "Phone screen", "Rejected"]
    assert [words for words, _ in steps("Ghosted after interview", found[1:])] == ["Ghosted after interview"] * 2
