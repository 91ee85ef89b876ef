"""How a year ended, in a form that two ways there can be compared by."""

from collections import Counter
from typing import Any

from flows.votes.history import facts, sentence
from models.votes.audit_log import AuditLogEntry
from tests.year.chapter import TZ, Year


def ends(year: Year) -> dict[str, Any]:
    """Each vote and its record, each email in each mailbox, the tabs, and what is public."""
    town = year.town
    with town.ledger() as ledger:
        votes = {name: ledger.votes.get(name) for name in year.held}
        return {
            "votes": {
                name: (vote.state, vote.result.races if vote.result else None)
                for name, vote in votes.items()
                if vote
            },
            "records": {
                name: Counter(map(_said, ledger.votes.lines(name))) for name in (*year.held, "")
            },
            "mailings": {
                name: {one.letter: (one.state, one.people) for one in ledger.mailings.of(name)}
                for name in year.held
            },
            "letters": Counter(
                (one.to, " ".join(one.title.split()[1:-1])) for one in town.sandbox.mailchimp.outbox
            ),
            "tabs": {
                tab.title: tab.rows
                for book in town.sandbox.google.workbooks.values()
                for tab in book.tabs
            },
            "standings": Counter(one[:2] for one in ledger.standings().values()),
            "public": sorted(
                str(file.relative_to(town.folder)) for file in town.folder.glob("public/**/*")
            ),
        }


def _said(line: AuditLogEntry) -> str:
    """Who did what, whenever it was; digests are of each ledger's own key, and of its times."""
    told = facts(line.event, TZ)
    kept = {name: value for name, value in told.items() if "sha256:" not in str(value)}
    return f"{line.who}: {sentence(line.event)} {kept}"
