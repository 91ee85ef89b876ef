"""Where people signed up with a statewide body and there is no chapter yet (ST-1)."""

from flows.context import ChapterContext
from flows.mail.near import directory_of
from flows.nightly.sources import facts_of, known_sources
from models.errors import FixTheSettings
from models.mail.audience import desired
from models.state.near import TownToStart
from models.state.near import towns_to_start as judged


def towns_to_start(context: ChapterContext) -> list[TownToStart]:
    """Each with how many may be emailed, by the sheets and the mailing list as last read.

    Raises:
        FixTheSettings: this is no statewide body, or its list of chapters is wrong.
    """
    if (directory := directory_of(context)) is None:
        raise FixTheSettings(
            "no tab or form has statewide sign-ups",
            where="chapter.toml",
            rule="ST-1",
            next_step="this is for a statewide body: docs/state.md says how to set it up",
        )
    roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
    held, _ = context.ledger.audience()
    marks, refused = context.chapter.mailchimp.marks, context.ledger.refusals(context.today)
    contacts = desired(roll, held, marks, refused).contacts.values()
    on_the_list = [one.person for one in contacts if not one.new]
    return judged(directory, (one.person for one in roll.entries.values()), on_the_list)
