"""How a ballot form differs from what was approved, in words for officers and the record."""

from collections.abc import Iterator, Mapping

from models.ballots.drift import Drift, How

UNREADABLE = (
    "it cannot be read any more: it is gone, not shared with the service account, or does not ask "
    "for the code"
)
CLOSED = "it accepts no answers"
RESTRICTED = "it is not open to everybody who has the link"
ONE_ORGANISATION = "only accounts of one organisation can answer it"
OPEN_IT = "in the form, Publish → Responders → “Anyone with the link”"
FORBIDDEN = "if the organisation forbids that, ask its administrator, or "
ORGANISATION = (
    f"{ONE_ORGANISATION}; {OPEN_IT}; {FORBIDDEN}before the vote opens make the form in an account "
    "outside it"
)
OTHERS = f"only people named in it can answer it; {OPEN_IT}"
UNREAD = "ballots arrive in a tab that is not read"
COLLECTS = "it collects mail addresses beside the votes"


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
        yield f"{f'“{change.title}”' if change.title else 'a text that is read'} {_HOW[change.how]}"


_HOW: Mapping[How, str] = {
    How.GONE: "is gone",
    How.NEW: "is new",
    How.RENAMED: "has another title",
    How.CHANGED: "offers or says something else",
    How.ASKED_ANEW: "was deleted and asked anew, so that links in letters do not fill it in",
}
