"""A person on the officers' page: the verdict, then why, event by event; each look recorded."""

import re

from connectors.sandbox.invented import address_of, name_of
from flows.web.rolls import Rolls
from models.membership.waiting import known_by, waiting
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, words


def shown(desk: DeskClient, name: str) -> str:
    """A person's page, by a search for the name."""
    return words(desk.press("/roll", "/roll/search", {"wanted": name}))


def test_the_verdict_comes_first_and_every_event_says_whether_it_counts(desk: DeskClient) -> None:
    said = shown(desk.sign_in(), name_of(1))
    assert f"{name_of(1)} can vote." in said
    assert "You can vote. You have been a voting member since" in said
    assert "or longer with more events" in said
    with desk.town.context() as context:
        (entry,) = Rolls().known(context).find(name_of(1))
    assert said.count(" counts ") >= len(entry.standing.counted)
    for event in entry.standing.counted:
        assert event.name in said
    assert not re.search(r"\d{4}-\d\d-\d\d", said), "days as people say them"
    assert "@" not in said


def test_who_asks_why_not_me_hears_what_is_missing(desk: DeskClient) -> None:
    with desk.town.context() as context:
        entries = Rolls().known(context).roll.entries.values()
        away = next(one for one in entries if one.standing.status.name == "ONE_AWAY")
        address = next(iter(away.person.addresses))
    desk.sign_in()
    answer = desk.press("/roll", "/roll/search", {"wanted": away.person.id})
    said = words(answer)
    assert "cannot vote yet: one event is missing." in said
    assert "one more event makes you a voting member" in said
    assert "(3 needed)" in said
    assert str(address) not in answer.text


def test_a_skipped_row_that_bears_the_name_is_shown_with_its_cell(desk: DeskClient) -> None:
    with desk.town.edit("Sign-ins") as rows:
        row = next(row for row in rows if address_of(1) in row)
        rows.append([row[0], "No such evening", *row[2:]])
        number = len(rows)
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    desk.town.night()
    answer = desk.sign_in().press("/roll", "/roll/search", {"wanted": address_of(1)})
    assert "Rows that name this person, and were skipped or have an open question" in words(answer)
    assert f"range={number}:{number}" in answer.text
    with desk.town.context() as context:
        known = Rolls().known(context)
        (entry,) = known.find(address_of(1))
        who = known_by(entry.person)
        tables = [t for s in known.seen.sources.snapshots.values() for t in s.tables]
        alone = list(waiting(tables, context.chapter.tz, known.facts.review, who))
        assert known.waits_for(entry) == alone


def test_each_look_is_recorded_and_shown(desk: DeskClient) -> None:
    shown(desk.sign_in(LOOKS), name_of(1))
    said = shown(desk.sign_in(ACTS), name_of(1))
    assert f"{LOOKS} why they can or cannot vote" in said
    assert f"{ACTS} why they can or cannot vote" in said
    with desk.town.context() as context:
        assert [one.officer for one in context.ledger.officers.looks()] == [ACTS, LOOKS]


def test_history_and_emails_are_there(desk: DeskClient) -> None:
    said = shown(desk.sign_in(), name_of(1))
    assert "You are a voting member: not sent: the status was there before emails began" in said
    assert re.search(
        r"History Recorded Status Since Through Bylaws \w+ \d+, 2026 Voting member", said
    )


def test_a_handle_of_nobody_leads_back_to_the_search(desk: DeskClient) -> None:
    answer = desk.sign_in().get("/person/nobody")
    assert answer.status_code == 409
    assert "Go back to the list and open it again" in words(answer)
    handle = re.search(r'href="/person/([\w-]+)"', desk.get("/roll/everyone").text)
    assert handle
    desk.sign_in()
    assert desk.get(f"/person/{handle[1]}").status_code == 409, "another session's is nobody's"


def test_it_reads_in_spanish(desk: DeskClient) -> None:
    desk.sign_in()
    desk.press("/", "/language", {"language": "es"})
    said = shown(desk, name_of(1))
    assert f"{name_of(1)} puede votar." in said
    assert "Usted puede votar. Es miembro con voto desde el" in said
