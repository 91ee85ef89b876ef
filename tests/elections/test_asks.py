"""A ballot says what it asks: on the form, in letters, on the page, on the phone (EN-R14)."""

import re
from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.invented import LIST
from connectors.sandbox.server import Sandbox
from flows.votes.ballot_form import build_form
from flows.votes.check import check
from models.errors import Refused
from models.votes.election import failing
from tests.conftest import Clock
from tests.elections.polls import COUNTS, NAME, OPENS, REMINDERS, Poll, kind_of
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_slate import NOMINEES, SLATE

__all__ = ["clerk"]
ATTORNEY: dict[str, Any] = {
    "id": "da",
    "title": "District Attorney",
    "kind": "up-or-down",
    "purpose": "anti-endorsement",
    "office": "District Attorney",
    "subject": "Dan Doe",
    "recommendation": "Yes",
}
PRIORITIES: dict[str, Any] = {
    "id": "priorities",
    "title": "Priorities of 2026",
    "title_es": "Prioridades de 2026",
    "kind": "up-or-down",
    "purpose": "priorities",
    "subject": "The priorities of 2026",
    "recommendation": "Yes",
    "priorities": ["Rents that people can pay", "A tree in every street"],
    "priorities_es": ["Alquileres que se puedan pagar", "Un árbol en cada calle"],
}
MEANS = "“Yes” means that we ask voters not to elect Dan Doe. “No” means that we do not."
MEANS_ES = "«Sí» significa que pedimos no elegir a Dan Doe; «No», que no lo pedimos."
ABOUT = """
[[about]]
name = "Dan Doe"
bio = "In the office since 2019."
bio_es = "En el cargo desde 2019."
questionnaire = "https://example.org/answers"
"""
RACES = (ATTORNEY, SLATE, PRIORITIES)


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """An anti-endorsement, a slate and the priorities, with a form that was built."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=RACES, build=False)
    nominees = NOMINEES.replace("dues_paid = false", "dues_paid = true")
    for file, more in (("01-da.toml", ABOUT), ("02-slate.toml", nominees)):
        path = poll.folder("contests") / file
        path.write_text(path.read_text() + more)
    with poll.context() as context:
        build_form(context, poll.election(context))
    return poll


def missing(poll: Poll) -> list[str]:
    with poll.context() as context:
        return failing(check(context, poll.election(context)))


def item(poll: Poll, title: str) -> dict[str, Any]:
    (found,) = (one for one in poll.form.items if one["title"] == title)
    return found


def sent(poll: Poll, kind: str) -> tuple[str, str]:
    """A letter: its text on one line, and its page without tags."""
    outbox = poll.town.sandbox.mailchimp.outbox
    letter = next(one for one in outbox if NAME in one.title and kind_of(one) == kind)
    return " ".join(letter.text.split()), " ".join(re.sub(r"<[^>]*>", "", letter.html).split())


def test_the_form_says_what_each_race_asks_in_both_languages(poll: Poll) -> None:
    with poll.context() as context:
        found = check(context, poll.election(context))
    assert failing(found) == []
    look = [one.fact for one in found if one.look]
    some = "Nominee 1, Nominee 2, Nominee 3, and 2 more"
    told = f"Spanish readers will read the bio of {some} in English, until `bio_es` says it in"
    assert f"{told} Spanish" in look
    help_ = item(poll, "District Attorney")["description"]
    assert MEANS in help_
    assert MEANS_ES in help_
    assert "no endorsement" not in help_.casefold()  # it is not offered here
    dan = item(poll, "Dan Doe")
    assert dan["textItem"] == {}
    for said in ("In the office since 2019.", "En el cargo desde 2019.", "https://example.org"):
        assert said in dan["description"]
    third = item(poll, "Nominee 3")["description"]
    for said in (
        "Of Green Street, number 3.",
        "Work to date: Knocked",
        "A forum on rents, number 3",
    ):
        assert said in third
    assert "Nominee 1, Nominee 2" in item(poll, "Steering Committee")["description"]
    second = item(poll, "Priorities of 2026: 2 / 2")["description"]
    assert "A tree in every street" in second
    assert "Un árbol en cada calle" in second


def test_a_form_made_by_hand_is_held_to_the_same(poll: Poll) -> None:
    """Twelve members once asked voters not to elect somebody whom no ballot had named."""
    attorney, slate = item(poll, "District Attorney"), item(poll, "Steering Committee")
    attorney["description"] = "Yes/No, the committee recommends Yes"
    (fact,) = missing(poll)
    assert f"“District Attorney” does not say “{MEANS[:40]}" in fact
    assert "add it to its description (EN-R14)" in fact
    with pytest.raises(Refused, match="EN-R14"):
        poll.approved()
    attorney["description"] = "NB. " + MEANS.upper().replace(" ", "\n")
    assert missing(poll) == []
    poll.form.items.remove(item(poll, "Nominee 2"))
    slate["description"] = ""
    (fact,) = missing(poll)
    assert "“Nominee 2”, “Of Green Street, number 2.”, “A forum on rents, number 2.”" in fact
    slate["description"] = "Nominee 2: see above."
    poll.form.items.insert(0, {"itemId": "0a", "title": "Who stands", "pageBreakItem": {},
                               "description": "Of Green Street, number 2. And a forum on rents, "
                               "number 2."})  # fmt: skip
    assert missing(poll) == []


def test_a_form_that_fell_silent_after_the_approval_opens_nothing(poll: Poll) -> None:
    poll.approved()
    attorney = item(poll, "District Attorney")
    written = attorney.pop("description")
    with pytest.raises(Refused, match="does not say"):
        poll.at(OPENS)
    attorney["description"] = written
    assert poll.strike()[0].what == "opened"


def test_letters_and_page_say_the_same(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    text, page = sent(poll, "invitation")
    spanish = text.partition("* * *")[2]
    for said in ("En inglés: Of Green Street, number 5.", "En el cargo desde 2019.",
                 "Trabajo hasta hoy (en inglés): Knocked"):  # fmt: skip
        assert said in spanish, said
    assert "In the office since 2019." not in spanish  # it is there in Spanish
    for part in (text, page):
        for said in (MEANS, MEANS_ES, "Of Green Street, number 5.", "https://example.org/answers",
                     "Proposed activities: A forum on rents, number 5.", "A tree in every street",
                     "Un árbol en cada calle", "Dan Doe"):  # fmt: skip
            assert said in part, said
        assert "no endorsement" not in part.casefold()
    poll.at(REMINDERS[0])
    for part in sent(poll, "reminder 1"):
        for said in (MEANS, MEANS_ES, "Nominee 5", "Rents that people"):
            assert said in part, said
        assert "Of Green Street" not in part  # the form and the invitation have it
    left = min(poll.invited())
    poll.town.sandbox.mailchimp.leave(LIST, left, poll.clock.at)
    listed = told(clerk("election", "calls", NAME))
    for said in (MEANS, "Nominee 5: Of Green Street, number 5.", "A tree in every street"):
        assert said in listed
    poll.everybody_votes({"District Attorney": "Yes", "Steering Committee": "Yes",
                          "Priorities of 2026": "Yes"})  # fmt: skip
    poll.at(COUNTS)
    page = poll.folder("pages").joinpath("da.html").read_text("utf-8")
    assert MEANS in page
    assert "In the office since 2019." in page
    spanish = poll.folder("pages").joinpath("priorities.es.html").read_text("utf-8")
    assert "Un árbol en cada calle" in spanish
    assert "Qué se preguntó" in spanish
    poll.published()
    for part in sent(poll, "announcement to all"):
        assert "District Attorney: we ask you not to elect Dan Doe" in part
        assert "District Attorney: pedimos no elegir a Dan Doe" in part
        assert "Dan Doe for" not in part
        assert "Nominee 4" in part


def test_what_is_said_of_people_stands_in_no_report(poll: Poll) -> None:
    """DP-6"""
    poll.opened().at(COUNTS)
    for file in poll.folder("tellers").glob("*.json"):
        assert "Green Street" not in file.read_text("utf-8")
