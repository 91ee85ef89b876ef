"""How a tab or form would be read, as it is shown: its headers, and what sort of thing is below."""

from collections.abc import Mapping

from flows.setup.face import About, Column, Reading, Term, about
from flows.setup.headers import Use
from flows.setup.interview import Interview
from flows.setup.sheet import Sheet
from models.intake.headers import Head
from models.intake.proposals import Proposal
from models.privacy import one_line, redact_addresses

KINDS: Mapping[str, str] = {
    "events": "the chapter's events, one row each",
    "sign_ins": "sign-ins for all events (a list, or a roster with one column per meeting)",
    "event_sign_ins": "sign-ins of one event",
    "volunteers": "volunteer activities, one row per person and activity",
    "registrations": "the membership form's registrations",
    "exceptions": "corrections that somebody decided",
    "committee": "the committee's seats, one row each",
    "requests": "members' requests, one row each",
}
LABELS: Mapping[str, str] = {
    "day": "the date", "kind": "the kind of event", "counts": "whether it counts",
    "held": "whether it was held", "cancelled": "whether it was canceled",
    "partner": "who else ran it", "sign_in_tab": "its sign-in tab", "also": "its other names",
    "at": "the time", "event": "the event", "address": "the person's email address",
    "name": "the person's name", "first_name": "the first name", "last_name": "the last name",
    "activity": "the activity", "other_addresses": "more addresses of the person",
    "phone": "the telephone number", "district": "the district",
    "wants_email": "whether the person agreed to email", "decided": "the day of the decision",
    "decided_by": "who decided", "reason": "the reason", "event_day": "the day of the event",
    "other_address": "the person's second address",
    "confirmed": "the day the members confirmed the seat", "co_chair_since": "co-chair since when",
    "leave_from": "the first day of a leave", "leave_through": "the last day of a leave",
    "left": "the day the person left",
    "about": "what the request is about", "code": "the code",
}  # fmt: skip
OF_A_KIND: Mapping[tuple[str, str], tuple[str, str]] = {
    ("events", "name"): ("the event's name", "event_name"),
    ("requests", "kind"): ("what is asked for", "request_kind"),
    ("requests", "other_address"): ("the nominee's email address", "nominee_address"),
}
"""What a field is called where its kind of table calls it otherwise, and its term."""
_SHOWN = 3


def show(interview: Interview, sheet: Sheet, found: Proposal, use: Use) -> None:
    """The headers, what each is read as, and what sort of thing stands below."""
    reads = {place: name for name, places in use.columns.items() for place in places}
    below = range(found.row + 1, min(found.row + 1 + _SHOWN, len(sheet.grid)))
    shown = []
    for head in found.heads:
        if head.index in found.meetings:
            continue
        name = reads.get(head.index, "")
        read_as = called(use.kind, name) if name else "– not read"
        cells = [sheet.glimpse(row, head.index, name) for row in below]
        named = term(use.kind, name) if name else None
        shown.append(Column(head.letter, header(head), named, read_as, tuple(cells)))
    line, rows = f"{sheet.place}: {KINDS[use.kind]}", tuple(row + 1 for row in below)
    interview.face.show(Reading(sheet.shown, use.kind, line, rows, tuple(shown)))
    addresses = [sheet.glimpse(row, place, "").name for row in below
                 for place in use.columns.get("address", ())]  # fmt: skip
    if any(addresses) and "address" not in addresses:
        interview.tell("None of these rows has an email address in the column for it.",
                       About("no_address"), is_warning=True)  # fmt: skip
    if found.meetings:
        interview.tell(
            f"A roster: {len(found.meetings)} columns are meetings, by the dates in row "
            f"{found.row + 1}.",
            about("roster", many=len(found.meetings), row=found.row + 1),
        )


def called(kind: str, name: str) -> str:
    """What a field is called in a terminal."""
    return OF_A_KIND.get((kind, name), (LABELS[name], ""))[0]


def term(kind: str, name: str) -> Term:
    """The same, for a page."""
    return Term(f"label.{OF_A_KIND.get((kind, name), ('', name))[1]}")


def lettered(head: Head) -> str:
    """A column by its letter and its header."""
    return f"{head.letter} “{header(head)}”"


def header(head: Head) -> str:
    """Its header; an address in it is dots."""
    return redact_addresses(one_line(head.said))
