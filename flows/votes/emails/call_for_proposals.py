"""The call for proposals: an email to each voting member, once a year, with their own code (SC-7).

Codes are made of the call's name. From here on they tell whose a proposal is, and the numbers of
the list begin anew (`flows.nightly.proposals`).
"""

from typing import Final

from flows.committee.proposals import begin_list, year_due
from flows.context import ChapterContext
from flows.votes.emails import calls
from flows.votes.emails.calls import Call, Way, call_of
from flows.votes.sending import reach
from models.errors import FixTheSettings
from models.privacy import Email
from models.votes.codes import code_for
from models.votes.events import ProposalsCalled

TEXTS: Final = "call-for-proposals"
TITLE: Final = "Priorities of {}"


def name_of(year: int) -> str:
    """By what its codes are made, and its mailing is found."""
    return f"proposals {year}"


def look(context: ChapterContext, form: str = "") -> Call:
    """The call as it would go out now, or that it has gone.

    Args:
        form: its id, where the proposals are read from a tab.

    Raises:
        FixTheSettings: no form for proposals is known, or it asks for no code.
    """
    year, reached = year_due(context), reach(context)
    voting = [entry.person.id for entry in reached.roll.voting()]
    words = context.words(TEXTS, title=TITLE.format(year), year=year, link=_link(context, form))
    return call_of(context, name_of(year), words, voting, reached)


def send(context: ChapterContext, approve: str, by: str, form: str = "") -> int:
    """Send exactly what was approved; to how many it went.

    Raises:
        Refused: it has gone, is another than the one that was looked at, or reaches nobody.
    """
    year = year_due(context)
    way = Way(
        rule="SC-7",
        command="clerk call-for-proposals",
        what=f"the call for proposals of {year}",
        event=lambda people: ProposalsCalled(year=year, people=people),
        prepare=_give_codes,
    )
    return calls.send(context, lambda: look(context, form), way, approve, by)


def _give_codes(context: ChapterContext, call: Call) -> set[Email]:
    """Begin the list of this call, and give everybody their code; who takes none."""
    begin_list(context, call.name)
    codes = {
        box: code_for(context.ledger.key, call.name, person) for person, box in call.to.items()
    }
    return set(context.codes_field("proposals").fill(codes))


def _link(context: ChapterContext, form: str) -> str:
    """The form's prefilled link up to the code, which comes after it."""
    forms = [one.id for one in context.chapter.forms if one.holds == "proposals"]
    found = form or next(iter(forms), "")
    if not found:
        raise FixTheSettings(
            "no form for proposals is known",
            where="chapter.toml [[forms]]",
            rule="SC-7",
            next_step='add one with holds = "proposals", or name the form of your tab: --form ID',
        )
    live = context.ballot_forms.live(found)
    asked = {
        header for header in _code_headers(context) for _, one in live.headers if one == header
    }
    if not asked:
        raise FixTheSettings(
            "the form does not ask for the code, so nobody's proposal could be told from another's",
            where=f"form “{live.title}”",
            rule="SC-7",
            next_step="add “Code” to the form as a short-answer question",
        )
    return live.prefilled(min(asked))


def _code_headers(context: ChapterContext) -> tuple[str, ...]:
    said = context.chapter.columns_of("proposals").headers["code"]
    return (said,) if isinstance(said, str) else tuple(said)
