"""The endorsement guide of a vote: nothing before the publication, beside the pages after it."""

import re
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.votes.tally.audit import audit
from models.errors import FixTheSettings, Refused
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll, ranks
from tests.elections.test_commands import Clerk, told
from tests.elections.test_commands import clerk as clerk

FILES = ["guide.es.md", "guide.md", "index.es.html", "index.html"]
OWN = """
chapter = "RTP"
[[statements]]
race = "mayor"
of = "Bea Stone"
statement = "She knows the buses."
[[statements]]
race = "mayor"
of = "Cy Rivers"
statement = "He was not endorsed."
"""


def public(poll: Poll) -> Path:
    return poll.town.folder / "public" / NAME / "guide"


def supply(poll: Poll, text: str) -> None:
    """The chapter writes its words."""
    file = poll.folder("guide.toml")
    file.write_text(text, "utf-8")
    file.chmod(0o600)


def counted(poll: Poll, first: str = "Bea Stone") -> None:
    """Everybody voted alike."""
    poll.opened()
    poll.everybody_votes(ranks(first) | {"Question 6": "Yes"})
    poll.at(COUNTS)


def test_it_is_published_with_the_result_and_not_before(poll: Poll, clerk: Clerk) -> None:
    supply(poll, OWN)
    poll.opened()
    poll.everybody_votes(ranks("Bea Stone") | {"Question 6": "Yes"})
    for moment in (poll.clock.at, CLOSES, COUNTS):
        poll.at(moment)
        refused = clerk("election", "guide", NAME)
        assert isinstance(refused.exception, Refused)
        assert "EN-R8" in str(refused.exception)
        assert not public(poll).exists()
    said = told(clerk("election", "publish", NAME, "--by", OFFICER, "--yes"))
    assert f"The endorsement guide for your site: {public(poll)}" in said
    assert sorted(file.name for file in public(poll).iterdir()) == FILES
    guide = (public(poll) / "guide.md").read_text("utf-8")
    assert "### Bea Stone for Mayor\n\nShe knows the buses.\n" in guide
    assert "**VOTE YES on Question 6.**" in guide
    assert "Voters in 10th Suffolk and 14th Suffolk will see Question 6" in guide
    for unsaid in ("Ada Park", "Cy Rivers", "not endorsed", "every meeting"):
        assert unsaid not in guide
    assert "RTP" in (public(poll) / "index.es.html").read_text("utf-8")
    assert {oct(file.stat().st_mode)[-3:] for file in public(poll).iterdir()} == {"644"}
    assert oct(public(poll).stat().st_mode)[-3:] == "755"
    with poll.context() as context:
        assert audit(context)


def test_its_words_can_be_mended_and_it_is_written_again(poll: Poll, clerk: Clerk) -> None:
    counted(poll)
    poll.published()
    assert "Bea Stone" in (public(poll) / "guide.md").read_text("utf-8")
    supply(poll, OWN)
    assert f"Written: {public(poll)}" in told(clerk("election", "guide", NAME))
    assert "She knows the buses." in (public(poll) / "index.html").read_text("utf-8")
    with poll.context() as context:
        assert audit(context)


def test_faulty_words_stop_the_publication_before_anything_is_public(
    poll: Poll, clerk: Clerk
) -> None:
    supply(poll, '[[statements]]\nrace = "mayor"\nof = "Dee"\ncolour = 1\n')
    checked = clerk("election", "check", NAME)
    assert "colour" in checked.output
    assert "Ready to open." in checked.output  # it holds up no vote
    counted(poll)
    refused = clerk("election", "publish", NAME, "--by", OFFICER, "--yes")
    assert isinstance(refused.exception, FixTheSettings)
    assert "guide.toml" in str(refused.exception)
    assert not public(poll).parent.exists()
    supply(poll, OWN)
    assert "Published" in told(clerk("election", "publish", NAME, "--by", OFFICER, "--yes"))


def test_by_the_clock_too_the_words_come_first(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """A vote that is published at once waits for them, and says so at each strike."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", publish="at once")
    supply(poll, "colour = 1\n")
    poll.opened()
    poll.everybody_votes(ranks("Bea Stone") | {"Question 6": "Yes"})
    for _ in range(2):
        with pytest.raises(FixTheSettings, match=r"guide\.toml.*colour"):
            poll.at(COUNTS)
        assert (poll.vote.state, public(poll).parent.exists()) == (ElectionState.COUNTED, False)
    supply(poll, OWN)
    poll.strike()
    assert poll.vote.state is ElectionState.PUBLISHED
    assert sorted(file.name for file in public(poll).iterdir()) == FILES


def test_the_page_links_to_the_result_of_either_language(poll: Poll) -> None:
    counted(poll)
    poll.published()
    for page in ("index.html", "index.es.html"):
        (link,) = re.findall(r'<a href="(\.\./[^"]+)"', (public(poll) / page).read_text("utf-8"))
        assert (public(poll) / link).resolve() == public(poll).parent / page
        assert (public(poll) / link).is_file()


def test_a_vote_that_endorsed_nothing_has_no_guide(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.at(COUNTS)
    said = told(clerk("election", "publish", NAME, "--by", OFFICER, "--yes"))
    assert "guide" not in said
    assert "there is no guide" in told(clerk("election", "guide", NAME))
    assert not public(poll).exists()


@pytest.mark.parametrize("languages", ['["en"]'])
def test_a_chapter_without_spanish_has_none_in_its_guide(poll: Poll, languages: str) -> None:
    poll.town.rewrite('bylaws = "jp-progressives"',
                      f'bylaws = "jp-progressives"\nlanguages = {languages}')  # fmt: skip
    counted(poll)
    poll.published()
    assert sorted(file.name for file in public(poll).iterdir()) == ["guide.md", "index.html"]
    assert 'lang="es"' not in (public(poll) / "index.html").read_text("utf-8")


def test_the_statement_for_the_recommended_stands_under_nobody_elses_name(poll: Poll) -> None:
    """EN-1: neither on the race's page nor in the announcement nor in the guide."""
    counted(poll, "Bea Stone")
    poll.published()
    outbox = poll.town.sandbox.mailchimp.outbox
    said = "".join(letter.text for letter in outbox if "announcement" in letter.title)
    assert "Bea Stone" in said
    pages = [*public(poll).parent.glob("*.html"), *public(poll).iterdir()]
    shown = said + "".join(page.read_text("utf-8") for page in pages)
    assert "She comes to every meeting." not in shown
