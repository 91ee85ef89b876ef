"""Exceptions to a frozen roll, and what becomes of them before their letter goes (VM-R3)."""

from datetime import timedelta

import pytest

from connectors.ledger import people
from connectors.ledger.schema import claims, history, letters
from connectors.ledger.vote_schema import voters
from flows.context import ChapterContext
from flows.votes.emails.reminders import missing
from flows.votes.roll_exceptions import correct_roll
from models.errors import FixTheSettings
from models.intake.people import PersonId
from models.votes.election_record import ElectionRecord
from models.votes.events import VoterStruck
from tests.elections.polls import COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll, ranks

MINUTE = timedelta(minutes=1)


def add(poll: Poll, person: PersonId) -> None:
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "was at the door", remove=False)


def strike(poll: Poll, person: PersonId) -> None:
    with poll.context() as context:
        correct_roll(context, NAME, person, OFFICER, "moved away", remove=True)


def merge(poll: Poll, old: PersonId, kept: PersonId) -> None:
    """Two people turn out to be one, as the night writes it down."""
    with poll.town.ledger() as ledger, ledger.votes._database.writing() as db:
        people.merge(db, {old: kept}, history, letters, claims, voters)


def counted(poll: Poll) -> tuple[int, dict[str, int]]:
    """How many ballots counted, and why others did not."""
    poll.at(COUNTS)
    result = poll.vote.result
    assert result
    return result.counted, result.set_aside


def test_who_turned_out_to_be_one_is_struck_with_all_their_codes(poll: Poll) -> None:
    poll.opened()
    who, codes = poll.people(), poll.invited()
    one, other, *_ = sorted(codes)
    merge(poll, who[other], who[one])
    strike(poll, who[one])
    for address in (one, other):
        poll.answers(codes[address], ranks("Ada Park"))
    assert counted(poll) == (0, {"not on roll": 2})
    assert poll.record().count("removed a person from the voter roll") == 1
    with poll.context() as context:
        assert not [
            v for v in context.ledger.votes.roll(NAME) if v.person == who[one] and v.on_roll
        ]


def test_who_is_on_the_roll_is_not_added_again(poll: Poll) -> None:
    poll.opened()
    person = poll.people()[min(poll.invited())]
    with pytest.raises(FixTheSettings, match="on the roll already"):
        add(poll, person)
    assert poll.at(OPENS + MINUTE) == []
    assert set(poll.letters().values()) == {1}


def test_who_is_not_on_the_roll_is_not_struck_again(poll: Poll) -> None:
    poll.opened()
    person = poll.people()[min(poll.invited())]
    strike(poll, person)
    with pytest.raises(FixTheSettings, match="not on the roll"):
        strike(poll, person)


def test_who_is_struck_before_the_letter_gets_none(poll: Poll) -> None:
    poll.opened()
    newcomer = poll.stranger()
    person = poll.people()[newcomer]
    add(poll, person)
    strike(poll, person)
    assert poll.at(OPENS + MINUTE) == []
    assert newcomer not in poll.invited()
    add(poll, person)
    poll.at(OPENS + 2 * MINUTE)
    assert [n for (to, _), n in poll.letters("invitation").items() if to == newcomer] == [1]
    assert poll.at(OPENS + 3 * MINUTE) == []


def test_who_is_merged_before_the_letter_gets_it_under_the_new_id(poll: Poll) -> None:
    poll.opened()
    newcomer = poll.stranger()
    person = poll.people()[newcomer]
    add(poll, person)
    merge(poll, person, PersonId("p-kept"))
    poll.at(OPENS + MINUTE)
    poll.votes(newcomer, ranks("Ada Park"))
    assert counted(poll) == (1, {})


def test_who_turns_out_to_be_on_the_roll_is_not_invited_twice(poll: Poll) -> None:
    poll.opened()
    who = poll.people()
    newcomer, voter = who[poll.stranger()], who[min(poll.invited())]
    add(poll, newcomer)
    merge(poll, newcomer, voter)
    assert poll.at(OPENS + MINUTE) == []
    assert len(poll.record()) == len(set(poll.record()))


def test_nobody_gets_a_letter_with_an_empty_code(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Struck after the readers of a reminder were chosen, and before it goes."""
    poll.opened()
    voter = min(poll.invited())
    chosen = missing

    def then_struck(context: ChapterContext, vote: ElectionRecord) -> list[PersonId]:
        readers = chosen(context, vote)
        lines = [v for v in context.ledger.votes.roll(NAME) if v.person == person]
        struck = [line.model_copy(update={"on_roll": False}) for line in lines]
        context.ledger.votes.correct_roll(
            NAME, struck, VoterStruck, "moved", OFFICER, context.now()
        )
        return readers

    person = poll.people()[voter]
    monkeypatch.setattr("flows.votes.emails.reminders.missing", then_struck)
    poll.at(REMINDERS[0])
    assert (voter, "reminder 1") not in poll.letters()
    assert poll.letters("reminder 1")
