"""A cycle from the tabs to the guide, the letter to the candidate, and the report back.

Rules: EN-1, EN-2, EN-7, EN-8, EN-13.
"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.server import Sandbox
from flows.cli.main import app
from flows.nightly.endorsed import endorsed_in
from flows.votes.history import facts
from flows.votes.thanks import reports_back, thanks_of
from models.errors import FixTheSettings, Refused
from models.votes.events import Approved
from models.votes.history import last
from tests.conftest import Clock
from tests.elections.polls import COUNTS, NAME, TZ, Poll, ranks
from tests.flows.web.desk import opened as desk_opened

CYCLE = "2026 spring"
MAYORS = ("Ada Park", "Bea Stone", "Cy Rivers")
DUE = datetime(2026, 5, 12, 12, tzinfo=TZ)  # a month after the publication
WITHHELD = "We have no capacity for it."


def tabs(poll: Poll) -> None:
    """The committee's tabs, as they fit the poll's two contests."""
    races: list[list[Cell]] = [
        [CYCLE, "Mayor", None, None, "full"],
        [CYCLE, "Question 6", "10th Suffolk, 14th Suffolk", None, "question"],
        [CYCLE, "Sheriff", None, None, "withheld", None, WITHHELD],
    ]
    steps: list[list[Cell]] = [[None, "Mayor", None, "research", "2024-03-01"]]
    poll.town.add_tab("races", *races)
    poll.town.add_tab("candidates", *([None, "Mayor", name] for name in MAYORS))
    poll.town.add_tab("steps", *steps)
    poll.town.night()


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    made = Poll.prepare(sandbox, clock, tmp_path / "chapter", cycle=CYCLE)
    tabs(made)
    return made


def published(poll: Poll, first: str = "Bea Stone") -> Poll:
    poll.opened()
    poll.everybody_votes(ranks(first) | {"Question 6": "Yes"})
    poll.at(COUNTS)
    poll.published()
    return poll


def guide(poll: Poll, file: str = "guide.md") -> str:
    return (poll.town.folder / "public" / NAME / "guide" / file).read_text("utf-8")


def thank(poll: Poll) -> str:
    where = ("election", "thank", NAME, "--chapter", str(poll.town.folder))
    return CliRunner().invoke(app, where, catch_exceptions=False).stdout


def test_what_the_bylaws_strive_for_stands_in_the_record_of_the_approval(poll: Poll) -> None:
    """EN-2: no forum was held, and nobody can say later that nobody knew."""
    poll.approved()
    with poll.context() as context:
        approval = last(context.ledger.votes.lines(NAME), Approved)
    assert approval
    forum = "Mayor: no forum was held; neither video nor written answers were shared"
    assert forum in approval.noted
    assert forum in str(facts(approval, TZ)["striven for"])
    assert not any(name in str(approval.noted) for name in MAYORS)


def test_an_approval_without_a_cycle_notes_nothing(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    other = Poll.prepare(sandbox, clock, tmp_path / "chapter").approved()
    with other.context() as context:
        approval = last(context.ledger.votes.lines(NAME), Approved)
    assert approval
    assert approval.noted == ()
    assert "striven for" not in facts(approval, TZ)


def test_a_vote_that_lacks_the_minimum_is_not_approved(poll: Poll) -> None:
    """EN-7."""
    with poll.town.edit("Steps") as rows:
        del rows[1]
    poll.town.night()
    with pytest.raises(Refused, match="looked into the candidates, by the tabs"):
        poll.approved()


def test_the_guide_gives_the_races_without_an_endorsement_and_their_reasons(poll: Poll) -> None:
    """EN-8."""
    published(poll)
    said = guide(poll)
    assert "Bea Stone for Mayor" in said
    assert said.index("## No Endorsement") > said.index("VOTE YES on Question 6")
    assert f"**Sheriff.** {WITHHELD}" in said
    spanish = guide(poll, "guide.es.md")
    assert "## Sin respaldo" in spanish
    assert WITHHELD in spanish


def test_the_guide_says_that_the_members_endorsed_nobody(poll: Poll) -> None:
    """EN-8."""
    published(poll, "No endorsement")
    said = guide(poll)
    assert "**Mayor.** Our members voted to make no endorsement." in said
    assert "Bea Stone" not in said


def test_a_cycle_that_left_the_tabs_withholds_no_guide(poll: Poll) -> None:
    poll.opened()
    with poll.town.edit("Races") as rows:
        del rows[1:]
    poll.town.night()
    poll.everybody_votes(ranks("Bea Stone") | {"Question 6": "Yes"})
    poll.at(COUNTS)
    poll.published()
    assert "Bea Stone for Mayor" in guide(poll)
    assert "No Endorsement" not in guide(poll)


def test_an_endorsement_is_known_to_the_next_cycle_once_it_is_public(poll: Poll) -> None:
    """EN-7, EN-R8."""
    poll.opened()
    poll.everybody_votes(ranks("Bea Stone") | {"Question 6": "Yes"})
    poll.at(COUNTS)
    with poll.context() as context:
        assert endorsed_in(context.ledger) == ()
    poll.published()
    with poll.context() as context:
        (one,) = endorsed_in(context.ledger)
    assert (one.name, one.cycle) == ("Bea Stone", CYCLE)
    for tab, row in (
        ("Races", ["2030 spring", "Mayor", None, None, "abbreviated", None, None]),
        ("Candidates", ["2030 spring", "Mayor", "Bea Stone", *[None] * 4, "no", None]),
    ):
        with poll.town.edit(tab) as rows:
            rows.append(row)
    with poll.town.edit("Candidates") as rows:
        for row in rows[1:4]:
            row[0] = CYCLE
    review = [one.reason for one in poll.town.night().facts.review]
    assert any("the record has an earlier endorsement of this candidate" in one for one in review)
    where = ("cycle", "2030 spring", "--chapter", str(poll.town.folder))
    said = CliRunner().invoke(app, where, catch_exceptions=False).stdout
    assert "previously endorsed, which the tab denies" in said
    assert "not previously endorsed" not in said


def test_a_letter_to_the_endorsed_is_a_text_for_an_officer(poll: Poll) -> None:
    """EN-13: the endorsed candidate may cite it; the program mails no candidate."""
    published(poll)
    before = len(poll.town.sandbox.mailchimp.outbox)
    said = thank(poll)
    assert said.startswith("Subject: Rivertown Progressives endorses you for Mayor\n")
    assert "Dear Bea Stone," in said
    assert (
        "You may cite this endorsement in your campaign statements and in your literature" in said
    )
    assert "to report back on your progress" in said
    assert "Question 6" not in said
    assert len(poll.town.sandbox.mailchimp.outbox) == before


def test_nobody_is_thanked_before_the_result_is_public(poll: Poll) -> None:
    """EN-R8."""
    poll.opened()
    poll.everybody_votes(ranks("Bea Stone"))
    poll.at(COUNTS)
    with poll.context() as context, pytest.raises(Refused, match="EN-R8"):
        thanks_of(context, poll.vote_in(context.ledger))


def test_where_nobody_was_endorsed_there_is_no_letter(poll: Poll) -> None:
    published(poll, "No endorsement")
    assert thank(poll) == "No candidate was endorsed, so there is no letter.\n"


def test_the_chapter_has_its_own_words(poll: Poll) -> None:
    published(poll)
    own = poll.town.folder / "own-emails"
    own.mkdir(mode=0o700)
    file = own / "candidate-endorsed.txt"
    file.write_text("Subject: Hooray\n\n{{ name }}, come to our picnic.\n")
    file.chmod(0o600)
    with_settings(poll, f'[emails]\nfolder = "{own.name}"\n')
    assert thank(poll) == "Subject: Hooray\n\nBea Stone, come to our picnic.\n"
    file.write_text("{{ nobody }}")
    with pytest.raises(FixTheSettings, match=r"candidate-endorsed\.txt"):
        thank(poll)


def with_settings(poll: Poll, text: str) -> None:
    """Add a section to `chapter.toml`."""
    said = (poll.town.folder / "chapter.toml").read_text().partition("\n[network]")[0]
    poll.town.settings = f"{said}\n{text}"
    poll.town.network(attempts=1)


@pytest.fixture
def asking(poll: Poll) -> Poll:
    """A published vote of a chapter that asks for a report back after a month."""
    with_settings(poll, "[elections]\nreport_back_months = 1\n")
    return published(poll)


def waiting(poll: Poll, at: datetime) -> list[list[str]]:
    poll.clock.at = at
    with poll.context() as context:
        return [one.names for one in reports_back(context)]


def test_a_report_back_is_asked_for_after_the_months_of_the_chapters_choice(asking: Poll) -> None:
    assert waiting(asking, DUE - timedelta(days=1)) == []
    assert waiting(asking, DUE) == [["Bea Stone"]]
    assert waiting(asking, datetime(2026, 8, 11, 12, tzinfo=TZ)) == [["Bea Stone"]]
    assert waiting(asking, datetime(2026, 8, 12, 12, tzinfo=TZ)) == []


def test_it_is_off_by_default(poll: Poll) -> None:
    published(poll)
    assert waiting(poll, DUE) == []


@pytest.mark.parametrize(("day", "asked"), [("2026-04-12", True), ("2026-04-13", False)])
def test_a_forum_since_then_ends_it(asking: Poll, day: str, *, asked: bool) -> None:
    asking.clock.at = datetime(2026, 4, 20, 12, tzinfo=TZ)
    with asking.town.edit("Steps") as rows:
        rows.append([None, "Mayor", "Bea Stone", "forum", day, None, None, None])
    asking.town.night()
    assert bool(waiting(asking, DUE)) is asked


def test_both_are_on_the_officers_page(asking: Poll) -> None:
    asking.clock.at = DUE
    with desk_opened(asking.town) as desk:
        desk.sign_in()
        assert "Ask Bea Stone to report back to the members" in desk.text("/")
        for page in (f"/votes/{NAME}", f"/votes/{NAME}/result"):
            assert f'href="/votes/{NAME}/thanks"' in desk.get(page).text
        said = desk.text(f"/votes/{NAME}/thanks")
    assert "Dear Bea Stone," in said
    assert "The program sends nothing to candidates." in said
