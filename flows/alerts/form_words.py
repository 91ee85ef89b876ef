"""How a ballot form differs from what was approved, in words for officers and the record."""

from collections.abc import Iterator, Mapping

from models.ballots.drift import Drift, How
from models.text.sentences import Sentence

UNREADABLE = Sentence(
    "the program cannot read it: it was deleted, is not shared with the service account, "
    "or does not ask for the code"
)
CLOSED = Sentence("it does not accept responses")
RESTRICTED = Sentence("not everyone who has the link can respond")
ONE_ORGANISATION = Sentence("only accounts of one organization can respond")
OPEN_FOR_ALL = Sentence(
    "in the form, Publish → Responders → “Anyone with the link”; if the organization does not "
    "allow that, ask its administrator, or create the form in an account outside the organization"
)
ORGANISATION = Sentence(
    "only accounts of one organization can respond; in the form, Publish → Responders → “Anyone "
    "with the link”; if the organization does not allow that, ask its administrator, or before "
    "voting opens, create the form in an account outside the organization"
)
OTHERS = Sentence(
    "only the people it is shared with can respond; in the form, Publish → Responders → “Anyone "
    "with the link”"
)
UNREAD = Sentence("ballots arrive in a tab that is not read")
COLLECTS = Sentence("it collects email addresses together with the votes")


def drift_said(drift: Drift) -> Iterator[str]:
    """How a ballot form differs from what was approved, a sentence a difference."""
    if drift.unreadable:
        yield UNREADABLE
    if drift.closed:
        yield CLOSED
    if drift.restricted:
        yield Sentence(
            "not everyone who has the link can respond: {who}",
            who=ORGANISATION if drift.organisation else OTHERS,
        )
    if drift.collects:
        yield COLLECTS
    for title in drift.unread:
        yield Sentence("ballots arrive in a tab that is not read: “{title}”", title=title)
    for change in drift.changes:
        how = _HOW[change.how]
        if change.title:
            yield Sentence("“{title}” {how}", title=change.title, how=how)
        else:
            yield Sentence("a text on the form {how}", how=how)


_HOW: Mapping[How, str] = {
    How.GONE: Sentence("was deleted"),
    How.NEW: Sentence("was added"),
    How.RENAMED: Sentence("has another title"),
    How.CHANGED: Sentence("offers or says something else"),
    How.ASKED_ANEW: Sentence(
        "was deleted and added again, so the links in the emails do not fill it in"
    ),
}
