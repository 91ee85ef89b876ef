"""The chapter near you: one email with a link, to those who asked for it; no row crosses (ST-1)."""

from collections import Counter
from pathlib import Path

import pytest

from connectors.ledger.mailings import Mailings
from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import serial
from flows.doctor import Check, local
from models.errors import FixTheSettings
from models.mail.notices import NEAR
from tests.conftest import Clock
from tests.flows.test_committee_year import Clerk, clerk
from tests.flows.town import Town
from tests.flows.web.desk import opened

__all__ = ("clerk",)

LIST = """\
schema = 1

[[chapters]]
key = "river"
name = "Rivertown Progressives"
towns = ["Rivertown", "Mill Village"]
zips = ["02901"]
register = "https://river.example.org/join"

[[chapters]]
key = "east"
name = "Bigcity East"
towns = ["Bigcity"]
zips = ["02801"]
register = "https://east.example.org/join"

[[chapters]]
key = "west"
name = "Bigcity West"
towns = ["Bigcity"]
zips = ["02802"]
register = "https://west.example.org/join"
"""
SEND = (
    "[[workbooks]]",
    '[emails]\nsend = ["chapter-near-you"]\n\n[[workbooks]]',
)


def write_list(folder: Path, text: str = LIST) -> None:
    (folder / "chapters.toml").write_text(text)
    (folder / "chapters.toml").chmod(0o600)


@pytest.fixture
def body(town: Town) -> Town:
    """A statewide body whose first night is over."""
    town.rewrite(*SEND)
    town.settings = town.settings.replace(*SEND)
    town.add_tab("statewide", ["2026-01-01 10:00", "old@example.org", "Rivertown", None, "yes"])
    write_list(town.folder)
    town.night()
    return town


def signs_up(
    town: Town, who: str, place: str = "", zip_code: Cell = None, asks: str = "yes", days: int = 0
) -> None:
    at = serial(town.clock().date()) - days
    with town.edit("Statewide") as rows:
        rows.append([at, f"{who}@example.org", place or None, zip_code, asks])


def told(town: Town) -> dict[str, str]:
    """Who has the email → its text on one line."""
    found = [one for one in town.sandbox.mailchimp.outbox if one.title.split()[1] == NEAR]
    assert max(Counter(one.to for one in found).values(), default=1) == 1, "twice"
    return {one.to.partition("@")[0]: " ".join(one.text.split()) for one in found}


def test_who_signs_up_gets_one_email_with_the_link_of_their_chapter(body: Town) -> None:
    signs_up(body, "ria", "rivertown")
    signs_up(body, "zoe", zip_code=2801)  # a sheet drops the zero
    signs_up(body, "zed", "Rivertown", "02802-1234")
    for _ in range(2):
        body.night()
    said = told(body)
    assert said.keys() == {"ria", "zoe", "zed"}
    assert (
        "The chapter near you is Rivertown Progressives. Register with it here: https"
        in (said["ria"])
    )
    assert "https://river.example.org/join" in said["ria"]
    assert "https://east.example.org/join" in said["zoe"]
    assert "https://west.example.org/join" in said["zed"]
    assert all(text.count("/join") == 2 for text in said.values())  # in English and in Spanish
    assert not any("voting member" in text or "right to vote" in text for text in said.values())


def test_a_town_that_chapters_share_names_all_of_them(body: Town) -> None:
    signs_up(body, "bo", "Bigcity")
    body.night()
    said = told(body)["bo"]
    assert "Several chapters share your town." in said
    assert "Bigcity East: https://east.example.org/join" in said
    assert "Bigcity West: https://west.example.org/join" in said


def test_where_there_is_none_yet_the_email_says_so(body: Town) -> None:
    signs_up(body, "ed", "Elsewhere")
    body.night()
    said = told(body)["ed"]
    assert "There is no chapter near you yet. Would you like to start one?" in said
    assert "/join" not in said


def test_without_consent_nobody_gets_one_and_nobody_is_subscribed(body: Town) -> None:
    """DP-4"""
    signs_up(body, "nan", "Rivertown", asks="no")
    signs_up(body, "nil", "Rivertown", asks="")
    body.night()
    assert not told(body)
    emails = {one.email_address for one in body.audience.members.values()}
    assert not {"nan@example.org", "nil@example.org"} & emails


def test_who_is_on_the_list_and_does_not_consent_gets_none(body: Town) -> None:
    """DP-4"""
    member = next(one for one in body.audience.members.values() if one.status == "subscribed")
    for asks in ("no", "yes"):
        at = serial(body.clock().date())
        with body.edit("Statewide") as rows:
            rows.append([at, member.email_address, "Rivertown", None, asks])
        body.night()
        assert len(told(body)) == (asks == "yes")
        with body.edit("Statewide") as rows:
            rows[-1][0] = at - 1  # the next answer is a day newer


def test_a_sign_up_of_tomorrow_is_none_today(body: Town) -> None:
    signs_up(body, "cat", "Rivertown", days=-1)
    body.night()
    assert not told(body)


def test_a_later_consent_is_answered_then_and_once(body: Town, clock: Clock) -> None:
    signs_up(body, "may", "Rivertown", asks="no")
    body.night()
    clock.go(days=60)
    signs_up(body, "may", "Rivertown")
    body.night()
    clock.go(days=60)
    signs_up(body, "may", "Bigcity")
    body.night()
    assert "Rivertown Progressives" in told(body)["may"]


def test_the_first_night_tells_nobody_unless_asked(town: Town) -> None:
    town.rewrite(*SEND)
    town.add_tab("statewide")
    write_list(town.folder)
    signs_up(town, "ria", "Rivertown")
    town.night()
    assert not told(town)


def test_the_first_night_tells_everyone_where_it_is_asked_to(town: Town) -> None:
    town.rewrite(*SEND)
    town.add_tab("statewide")
    write_list(town.folder)
    signs_up(town, "ria", "Rivertown")
    town.night(tell_everyone=True)
    assert told(town).keys() == {"ria"}


def test_a_town_that_may_be_misspelled_is_asked_about_first(body: Town) -> None:
    signs_up(body, "tia", "Rivertwon")
    signs_up(body, "tom", "Rivertwon", "02999")  # the ZIP code settles that it is another town
    night = body.night()
    asked = [one for one in night.judged.facts.review if "no chapter lists this town" in one.reason]
    assert len(asked) == 1
    assert "the nearest is “Rivertown”" in asked[0].reason
    assert told(body).keys() == {"tom"}
    with body.edit("Statewide") as rows:
        rows[-2][2] = "Rivertown"
    body.night()
    assert "https://river.example.org/join" in told(body)["tia"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["2026-01-05", "x@example.org", None, None, "yes"], "the town and the ZIP code are miss"),
        (["2026-01-05", "x@example.org", None, "2130", "yes"], "the town and the ZIP code are mi"),
        (["2026-01-05", "x@example.org", "Rivertown", "abc", "yes"], "this is not a ZIP code"),
        ([None, "x@example.org", "Rivertown", None, "yes"], "the date is missing"),
        (["2026-01-05", None, "Rivertown", None, "yes"], "the email address is missing"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_cell(body: Town, row: list[Cell], said: str) -> None:
    with body.edit("Statewide") as rows:
        rows.append(row)
    found = [one for one in body.night().judged.facts.review if one.place.source == "Statewide"]
    assert any(said in one.reason for one in found)


def test_two_sign_ups_of_one_moment_for_two_places_are_a_question(body: Town) -> None:
    signs_up(body, "two", "Rivertown")
    signs_up(body, "two", "Bigcity")
    review = body.night().judged.facts.review
    assert any("signed up for two places" in one.reason for one in review)
    assert not told(body)


def test_a_job_that_dies_sends_each_their_own_once(
    body: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, ends = Mailings.settle, 0

    def dies(*args: object, **named: object) -> None:
        nonlocal ends
        ends += 1
        if ends == 2:
            raise RuntimeError("the power went out")
        settle(*args, **named)  # type: ignore[arg-type]

    for who, place in (("ria", "Rivertown"), ("bo", "Bigcity"), ("ed", "Elsewhere")):
        signs_up(body, who, place)
    with monkeypatch.context() as broken:
        broken.setattr(Mailings, "settle", dies)
        with pytest.raises(RuntimeError, match="power"):
            body.night()
    assert len(told(body)) == 2
    body.night()
    said = told(body)
    assert "river.example.org" in said["ria"]
    assert "east.example.org" in said["bo"]
    assert "no chapter near you yet" in said["ed"]


def test_who_moved_after_a_job_died_is_told_of_the_new_place(
    body: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("the power went out")

    signs_up(body, "ria", "Rivertown")
    signs_up(body, "rob", "Rivertown")
    with monkeypatch.context() as broken:
        broken.setattr(Mailings, "set_people", dies)
        with pytest.raises(RuntimeError, match="power"):
            body.night()
    with body.edit("Statewide") as rows:
        rows[-2][2] = "Elsewhere"
    for _ in range(2):
        body.night()
    said = told(body)
    assert "no chapter near you yet" in said["ria"]
    assert "river.example.org" in said["rob"]


def test_a_changed_list_is_gone_by_after_a_quiet_night(body: Town) -> None:
    signs_up(body, "tia", "Rivertwon", asks="no")

    def asked() -> bool:
        night = body.night()
        return any("no chapter lists this town" in one.reason for one in night.judged.facts.review)

    assert [asked() for _ in range(3)] == [True] * 3
    write_list(body.folder, LIST.replace('"Mill Village"', '"Rivertwon"'))
    night = body.night()
    assert not night.is_quiet
    assert not asked()


def test_sign_ups_without_a_list_or_an_email_are_refused(town: Town) -> None:
    town.add_tab("statewide")
    with pytest.raises(FixTheSettings, match="name the email that answers them"):
        town.night()
    town.rewrite(*SEND)
    with pytest.raises(FixTheSettings, match="there is no chapters"):
        town.night()


def test_towns_without_a_chapter_are_counted_by_who_may_be_emailed(
    body: Town, clerk: Clerk
) -> None:
    """DP-4"""
    for who, place, zip_code, asks in (
        ("a", "Farville", None, "yes"),
        ("b", "farville ", None, "yes"),
        ("c", "Farville", None, "no"),
        ("d", "Farville", None, "yes"),
        ("e", "", "02999", "yes"),
        ("f", "Rivertown", None, "yes"),
        ("g", "Rivertwon", None, "yes"),
    ):
        signs_up(body, who, place, zip_code, asks)
    body.night()
    body.member("d@example.org").status = "unsubscribed"
    body.night()
    said = clerk("towns")
    assert "Farville\t2\n02999\t1\n" in said
    assert "Rivert" not in said


def test_where_every_town_has_a_chapter_it_says_so(body: Town, clerk: Clerk) -> None:
    signs_up(body, "f", "Rivertown")
    body.night()
    assert clerk("towns") == (
        "No one who signed up, as last read, and can be emailed lives where there is no chapter. "
        "`clerk sync` reads the sign-ups.\n"
    )


def test_a_chapter_that_is_no_statewide_body_is_told_so(town: Town, clerk: Clerk) -> None:
    with pytest.raises(FixTheSettings, match="no tab or form has statewide sign-ups") as fault:
        clerk("towns")
    assert "docs/state.md" in fault.value.next_step


def test_officers_see_the_towns_on_their_page(body: Town) -> None:
    signs_up(body, "a", "Farville")
    signs_up(body, "e", zip_code="02999")
    body.night()
    with opened(body) as desk:
        said = desk.sign_in().text("/towns")
        assert "2 towns have no chapter yet" in said
        assert "02999 1 Farville 1" in said
        assert "Rivertown Progressives Rivertown, Mill Village, 02901" in said
        assert "Towns" in desk.text("/")
        assert "@" not in said


def test_the_page_of_an_ordinary_chapter_has_no_towns(town: Town) -> None:
    town.night()
    with opened(town) as desk:
        assert "Towns" not in desk.sign_in().text("/")
        assert desk.get("/towns").status_code == 409


def test_what_is_held_on_a_person_has_their_sign_up_and_goes_with_them(
    body: Town, clerk: Clerk
) -> None:
    """DP-6"""
    signs_up(body, "ria", "Rivertown")
    body.night()
    assert "Rivertown" in clerk("person", "show", "ria@example.org")
    clerk("person", "forget", "ria@example.org", "--yes", "--by", "Thea")
    night = body.night()
    said = [one.reason for one in night.judged.facts.review]
    assert "this row names a person who was erased" in said


def test_doctor_looks_at_the_list_and_at_the_email(body: Town) -> None:
    def found(what: str) -> Check:
        (one,) = [each for each in local(body.folder) if each.what == what]
        return one

    assert found("chapters of the state").found == "3 in the list"
    assert "About the chapter near you" in found("email chapter-near-you").found
    write_list(body.folder, LIST.replace("https://river", "http://river"))
    said = found("chapters of the state")
    assert not said.fine
    assert "chapters.toml: [chapters 1] register: write a whole address" in said.found


def test_a_preview_shows_the_first_chapter(body: Town, clerk: Clerk) -> None:
    assert "Rivertown Progressives" in clerk("emails", "preview", "chapter-near-you")
