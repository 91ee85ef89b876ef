"""Two officers approve an opening and a publication, where the chapter asks for it."""

import pytest

from flows.votes.ballot_form import build_form
from flows.votes.lifecycle import approve
from flows.votes.publish import publish
from models.errors import AskAPerson, FixTheSettings, Refused
from models.votes.election import ElectionState
from tests.elections.polls import CLOSES, COUNTS, NAME, OPENS, Poll

TWO = "\n[approvals]\nopen = 2\npublish = 2\n"
OFFICERS = "".join(
    f'\n[[officers]]\nname = "{name}"\nmay = ["look", "act"]\n'
    for name in ("Thea Novak", "Omar Ray")
)
LOOKS = '\n[[officers]]\nname = "Lou Lane"\nmay = ["look"]\n'


@pytest.fixture
def guarded(poll: Poll) -> Poll:
    """A chapter that asks for two officers."""
    file = poll.town.folder / "chapter.toml"
    file.write_text(file.read_text() + TWO + OFFICERS + LOOKS)
    return poll


def approves(poll: Poll, by: str) -> None:
    with poll.context() as context:
        approve(context, NAME, by)


def test_the_second_approval_opens_it(guarded: Poll) -> None:
    with pytest.raises(AskAPerson, match="one more officer must approve"):
        approves(guarded, "Thea Novak")
    with pytest.raises(AskAPerson, match="one more officer must approve"):
        approves(guarded, "thea novak")
    with guarded.context() as context:
        assert context.ledger.votes.get(NAME) is None
    approves(guarded, "Omar Ray")
    assert guarded.vote.state is ElectionState.DRAFT
    assert guarded.record() == [
        "gave one of the approvals that the chapter asks for",
        "gave one of the approvals that the chapter asks for",
        "approved the election",
    ]


@pytest.mark.parametrize("who", ["Lou Lane", "Somebody Else", "clerk"])
def test_only_officers_who_may_act_count(guarded: Poll, who: str) -> None:
    with pytest.raises(Refused, match=r"only those in chapter\.toml who may act"):
        approves(guarded, who)


@pytest.mark.parametrize(
    "added",
    [
        'explanation = "Who leads the city."\n',
        # The digest of the record leaves it out, so that somebody can be taken out of it (DP-6).
        '[[about]]\nname = "Ada Park"\nbio = "Of Green Street."\n',
    ],
)
def test_an_approval_of_another_text_counts_for_nothing(guarded: Poll, added: str) -> None:
    with pytest.raises(AskAPerson):
        approves(guarded, "Thea Novak")
    file = guarded.folder("contests") / "01-mayor.toml"
    file.write_text(file.read_text() + added)
    guarded.town.sandbox.google.add_form("spring-ballot", "Untitled form")
    with guarded.context() as context:
        build_form(context, guarded.election(context))
    with pytest.raises(AskAPerson):
        approves(guarded, "Omar Ray")


def test_two_publish_it(guarded: Poll) -> None:
    with pytest.raises(AskAPerson):
        approves(guarded, "Thea Novak")
    approves(guarded, "Omar Ray")
    guarded.at(OPENS)
    guarded.everybody_votes({"Mayor [Ada Park]": "1st"})
    guarded.at(CLOSES)
    guarded.at(COUNTS)
    with guarded.context() as context, pytest.raises(AskAPerson):
        publish(context, guarded.vote_in(context.ledger), "Thea Novak")
    assert guarded.vote.state is ElectionState.COUNTED
    assert not (guarded.town.folder / "public" / NAME).exists()
    with guarded.context() as context:
        publish(context, guarded.vote_in(context.ledger), "Omar Ray")
    assert guarded.vote.state is ElectionState.PUBLISHED


def test_a_result_that_goes_out_by_itself_contradicts_it(guarded: Poll) -> None:
    file = guarded.folder("contests").parent / "election.toml"
    file.write_text('publish = "at once"\n' + file.read_text())
    with pytest.raises(Refused, match="the result goes out at once, and 2 officers approve"):
        approves(guarded, "Thea Novak")


def test_more_than_may_act_is_refused(poll: Poll) -> None:
    file = poll.town.folder / "chapter.toml"
    file.write_text(file.read_text() + TWO + LOOKS)
    with pytest.raises(
        FixTheSettings, match="approvals asks for 2 officers, and 0 of them may act"
    ):
        poll.context().__enter__()


def test_nobody_publishes_as_the_clock(guarded: Poll) -> None:
    with pytest.raises(AskAPerson):
        approves(guarded, "Thea Novak")
    approves(guarded, "Omar Ray")
    guarded.at(OPENS)
    guarded.everybody_votes({"Mayor [Ada Park]": "1st"})
    guarded.at(CLOSES)
    guarded.at(COUNTS)
    with guarded.context() as context, pytest.raises(Refused, match="only those in chapter"):
        publish(context, guarded.vote_in(context.ledger), "clerk")


def test_who_may_act_no_more_has_not_approved(guarded: Poll) -> None:
    with pytest.raises(AskAPerson):
        approves(guarded, "Thea Novak")
    file = guarded.town.folder / "chapter.toml"
    file.write_text(file.read_text().replace("Thea Novak", "Una Xu"))
    with pytest.raises(AskAPerson):
        approves(guarded, "Omar Ray")
