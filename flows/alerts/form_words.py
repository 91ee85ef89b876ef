"""How a ballot form differs from what was approved, in words for officers and the record."""

from collections.abc import Iterator, Mapping

from models.ballots.drift import Drift, How

UNREADABLE = (
    "the program cannot read it: it was deleted, is not shared with the service account, or does "
    "not ask for the code"
)
CLOSED = "it does not accept responses"
RESTRICTED = "not everyone who has the link can respond"
ONE_ORGANISATION = "only accounts of one organization can respond"
OPEN_IT = "in the form, Publish → Responders → “Anyone with the link”"
FORBIDDEN = "if the organization does not allow that, ask its administrator, or "
ORGANISATION = (
    f"{ONE_ORGANISATION}; {OPEN_IT}; {FORBIDDEN}before voting opens, create the form in an "
    "account outside the organization"
)
OTHERS = f"only the people it is shared with can respond; {OPEN_IT}"
UNREAD = "ballots arrive in a tab that is not read"
COLLECTS = "it collects email addresses together with the votes"


def drift_said(drift: Drift) -> Iterator[str]:
    """How a ballot form differs from what was approved, a sentence a difference."""
    if drift.unreadable:
        yield UNREADABLE
    if drift.closed:
        yield CLOSED
    if drift.restricted:
        yield f"{RESTRICTED}: {ORGANISATION if drift.organisation else OTHERS}"
    if drift.collects:
        yield COLLECTS
    for title in drift.unread:
        yield f"{UNREAD}: “{title}”"
    for change in drift.changes:
        yield f"{f'“{change.title}”' if change.title else 'a text on the form'} {_HOW[change.how]}"


_HOW: Mapping[How, str] = {
    How.GONE: "was deleted",
    How.NEW: "was added",
    How.RENAMED: "has another title",
    How.CHANGED: "offers or says something else",
    How.ASKED_ANEW: "was deleted and added again, so the links in the emails do not fill it in",
}
