"""A counted vote is counted again from its form; changed pages are found (BA-2, EN-R8)."""

from datetime import timedelta
from pathlib import Path

import pytest

from connectors import elections
from connectors.ledger import Act
from connectors.ledger.votes import Votes
from flows.votes.pages import PAGES, TELLERS
from flows.votes.tally.audit import audit
from flows.votes.tally.recount import PUBLIC, is_same, recount
from flows.votes.voiding import Decided, void
from models.errors import FixTheData, Refused
from models.votes.events import PagesRenewed
from models.votes.results import RaceResult
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll, ranks
from tests.elections.test_disturbed import dying


def again(poll: Poll) -> list[str]:
    with poll.context() as context:
        return recount(context, poll.vote)


def files(poll: Poll, kind: str) -> dict[str, bytes]:
    folder = poll.town.folder / "elections" / NAME / kind
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def change(poll: Poll, kind: str, name: str) -> Path:
    file = poll.town.folder / "elections" / NAME / kind / name
    file.write_text(file.read_text().replace("Ada Park", "Bea Stone"))
    return file


@pytest.fixture
def counted(poll: Poll) -> Poll:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park") | {"Question 6": "Yes"})
    poll.at(COUNTS)
    return poll


def test_it_gives_the_recorded_result_and_changes_nothing(counted: Poll) -> None:
    before = files(counted, PAGES), files(counted, TELLERS), counted.record()
    assert again(counted) == []
    counted.published()
    assert again(counted) == []
    assert (files(counted, PAGES), files(counted, TELLERS)) == before[:2]
    assert counted.record()[: len(before[2])] == before[2]


def test_the_page_says_whose_vote_it_was_and_how_it_is_counted_again(counted: Poll) -> None:
    for name in ("mayor.html", "index.html", "mayor.es.html", "index.es.html"):
        page = files(counted, PAGES)[name].decode()
        assert "Rivertown Progressives." in page
        said = "{} de abril de 2026" if name.endswith(".es.html") else "April {}, 2026"
        assert said.format(2) in page
        assert said.format(12) in page
        assert ("clerk election recount spring" in page) == name.startswith("mayor")


@pytest.mark.parametrize(("kind", "name"), [(PAGES, "mayor.html"), (TELLERS, "mayor.json")])
def test_a_changed_file_is_put_back(counted: Poll, kind: str, name: str) -> None:
    before = files(counted, kind)
    change(counted, kind, name)
    assert files(counted, kind) != before
    assert again(counted) == [kind]
    assert files(counted, kind) == before


def test_pages_in_other_words_are_recorded_under_whoever_counted_again(counted: Poll) -> None:
    with counted.context() as context:
        former = PagesRenewed(pages="sha256:former", tellers="sha256:former")
        context.ledger.votes.note(NAME, Act(OFFICER, context.now(), former))
        recount(context, counted.vote, "Ana Reyes")
        newest = context.ledger.votes.lines(NAME)[-1]
    assert (newest.who, newest.event.kind) == ("Ana Reyes", "pages-renewed")


def test_published_pages_are_put_back_too_with_the_guide(counted: Poll) -> None:
    """As after a job that died between the pages of a voided race and its line (EN-R11)."""
    counted.published()
    with dying(Votes, "overrule"), counted.context() as context:
        decided = Decided("Meeting of April 14", yes=6, no=2, abstained=0, active=9)
        void(context, NAME, "mayor", OFFICER, "The form left somebody out.", "", decided)
    public = counted.town.folder / "public" / NAME
    assert "Void" in (public / "mayor.html").read_text()
    assert again(counted) == [PAGES, TELLERS, PUBLIC]
    assert "Void" not in (public / "mayor.html").read_text()
    assert "Ada Park" in (public / "guide" / "index.html").read_text()
    with counted.context() as context:
        audit(context)
    assert again(counted) == []


def test_what_is_published_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """BA-2: the record has the digest of the pages as the count left them."""
    own, public = tmp_path / "own", tmp_path / "public"
    elections.write_pages(own, {"index.html": "one\r\ntwo\rthree\n"})
    elections.publish_pages(own, public)
    assert elections.pages_digest(own) == elections.pages_digest(public)


def test_answers_that_were_deleted_after_the_count_are_missed(counted: Poll) -> None:
    del counted.form.responses[-1]
    with pytest.raises(FixTheData, match=r"received .* contest mayor"):
        again(counted)


def test_late_answers_that_came_since_the_count_change_nothing(poll: Poll) -> None:
    """BA-2: the one that was there at the count stays, and is missed like any other."""
    poll.opened()
    poll.everybody_votes(ranks("Ada Park") | {"Question 6": "Yes"})
    poll.at(CLOSES)
    poll.answers("ABCD", ranks("Cy Rivers"))
    poll.at(COUNTS)
    poll.clock.at = COUNTS + timedelta(days=1)
    poll.answers("EFGH", ranks("Cy Rivers"))
    before = files(poll, TELLERS)
    assert again(poll) == []
    assert files(poll, TELLERS) == before
    del poll.form.responses[-2:]
    with pytest.raises(FixTheData, match="received"):
        again(poll)


def test_before_the_count_there_is_nothing_to_count_again(poll: Poll) -> None:
    poll.opened()
    poll.at(CLOSES)
    with pytest.raises(Refused, match="there is no result yet"):
        again(poll)


def test_pages_that_were_changed_are_not_published(counted: Poll) -> None:
    change(counted, PAGES, "mayor.html")
    with pytest.raises(Refused, match="the result pages were changed after the count"):
        counted.published()
    again(counted)
    counted.published()
    assert "published the result" in counted.record()


def recorded(outcome: str, *rounds: dict[str, int], digest: str = "sha256:1") -> RaceResult:
    return RaceResult.model_validate(
        {"outcome": outcome, "choices": [], "rounds": rounds, "digests": {"ballots": digest}}
    )


def test_what_a_former_version_made_of_a_race_that_nobody_marked_is_the_same() -> None:
    """EN-R12: and nothing else is."""
    now, empty = recorded("nobody voted", {"A": 0, "B": 0}), {"A": 0, "B": 0}
    assert is_same(now, now)
    assert is_same(recorded("no consensus", empty, {"B": 0}), now)
    assert not is_same(recorded("no consensus", empty, digest="sha256:2"), now)
    assert not is_same(recorded("no consensus", {"A": 1, "B": 0}), now)
    assert not is_same(now, recorded("no consensus", empty))


def test_pages_that_a_later_version_words_otherwise_can_be_published(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same result in new words is noted in the record, and is what is published."""
    poll.opened()
    poll.everybody_votes(ranks("Ada Park") | {"Question 6": "Yes"})
    with monkeypatch.context() as earlier:
        earlier.setattr("flows.votes.pages.seal", lambda *_: "as a former version said it")
        poll.at(COUNTS)
    noted = len(poll.record())
    again(poll)
    assert len(poll.record()) == noted + 1
    again(poll)
    assert len(poll.record()) == noted + 1  # once
    poll.published()
    with poll.context() as context:
        audit(context)
