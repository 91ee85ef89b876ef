"""`clerk audit`: what the ledger holds of a vote is what its record says (EN-R6, VM-R3, BA-2)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import LargeBinary, literal, select, text, update

from connectors.ledger.columns import pack, unpack
from connectors.ledger.schema import mailings
from connectors.ledger.vote_schema import elections, record, voters
from flows.votes.lifecycle import extend
from flows.votes.tally.audit import audit
from flows.votes.tally.count import decide
from flows.votes.tally.recount import recount
from models.errors import FixTheData, Refused
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, Poll, ranks
from tests.models.bylaws.texts import SECOND

HOUR = timedelta(hours=1)
OWN_RULES = "counting-jp-progressives.toml"


def changed(poll: Poll, **values: Any) -> None:
    """Somebody writes into the ledger's table of votes."""
    with poll.context() as context, context.ledger._database.writing() as db:
        db.execute(update(elections).values(**values))


def redefined(poll: Poll, change: Callable[[dict[str, Any]], object]) -> None:
    """Somebody rewrites what the vote is on."""
    with poll.context() as context, context.ledger._database.writing() as db:
        definition = unpack(db.execute(select(elections.c.definition)).scalar_one())
        change(definition)
        db.execute(update(elections).values(definition=pack(definition)))


def audited(poll: Poll) -> None:
    with poll.context() as context:
        audit(context)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["contests"][0].update(recommendation="Bea Stone"),
        lambda said: said["contests"][0]["candidates"].reverse(),
        lambda said: said["contests"][1].update(title="Question 7"),
        lambda said: said["contests"][0].update(settings={"threshold": "1/2"}),
        lambda said: said["contests"].reverse(),
        lambda said: said.update(publish="at once"),
        lambda said: said["ballots"].update(form="another-form"),
    ],
)
def test_what_is_voted_on_is_what_was_approved(
    poll: Poll, change: Callable[[dict[str, Any]], object]
) -> None:
    poll.opened()
    audited(poll)
    redefined(poll, change)
    with pytest.raises(
        FixTheData, match=f"the contests of {NAME} are not the ones that were approved"
    ):
        audited(poll)


def test_the_window_is_the_one_that_was_recorded(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context:
        extend(context, NAME, CLOSES + HOUR, OFFICER, "The form was down.")
    audited(poll)
    changed(poll, closes=CLOSES + 2 * HOUR)
    with pytest.raises(FixTheData, match="the closing time of"):
        audited(poll)
    changed(poll, closes=CLOSES + HOUR, opened=OPENS + HOUR)
    with pytest.raises(FixTheData, match=r"is not the one that was recorded \(EN-R6\)"):
        audited(poll)


def test_an_opening_that_is_gone_is_noticed(poll: Poll) -> None:
    poll.opened()
    changed(poll, opened=None)
    with pytest.raises(FixTheData, match=r"is not the one that was recorded \(EN-R6\)"):
        audited(poll)


@pytest.mark.parametrize("state", ["draft", "open"])
def test_a_vote_that_vanished_is_noticed(poll: Poll, state: str) -> None:
    """Its lines stand, and nobody withdrew it."""
    poll.approved()
    if state == "open":
        poll.at(OPENS)
    with poll.context() as context, context.ledger._database.writing() as db:
        for table in (mailings, voters, elections):
            db.execute(table.delete())
    with pytest.raises(
        FixTheData,
        match=rf"spring is {state}, but the ledger has no such "
        r"election \(VM-R3\)",
    ):
        audited(poll)


def test_an_approval_that_was_withdrawn_leaves_no_vote(poll: Poll) -> None:
    poll.approved()
    with poll.context() as context, context.ledger.alone():
        context.ledger.votes.withdraw(NAME, OFFICER, context.now())
    audited(poll)


def test_a_roll_with_a_digest_to_match_is_noticed(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context:
        from models.votes.frozen_roll import digest_of

        with context.ledger._database.writing() as db:
            db.execute(update(voters).values(on_roll=False))
        digest = digest_of(context.ledger.votes.roll(NAME))
    changed(poll, roll_digest=digest)
    with pytest.raises(FixTheData, match="the frozen voter roll of"):
        audited(poll)


@pytest.mark.parametrize("secret", [None, b"", b"x" * 32], ids=["gone", "empty", "another"])
def test_a_touched_secret_is_noticed_and_counts_nothing(poll: Poll, secret: bytes | None) -> None:
    """No code of a letter would be known any more, and nobody's vote would count (BA-1)."""
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    kept = poll.vote.secret
    changed(poll, secret=secret)
    with pytest.raises(FixTheData, match="the secret of the codes of spring"):
        audited(poll)
    with pytest.raises(FixTheData, match="the secret of the codes"):
        poll.at(COUNTS)
    assert poll.vote.result is None
    changed(poll, secret=kept)
    poll.strike()
    audited(poll)
    changed(poll, secret=secret)
    with (
        poll.context() as context,
        pytest.raises(FixTheData, match="the secret of the codes"),
    ):
        recount(context, poll.vote)


def test_a_secret_that_is_gone_hides_no_changed_roll(poll: Poll) -> None:
    """Only the record's line says that retention took both."""
    poll.opened()
    changed(poll, secret=None)
    with poll.context() as context, context.ledger._database.writing() as db:
        db.execute(update(voters).values(on_roll=False))
    with pytest.raises(FixTheData, match="the frozen voter roll of"):
        audited(poll)


def test_the_result_is_the_one_that_was_counted(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    audited(poll)
    result = poll.vote.result
    assert result
    said = result.model_dump(mode="json")
    said["races"]["mayor"]["choices"] = ["Bea Stone"]
    changed(poll, result=said)
    with pytest.raises(FixTheData, match="the result of spring is not the one that was counted"):
        audited(poll)


def test_a_decided_tie_is_the_one_that_was_decided(poll: Poll) -> None:
    poll.opened()
    ballots = [("Ada Park", "Bea Stone")] * 4 + [("Bea Stone", "Ada Park")] * 3
    ballots += [("Cy Rivers", "Bea Stone")] * 3
    for address, ranked in zip(sorted(poll.invited()), ballots, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(COUNTS)
    with poll.context() as context:
        decide(context, NAME, "mayor", "Cy Rivers", "the committee, 5 to 2", OFFICER)
    audited(poll)
    (one,) = poll.vote.decisions
    changed(poll, decisions=[one.model_dump(mode="json") | {"picked": "Bea Stone"}])
    with pytest.raises(FixTheData, match=r"are not the ones that were recorded \(EN-R5\)"):
        audited(poll)


def test_an_approval_that_was_withdrawn_is_over(poll: Poll) -> None:
    poll.approved()
    with poll.context() as context, context.ledger.alone():
        context.ledger.votes.withdraw(NAME, OFFICER, context.now())
    file = poll.folder("election.toml")
    file.write_text(file.read_text().replace("Spring endorsements", "Spring votes"))
    poll.approved()
    audited(poll)


def other_rules(poll: Poll, desk_rules: str = "3/5", other: str = "9/10") -> None:
    """Somebody gives the chapter a counting file of its own, as there was one."""
    assert desk_rules in SECOND
    (poll.town.folder / OWN_RULES).write_text(SECOND.replace(desk_rules, other), "utf-8")


def test_rules_that_changed_during_a_vote_count_nothing(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    other_rules(poll)
    with pytest.raises(
        Refused,
        match=r"the counting rules changed after this election was "
        r"approved \(now",
    ) as said:
        poll.at(COUNTS)
    assert (said.value.where, said.value.rule) == (NAME, "EN-R6")
    assert "chapter.toml" in said.value.next_step
    assert poll.vote.result is None
    (poll.town.folder / OWN_RULES).unlink()
    poll.strike()
    assert poll.vote.result


def test_rules_that_changed_after_the_approval_open_nothing(poll: Poll) -> None:
    poll.approved()
    other_rules(poll)
    with pytest.raises(Refused, match=r"the counting rules changed after the approval \(EN-R6\)"):
        poll.at(OPENS)
    assert poll.vote.opened is None


@pytest.fixture
def published(poll: Poll) -> Poll:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park") | {"Question 6": "Yes"})
    poll.at(COUNTS)
    poll.clock.at = COUNTS + HOUR
    poll.published()
    audited(poll)
    return poll


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ("pages", f"elections/{NAME}/pages/mayor.html"),
        ("tellers' files", f"elections/{NAME}/tellers/mayor.json"),
        ("published pages", f"public/{NAME}/mayor.html"),
    ],
)
def test_a_changed_page_is_found(published: Poll, what: str, place: str) -> None:
    file = published.town.folder / place
    file.write_text(file.read_text().replace("Ada Park", "Bea Stone"))
    with pytest.raises(FixTheData, match=f"the {what} of {NAME} were changed after the count"):
        audited(published)


def test_a_record_that_was_cut_short_is_found(published: Poll) -> None:
    with published.context() as context, context.ledger._database.writing() as db:
        db.execute(record.delete().where(record.c.number > 4))
    with pytest.raises(FixTheData, match=r"but its audit log ends differently \(VM-R3\)"):
        audited(published)


@pytest.mark.parametrize(
    "said",
    [
        '{"what":"approved the vote","facts":{"voters":[1]}}',
        '{"what":"approved the vote","facts":"x"}',
        '{"what":"approved the vote","facts":[]}',
        '{"what":[],"facts":{}}',
        '{"kind":["approved"]}',
        "[]",
        "[[]]",
        "null",
        '"ann@example.org"',
        "1e999",
    ],
)
def test_whatever_is_written_over_a_line_is_found(poll: Poll, said: str) -> None:
    poll.approved()
    with poll.context() as context, context.ledger._database.writing() as db:
        db.execute(text("UPDATE record SET said = :said WHERE number = 1").bindparams(said=said))
    with pytest.raises(FixTheData, match="entry 1 was changed after it was written") as found:
        audited(poll)
    assert "ann@" not in str(found.value)


@pytest.mark.parametrize(("column", "value"), [("said", b"{"), ("at", b"noon"), ("who", b"\xff")])
def test_what_is_no_line_at_all_is_found(poll: Poll, column: str, value: bytes) -> None:
    poll.opened()
    with poll.context() as context, context.ledger._database.writing() as db:
        second = update(record).where(record.c.number == 2)
        db.execute(second.values({column: literal(value, LargeBinary)}))
    with pytest.raises(
        FixTheData, match="after entry 1 there is something that the program did not"
    ):
        audited(poll)


def test_pages_without_a_vote_are_found(published: Poll) -> None:
    """Somebody put an empty ledger into the place of the one that counted."""
    with published.context() as context, context.ledger._database.writing() as db:
        for table in (record, mailings, voters, elections):
            db.execute(table.delete())
    with pytest.raises(
        FixTheData,
        match=rf"published pages of {NAME}, but it was never counted "
        r"\(EN-R8\)",
    ):
        audited(published)
