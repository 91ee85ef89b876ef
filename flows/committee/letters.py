"""Two texts for members that an officer sends: the call for members, and the annual meeting (SC-1).

They are made of the edition's own values and the chapter's settings. The program sends neither.
"""

from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from flows.committee.annual import due_now
from flows.context import ChapterContext
from flows.nightly.sources import facts_of, known_sources
from models.bylaws.counting import CommitteeCount
from models.errors import FixTheData
from models.text import formats
from models.text.languages import Language
from models.year.annual import meeting_day

LetterKind = Literal["call-for-members", "annual-meeting"]
KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)
FORM: Final = "https://docs.google.com/forms/d/{}/viewform"


class Draft(NamedTuple):
    """A text to send, in one language."""

    subject: str
    body: str


def drafts(context: ChapterContext, kind: LetterKind) -> list[Draft]:
    """The text, in each of the chapter's languages.

    Raises:
        FixTheData: it lacks the form of nominations, or the day of the meeting.
    """
    day = meeting_day(facts_of(context, known_sources(context.ledger)).events, context.today)
    rules = context.bylaws.closest(day or context.today).committee
    if kind == "call-for-members":
        link = _form(context)
        made = [_call(context, rules, day, link), _call_es(context, rules, day, link)]
    else:
        if day is None:
            raise FixTheData(
                "no annual meeting is planned in the Events tab",
                where="Events",
                rule="SC-1",
                next_step="add an event of the kind “annual meeting” in the first quarter, and run "
                "`clerk sync`",
            )
        rules_due = {one.rule for one in due_now(context) if one.look}
        made = [_meeting(context, day, rules_due), _meeting_es(context, day, rules_due)]
    return made if "es" in context.chapter.languages else made[:1]


def _form(context: ChapterContext) -> str:
    forms = [form.id for form in context.chapter.forms if form.holds == "nominations"]
    if forms:
        return FORM.format(forms[0])
    raise FixTheData(
        "no form of nominations is named",
        where="chapter.toml",
        rule="SC-2",
        next_step='make one, and add it: [[forms]] with holds = "nominations" (docs/year.md)',
    )


def _call(context: ChapterContext, rules: CommitteeCount, day: date | None, link: str) -> Draft:
    name, standing = context.chapter.name, rules.standing.value
    when = f"on {formats.day(day)}" if day else "in the first quarter of the year"
    committees = f": {formats.listed(standing)}" if standing else ""
    body = f"""\
{name} is looking for members of its Steering Committee. It has {rules.fewest_members.value} to \
{rules.most_members.value} members. The voting members confirm them as a group at the annual \
meeting {when}.

Nominees meet these criteria:
- You came to at least {rules.nominee_events.value} of our meetings or events within one calendar \
year.
- You are active in at least one of our committees{committees}.
- Your annual dues are paid at the time of the confirmation.
- You are a registered voter.
- You send us a bio, a short summary of your work to date, and what you propose for the coming year.

Exceptions are possible, so that the committee becomes more diverse. Members of the committee meet \
with everyone who is interested.

Nominate yourself, or someone else who agrees:
{link}
"""
    return Draft(f"Join the Steering Committee of {name}", body)


def _call_es(context: ChapterContext, rules: CommitteeCount, day: date | None, link: str) -> Draft:
    name, standing = context.chapter.name, rules.standing.value
    when = f"del {formats.day(day, 'es')}" if day else "del primer trimestre del año"
    committees = f": {formats.listed(standing, 'es')}" if standing else ""
    body = f"""\
{name} busca integrantes para su comité directivo. Tiene de {rules.fewest_members.value} a \
{rules.most_members.value} integrantes. Los miembros con derecho a voto confirman la lista \
completa en la reunión anual {when}.

Quien se postula cumple estos criterios:
- Asistió al menos a {rules.nominee_events.value} de nuestras reuniones o actividades en un mismo \
año calendario.
- Participa al menos en uno de nuestros comités{committees}.
- Tiene pagada la cuota anual al momento de la confirmación.
- Está en el registro de votantes.
- Nos envía una breve biografía, un resumen de su trabajo hasta hoy y lo que propone para el \
próximo año.

Son posibles las excepciones para que el comité sea más diverso. Integrantes del comité se reúnen \
con cada persona interesada.

Postúlese, o nomine a otra persona que esté de acuerdo:
{link}
"""
    return Draft(f"Participe en el comité directivo de {name}", body)


_DUE: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "SC-1": "the slate of the Steering Committee",
        "SC-7": "our priorities for the year",
    },
    "es": {
        "SC-1": "la lista del comité directivo",
        "SC-7": "nuestras prioridades del año",
    },
}


def _voted(rules_due: set[str], language: Language) -> str:
    return formats.listed(
        [said for rule, said in _DUE[language].items() if rule in rules_due], language
    )


def _meeting(context: ChapterContext, day: date, rules_due: set[str]) -> Draft:
    name, when = context.chapter.name, formats.day(day)
    votes = _voted(rules_due, "en")
    more = f" Voting members vote on {votes}. You get your ballot by email." if votes else ""
    body = f"""\
The annual meeting of {name} is on {when}.{more}

We hope that every member comes.
"""
    return Draft(f"Our annual meeting is on {when}", body)


def _meeting_es(context: ChapterContext, day: date, rules_due: set[str]) -> Draft:
    name, when = context.chapter.name, formats.day(day, "es")
    votes = _voted(rules_due, "es")
    more = f" Los miembros con derecho a voto votan {votes}." if votes else ""
    more += " La papeleta llega por correo electrónico." if votes else ""
    body = f"""\
La reunión anual de {name} es el {when}.{more}

Esperamos que asistan todos nuestros miembros.
"""
    return Draft(f"Nuestra reunión anual es el {when}", body)
