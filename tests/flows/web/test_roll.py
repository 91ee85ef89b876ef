"""The voter roll on the officers' page: how many, over time, lists, a search, and who looked."""

import re
from datetime import date

import pytest

from connectors.sandbox.invented import address_of, name_of
from connectors.settings import EDITIONS
from flows.views.roll import phone_of
from flows.web.pages.roll import PAGE
from flows.web.rolls import Rolls, Which
from flows.web.trend import trend_of
from models.membership.voting_status import Status
from tests.flows.town import Town
from tests.flows.web.desk import ACTS, DeskClient, words


def people(html: str) -> list[str]:
    """The handles of a list."""
    return re.findall(r'href="/person/([\w-]+)"', html)


def looks(desk: DeskClient) -> list[tuple[str, str]]:
    with desk.town.context() as context:
        return [(one.officer, one.what) for one in context.ledger.officers.looks()]


def test_it_says_how_many_and_names_nobody(desk: DeskClient) -> None:
    said = desk.sign_in().text("/roll")
    assert "7 people can vote" in said
    with desk.town.context() as context:
        held = Rolls().known(context).roll.entries.values()
        names = [str(name_of(n)) for n in range(len(held))]
    assert not [name for name in names if name in said]
    assert looks(desk) == []


def test_the_chart_ends_today_with_those_who_can_vote(town: Town) -> None:
    town.night()
    with town.context() as context:
        known = Rolls().known(context)
        many = dict(known.over_time)
        assert many[known.roll.on] == len(known.roll.voting())
        for day in list(many)[:-3]:
            assert many[day] == len(known.facts.roll(day).voting()), day


def test_the_chart_says_in_words_what_it_draws(desk: DeskClient) -> None:
    html = desk.sign_in().get("/roll").text
    title = re.search(r"<title id=\"trend-said\">(.*?)</title>", html)
    assert title
    assert "7 today" in title[1]


def test_a_line_is_drawn_where_nobody_could_ever_vote() -> None:
    days = [(date(2026, 1, 1), 0), (date(2026, 2, 1), 0)]
    trend = trend_of(days, days[-1][0])
    assert (trend.today, trend.y) == (days[-1], 114)


def test_each_list_has_those_whom_it_is_about(desk: DeskClient) -> None:
    member = desk.town.member(address_of(1))
    member.status = "unsubscribed"
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    desk.town.night(full=True)
    desk.sign_in()
    with desk.town.context() as context:
        known = Rolls().known(context)
    lapsing = [
        one
        for one in known.roll.voting()
        if one.standing.spell and (one.standing.spell.until - known.roll.on).days <= 30
    ]
    expected = {
        Which.EVERYONE: len(known.roll.entries),
        Which.VOTING: len(known.roll.voting()),
        Which.ONE_AWAY: known.roll.counts()[Status.ONE_AWAY],
        Which.LAPSING: len(lapsing),
        Which.NO_EMAIL: 1,
    }
    for which, many in expected.items():
        before = len(looks(desk))
        assert len(people(desk.get(f"/roll/{which.value}").text)) == many, which
        assert len(looks(desk)) == before + many, "each who is shown was looked at"
    assert {officer for officer, _ in looks(desk)} == {ACTS}
    (called,) = known.to_call
    phone = phone_of(known.roll.entries[called].person)
    assert phone
    assert phone in desk.text("/roll/no-email")
    assert phone not in desk.text("/roll/everyone"), "a number is there for a call (DP-4)"


def test_a_list_that_is_none_leads_back(desk: DeskClient) -> None:
    desk.sign_in()
    for path in ("/roll/nobody", "/roll/voting/2", "/roll/voting/0", "/roll/voting/x"):
        answer = desk.get(path)
        assert answer.status_code == 409
        assert "There is no such list" in words(answer)


def test_a_list_shows_so_many_at_a_time(desk: DeskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PAGE == 100
    monkeypatch.setattr("flows.web.pages.roll.PAGE", 5)
    first = desk.sign_in().get("/roll/voting")
    second = desk.get("/roll/voting/2")
    assert (len(people(first.text)), len(people(second.text))) == (5, 2)
    assert "6 to 7 of 7 people" in words(second)


def test_one_who_is_found_is_shown_and_the_search_stands_in_no_address(desk: DeskClient) -> None:
    answer = desk.sign_in().press("/roll", "/roll/search", {"wanted": name_of(1)})
    assert re.fullmatch(rf"{desk.home}/person/[\w-]+", answer.url)
    assert f"{name_of(1)} can vote." in words(answer)
    by_address = desk.press("/roll", "/roll/search", {"wanted": address_of(1)})
    assert by_address.url == answer.url
    assert "@" not in by_address.text


def test_several_who_fit_are_listed(desk: DeskClient) -> None:
    answer = desk.sign_in().press("/roll", "/roll/search", {"wanted": name_of(1)[0]})
    assert re.fullmatch(rf"{desk.home}/roll/found/[\w-]+", answer.url)
    found = people(answer.text)
    assert len(found) > 1
    assert looks(desk) == [(ACTS, "a search of the roll")] * len(found)


def test_nobody_who_is_found_has_perhaps_a_row_that_was_skipped(desk: DeskClient) -> None:
    with desk.town.edit("Sign-ins") as rows:
        rows.append([*rows[3][:1], "No such evening", "una@example.org", "Una Unknown"])
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    desk.town.night()
    answer = desk.sign_in().press("/roll", "/roll/search", {"wanted": "una@example.org"})
    assert "No one was found" in words(answer)
    assert "Rows with this name or address that were skipped or have an open question" in words(
        answer
    )
    assert "/edit#gid=" in answer.text


def test_a_name_that_is_html_stays_a_name(desk: DeskClient) -> None:
    with desk.town.edit("Registrations") as rows:
        at = rows[0].index("Name")
        rows[1][at] = "<script>alert(1)</script> Alder"
    desk.town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    desk.town.night(approve="")
    html = desk.sign_in().get("/roll/everyone").text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Alder" in html


def test_the_roll_is_read_again_only_when_something_changed(desk: DeskClient) -> None:
    rolls = Rolls()
    with desk.town.context() as context:
        once = rolls.known(context)
        assert rolls.known(context, planned=True) is once
        assert rolls.known(context) is once
    desk.town.night()
    with desk.town.context() as context:
        assert rolls.known(context) is not once


def test_a_chapter_that_changes_its_bylaws_sees_it_at_once(desk: DeskClient) -> None:
    """The page and `clerk roll` say the same, without a run in between."""
    folder, text = desk.town.folder, (EDITIONS / "jp-progressives.toml").read_text("utf-8")
    (folder / "own.toml").write_text(text)
    toml = folder / "chapter.toml"
    toml.write_text(toml.read_text().replace('bylaws = "jp-progressives"', 'bylaws = "own.toml"'))
    assert "7 people can vote" in desk.sign_in().text("/roll")
    (folder / "own.toml").write_text(text.replace("at_least = 3", "at_least = 1"))
    assert "7 people can vote" not in desk.text("/roll")
