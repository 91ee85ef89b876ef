"""A vote that was approved."""

from connectors.ledger import ElectionRecord
from flows.web.visits import Page, Visit


def show(_: Visit, vote: ElectionRecord) -> Page:
    """Its page."""
    return Page("votes-approved.html", {"vote": vote})
