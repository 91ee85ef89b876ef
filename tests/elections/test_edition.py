"""A vote is counted by the edition of the bylaws in force on its record date (VM-R3)."""

from datetime import date

import pytest

from models.errors import Refused
from models.votes.events import Approved
from models.votes.history import last
from tests.elections.polls import COUNTS, OPENS, Poll, ranks
from tests.models.bylaws.texts import DIGEST, ONE, amendment, put_two

RECORD_DATE, DAY_AFTER = "2026-04-02", "2026-04-03"


def by_its_own(poll: Poll, *amendments: str) -> None:
    """The chapter goes by a file of its own: the built-in edition, and what amends it."""
    (poll.town.folder / "bylaws.toml").write_text("".join([ONE, *amendments]), "utf-8")
    chapter = poll.town.folder / "chapter.toml"
    chapter.write_text(chapter.read_text().replace('"jp-progressives"', '"bylaws.toml"'))


def seven_of_ten_for_ada(poll: Poll) -> None:
    """More than the 60% of the built-in edition, less than the 90% of the amendment."""
    voters = sorted(poll.invited())
    for number, address in enumerate(voters):
        poll.votes(address, ranks("Ada Park" if number < 0.75 * len(voters) else "Bea Stone"))


def ended(poll: Poll) -> str:
    """How the race for mayor ended."""
    assert poll.vote.result
    return str(poll.vote.result.outcomes["mayor"])


@pytest.mark.parametrize(
    ("effective_from", "outcome", "name"),
    [
        (DAY_AFTER, "endorsed: Ada Park", "JP Progressives: Governance, Structure"),
        (RECORD_DATE, "no consensus", "JP Progressives: Amended"),
    ],
)
def test_an_amendment_counts_votes_with_a_record_date_from_its_day_on(
    poll: Poll, effective_from: str, outcome: str, name: str
) -> None:
    """EN-3: that it is in force before the close changes nothing."""
    by_its_own(poll, amendment(effective_from, "9/10"))
    poll.opened()
    seven_of_ten_for_ada(poll)
    poll.at(COUNTS)
    assert ended(poll) == outcome
    assert name in (poll.folder("pages") / "mayor.html").read_text()


def test_an_earlier_record_date_keeps_the_earlier_edition(poll: Poll) -> None:
    """VM-R3: the vote opens under the amendment, and was called under the text before."""
    by_its_own(poll, amendment(RECORD_DATE, "9/10"))
    file = poll.folder("election.toml")
    file.write_text(f"record_date = 2026-04-01\n{file.read_text()}")
    poll.opened()
    assert poll.vote.election.record_date == date(2026, 4, 1)
    seven_of_ten_for_ada(poll)
    poll.at(COUNTS)
    assert ended(poll) == "endorsed: Ada Park"


def test_an_amendment_adopted_while_a_vote_is_open_does_not_stop_it(poll: Poll) -> None:
    """EN-R6: the rules of the approval are still those of the record date."""
    poll.opened()
    seven_of_ten_for_ada(poll)
    by_its_own(poll, amendment(DAY_AFTER, "9/10"))
    poll.at(COUNTS)
    assert ended(poll) == "endorsed: Ada Park"


def test_an_amendment_dated_back_to_the_record_date_changes_no_approved_vote(poll: Poll) -> None:
    """EN-R6: whether it is added before the opening or after it; as with a reading of 2027."""
    poll.approved()
    by_its_own(poll, amendment(RECORD_DATE, "9/10"))
    poll.at(OPENS)
    seven_of_ten_for_ada(poll)
    poll.at(COUNTS)
    assert ended(poll) == "endorsed: Ada Park"
    page = (poll.folder("pages") / "mayor.html").read_text()
    assert "JP Progressives: Governance, Structure" in page
    assert "Amended" not in page


def test_an_edition_that_was_changed_since_the_approval_counts_nothing(poll: Poll) -> None:
    """EN-R6"""
    poll.opened()
    seven_of_ten_for_ada(poll)
    by_its_own(poll)
    file = poll.town.folder / "bylaws.toml"
    file.write_text(file.read_text().replace('value = "3/5"', 'value = "9/10"'))
    with pytest.raises(
        Refused,
        match=r"the counting rules changed after this election was "
        r"approved \(now",
    ):
        poll.at(COUNTS)


def test_a_vote_approved_under_the_version_before_opens_and_is_counted(poll: Poll) -> None:
    """The approval recorded the same digest there, of the two files and of the built-in one."""
    poll.approved()
    with poll.town.ledger() as ledger:
        approval = last(ledger.votes.lines(poll.name), Approved)
    assert approval
    assert approval.rules == DIGEST
    put_two(poll.town.folder, "bylaws.toml")
    chapter = poll.town.folder / "chapter.toml"
    chapter.write_text(chapter.read_text().replace('"jp-progressives"', '"bylaws.toml"'))
    poll.at(OPENS)
    seven_of_ten_for_ada(poll)
    poll.at(COUNTS)
    assert ended(poll) == "endorsed: Ada Park"
