"""What a ballot says of each person, and what the bylaws ask of a nominee, by clicking."""

import re
import tomllib
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from flows.votes.drafts.people import OF_A_NOMINEE
from tests.flows.web.desk import LOOKS, DeskClient, Fields, hidden, words

FORM = "slate-form"
SLATE = "/votes/slate"
NAMES = ("Ann Abel", "Bo Burns", "Cal Cruz", "Di Dale", "Eve Ek")
NEW = {
    "name": "slate",
    "title": "Annual vote",
    "title_es": "Votación anual",
    "opens": "2027-01-11T09:00",
    "closes": "2027-01-25T21:00",
    "form": FORM,
}
TOLD = {
    "events_by_year": "2025: 4\r\n2026: 1",
    "active_in": "Housing\r\nElections",
    "dues_paid": "yes",
    "registered_voter": "yes",
    "bio": "A nurse.",
    "bio_es": "Enfermera.",
    "summary": "Two forums.",
    "summary_es": "Dos foros.",
    "activities": "A hotline.",
    "activities_es": "Una línea de ayuda.",
    "website": "https://example.org/five",
}


def person(place: int) -> str:
    return f"{SLATE}/contests/1/people/{place}"


def file(desk: DeskClient) -> Path:
    return desk.town.folder / "elections" / "slate" / "contests" / "01-steering-committee.toml"


def held(desk: DeskClient) -> dict[str, Any]:
    return tomllib.loads(file(desk).read_text())


@pytest.fixture
def slate(desk: DeskClient) -> DeskClient:
    """A draft with a slate of five, of whom nothing is said."""
    desk.town.sandbox.google.add_form(FORM, "Untitled form")
    desk.sign_in()
    assert desk.press("/votes/new", "/votes/new", NEW).ok
    path = f"{SLATE}/add/slate"
    typed: Fields = {
        "title": "Steering Committee",
        "title_es": "Comité Directivo",
        "nominees": "\r\n".join(NAMES),
        "recommendation": "Yes",
    }
    assert desk.press(path, path, typed).ok
    return desk


def checked(desk: DeskClient, action: str = "check", page: str = SLATE) -> str:
    return unescape(desk.ended(desk.press(page, f"{SLATE}/{action}")).text)


def test_a_slate_is_made_ready_by_clicking_alone(slate: DeskClient) -> None:
    """SC-1, SC-2, EN-R14: each fault of the check leads to the field that cures it."""
    answer = slate.ended(slate.press(SLATE, f"{SLATE}/check"))
    page = unescape(answer.text)
    assert "36 things are missing" in page
    links = re.findall(r'<a href="(/votes/slate/contests/[^"]+)#(f-[^"]+)">', page)
    assert len(links) == 35
    for path, field in links:
        assert f'id="{field}"' in slate.get(path).text
    assert f'<a href="{person(2)}#f-dues_paid">Fill this in for Bo Burns</a>' in page
    for place, name in enumerate(NAMES, start=1):
        assert f'<a href="{person(place)}">{name}</a>' in slate.get(SLATE).text
        saved = slate.press(person(place), person(place), TOLD | {"next": "yes"})
        assert "Saved." in words(saved)
        after = person(place + 1) if place < len(NAMES) else SLATE
        assert saved.url == f"{slate.home}{after}"
    found = slate.ended(slate.press(SLATE, f"{SLATE}/check"))
    assert "1 thing is missing" in words(found)
    assert "The form “Untitled form” is empty." in words(found)
    built = checked(slate, "form", found.url.removeprefix(slate.home))
    assert "Ready to be approved" in built
    assert "Go to the approval" in built


def test_what_is_said_of_a_person_stands_in_the_file_as_by_hand(slate: DeskClient) -> None:
    """SC-2: the comments of others stay, and so does what the page does not ask."""
    first = file(slate).read_text()
    waiver = (
        'waivers = [{ criterion = "dues", reason = "diversity", by = "All", on = 2026-01-05 }]\n'
    )
    file(slate).write_text(
        "# ours\n"
        + first.replace('name = "Bo Burns"\n', f'name = "Bo Burns" # he drives\n{waiver}')
    )
    shown = "dues: 2026-01-05, All, diversity"
    assert f"{shown}</textarea>" in slate.get(person(2)).text
    told_too = {"dues_paid": "", "waivers": f"{shown}\r\nbio: 2026-01-06, All, shy"}
    assert "Saved." in words(slate.press(person(2), person(2), TOLD | told_too))
    said = held(slate)
    (nominee,) = [one for one in said["nominees"] if one["name"] == "Bo Burns"]
    assert nominee["events_by_year"] == {"2025": 4, "2026": 1}
    assert nominee["active_in"] == ["Housing", "Elections"]
    assert nominee["registered_voter"] is True
    assert "dues_paid" not in nominee
    assert nominee["waivers"] == [
        {"criterion": "dues", "on": date(2026, 1, 5), "by": "All", "reason": "diversity"},
        {"criterion": "bio", "on": date(2026, 1, 6), "by": "All", "reason": "shy"},
    ]
    told = {key: TOLD[key] for key in TOLD if key not in OF_A_NOMINEE}
    assert said["about"] == [{"name": "Bo Burns", **told}]
    assert "# ours\n" in file(slate).read_text()
    assert "# he drives\n" in file(slate).read_text()
    assert "2025: 4\n2026: 1</textarea>" in slate.get(person(2)).text
    slate.press(person(1), person(1), {"bio": "A teacher."})
    assert [one["name"] for one in held(slate)["about"]] == ["Ann Abel", "Bo Burns"]
    slate.press(person(2), person(2), dict.fromkeys(TOLD, ""))
    assert held(slate)["about"] == [{"name": "Ann Abel", "bio": "A teacher."}]


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("events_by_year", "four", "write a year and how many, such as 2025: 4"),
        ("active_in", "none", "name the committee, or leave the list empty (SC-2)"),
        ("waivers", "dues: 2026-01-05", "write what is waived, the day, who decided, and why"),
        ("waivers", "dues: today, All, why", "the day is written like 2027-01-05"),
        ("waivers", "age: 2026-01-05, All, why", "what can be waived is: events, active in a"),
        ("waivers", "bio: 2026-01-05, A, b\nbio: 2026-01-06, A, c", "bio is waived twice"),
        ("website", "example.org", "an address on the web begins with http:// or https://"),
        ("bio", "x" * 1001, "can have at most 1000 characters"),
        ("summary", "ask ann@example.org", "this contains an email address"),
    ],
)
def test_what_has_no_sense_is_said_beside_it(
    slate: DeskClient, key: str, typed: str, said: str
) -> None:
    before = file(slate).read_text()
    answer = slate.press(person(1), person(1), TOLD | {key: typed})
    assert answer.status_code == 422
    assert said in unescape(answer.text.partition(f'id="e-{key}"')[2].partition("</p>")[0])
    assert "ann@example.org" not in answer.text
    assert file(slate).read_text() == before


def test_a_name_spelled_anew_keeps_what_is_said_and_who_is_gone_leaves_nothing(
    slate: DeskClient,
) -> None:
    for place in (1, 2):
        slate.press(person(place), person(place), TOLD)
    path = f"{SLATE}/contests/1"
    names = "\r\n".join(("Ann Abell", *NAMES[2:], "Flo Ford"))
    assert "Saved." in words(
        slate.press(path, path, {"title": "Steering Committee", "nominees": names})
    )
    said = held(slate)
    assert [one["name"] for one in said["about"]] == ["Ann Abell"]
    assert said["nominees"][0]["dues_paid"] is True
    assert said["nominees"][-1] == {"name": "Flo Ford"}
    assert "Bo Burns" not in file(slate).read_text()


def test_a_slate_is_told_its_size_and_not_asked_whom_it_is_about(slate: DeskClient) -> None:
    """SC-1"""
    page = slate.get(f"{SLATE}/add/slate").text
    assert "5 to 15 names by the bylaws" in page
    assert 'name="subject"' not in page
    assert (held(slate)["subject"], held(slate)["subject_es"]) == (
        "Steering Committee",
        "Comité Directivo",
    )
    path = f"{SLATE}/contests/1"
    slate.press(path, path, {"title": "The committee", "nominees": "\r\n".join(NAMES)})
    assert held(slate)["subject"] == "The committee"


def test_offices_are_chosen_from_the_bylaws_and_the_nearest_is_named(slate: DeskClient) -> None:
    """EN-2"""
    path = f"{SLATE}/add/single-choice"
    assert '<option value="State Senator">' in slate.get(path).text
    refused = slate.press(
        path, path, {"title": "A", "candidates": "Ada", "office": "State Senater"}
    )
    assert refused.status_code == 422
    assert "did you mean State Senator" in words(refused)
    assert slate.press(path, path, {"title": "A", "candidates": "Ada", "office": "State House"}).ok
    assert '<option value="State House" selected>' in slate.get(f"{SLATE}/contests/2").text


def test_a_candidate_is_described_too(slate: DeskClient) -> None:
    """EN-R14: nobody asks a candidate what a nominee must have."""
    path = f"{SLATE}/add/single-choice"
    slate.press(path, path, {"title": "Mayor", "candidates": "Ada Park\r\nBea Stone"})
    ada = f"{SLATE}/contests/2/people/1"
    assert 'name="dues_paid"' not in slate.get(ada).text
    slate.press(ada, ada, {"bio": "A nurse.", "questionnaire": "https://example.org/ada"})
    table = tomllib.loads(file(slate).with_name("02-mayor.toml").read_text())
    assert table["about"] == [
        {"name": "Ada Park", "bio": "A nurse.", "questionnaire": "https://example.org/ada"}
    ]
    assert table.keys().isdisjoint(("nominees", "invited"))


def test_an_invitation_is_said_and_taken_back(slate: DeskClient) -> None:
    """EN-11, EN-R9: what an invitation needs is checked before the vote opens."""
    path = f"{SLATE}/add/single-choice"
    slate.press(path, path, {"title": "Mayor", "candidates": "Ada Park\r\nBea Stone"})
    ada, mayor = f"{SLATE}/contests/2/people/1", file(slate).with_name("02-mayor.toml")
    invited = {"invited": "yes", "ocpf_account_active": "yes"}
    assert slate.press(ada, ada, invited | {"campaign_website": "https://ada.example.org"}).ok
    assert tomllib.loads(mayor.read_text())["invited"] == [
        {"name": "Ada Park", "ocpf_account_active": True,
         "campaign_website": "https://ada.example.org"},
    ]  # fmt: skip
    assert 'name="invited" value="yes" checked' in slate.get(ada).text
    assert slate.press(ada, ada, {"campaign_website": "https://ada.example.org"}).ok
    assert "invited" not in tomllib.loads(mayor.read_text())


def test_a_file_edited_meanwhile_and_a_place_that_is_gone(slate: DeskClient) -> None:
    fields = hidden(slate.get(person(1)), person(1))
    edited = f"# by hand\n{file(slate).read_text()}"
    file(slate).write_text(edited)
    assert slate.post(person(1), fields | TOLD).status_code == 409
    assert file(slate).read_text() == edited
    for place in (0, 6, 99999):
        assert "names nobody at this place" in words(slate.get(person(place))).casefold()


def test_an_address_in_the_file_is_shown_on_no_page(slate: DeskClient) -> None:
    """DP-3: the file is anybody's to edit."""
    text = (
        file(slate)
        .read_text()
        .replace("Ann Abel", "ann@example.org")
        .replace("Bo B", "b@example.org ")
    )
    file(slate).write_text(text.replace("Steering Committee", "by di@example.org"))
    for path in (SLATE, f"{SLATE}/contests/1", person(1), person(2), person(3)):
        page = slate.get(path)
        assert page.status_code == 200, (path, words(page)[-300:])
        assert "@" not in words(page)


def test_a_name_is_text_and_who_looks_only_sees_no_form(slate: DeskClient) -> None:
    bad = "<script>alert(1)</script>"
    path = f"{SLATE}/contests/1"
    slate.press(path, path, {"nominees": f"{bad}\r\nBo Burns"})
    slate.press(person(2), person(2), {"bio": bad})
    for page in (SLATE, path, person(1), person(2)):
        assert "<script>alert" not in slate.get(page).text
    slate.sign_in(LOOKS)
    assert "/people/" not in slate.get(SLATE).text
