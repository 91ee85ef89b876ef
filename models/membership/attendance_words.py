"""What is said of sign-ins, volunteer activities, and exceptions that a person should see."""

from collections.abc import Sequence
from datetime import date

from models.intake.participation import Event
from models.intake.tables import Table
from models.text.sentences import Sentence, day_said

ANOTHER_TAB = Sentence(
    "check whether the form's responses now go to another tab, such as “Form Responses "
    "2”, and add that tab in chapter.toml [[workbooks]] sign_ins; or enter the sign-ins, "
    "or write no under “Held” if it did not take place"
)
ANOTHER_FORM = Sentence(
    "check whether people now use another form, and add that form in chapter.toml "
    "[[forms]]; or enter the sign-ins, or write no under “Held” if it did not take place"
)
CORRECT_THE_EVENT = Sentence(
    "correct the event or its date; if the event is right, you can also clear the date"
)
UNUSUAL = Sentence(
    "not one of the usual volunteer activities; it counts, and one activity can be "
    "enough for voting membership"
)
IF_NO_VOLUNTEERING = Sentence(
    "if it was not volunteering, delete the row; if it was, add it to the Events tab"
)
CORRECT_ITS_NAME = Sentence(
    "correct the name where chapter.toml [[forms]] names it, or in the Events tab"
)
CORRECT_THE_TAB = Sentence(
    "correct the name of the tab, write it under “Sign-in tab” of its event, or add the event there"
)
CORRECT_THE_EVENT_OF_A_LIST = Sentence(
    "write the name of this list's event under “Also called” in the Events tab, or read the list "
    "again for the right event with `clerk attendees`"
)
A_SEPARATE_PERSON = Sentence(
    "no registration or sign-in has this address, so it counts as a separate person"
)
LOG_COUNTS_FOR_NOTHING = Sentence(
    "the bylaws do not count volunteer activities, so the log makes no one a voting member"
)
IF_LOG_COUNTS = Sentence(
    "if that is right, do nothing; otherwise add them to volunteer_kinds in the bylaws file"
)
NEEDS_NO_ATTESTATION = Sentence(
    "this attestation changes nothing: no path to voting membership needs one"
)
NO_SIGN_INS = Sentence(
    "no one has signed in, but it counts as held, so people who were there get no credit"
)
ENTER_SIGN_INS = Sentence("enter its sign-ins, or write no under “Held” if it did not take place")
TYPO = Sentence("if the address has a typo, correct it")
DATE_TYPO = Sentence("if the date has a typo, correct it")
CONTRADICTED = Sentence(
    "another exception of the same day says the opposite; this one is not applied"
)
DELETE_ONE = Sentence("delete the one that is wrong, or correct the day on which it was decided")
CHANGES_NOTHING = Sentence(
    "this exception changes nothing: the person has no sign-in at this event"
)


def of_another_day(on: date, held: date) -> Sentence:
    """Of rows whose date is not their event's."""
    return Sentence(
        "rows dated {on}, name the event of {held}; they count for that event",
        on=day_said(on),
        held=day_said(held),
    )


def without_sign_ins(last: date, later: Sequence[Event]) -> Sentence:
    """Of a source with events after its last sign-in."""
    first, *more = later
    named = (
        Sentence("{event} and {many} more", event=first.told, many=len(more))
        if more
        else Sentence("{event}", event=first.told)
    )
    return Sentence(
        "its last sign-in is from {day}; later events have none: {later}",
        day=day_said(last),
        later=named,
    )


def correction_of(table: Table) -> Sentence:
    """What to do where the event of a tab, of a form, or of a partner's list is not known."""
    if -1 in table.columns:  # the day of the event, which only a list has beside its columns
        return CORRECT_THE_EVENT_OF_A_LIST
    return CORRECT_ITS_NAME if table.row_names else CORRECT_THE_TAB
