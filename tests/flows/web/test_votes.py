"""Prepare a vote by clicking: its draft, its contests, and files that others edit meanwhile."""

import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
import requests

from connectors import elections
from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.elections.polls import RACES
from tests.flows.town import Town
from tests.flows.web.desk import LOOKS, DeskClient, Fields, hidden, opened, words

AUTUMN = "/votes/autumn"
NEW = {
    "name": "autumn",
    "title": "Autumn",
    "opens": "2026-09-01T09:00",
    "closes": "2026-09-12T21:00",
    "form": "https://docs.google.com/forms/d/autumn-form/edit",
}
MAYOR = {
    "title": "Mayor",
    "candidates": "Ada Park\r\nBea Stone\r\nCy Rivers\r\n",
    "office": "Mayor",
    "recommendation": "Ada Park",
}


def made(desk: DeskClient, **fields: str) -> requests.Response:
    return desk.press("/votes/new", "/votes/new", NEW | fields)


def added(desk: DeskClient, kind: str, fields: Fields) -> requests.Response:
    path = f"{AUTUMN}/add/{kind}"
    return desk.press(path, path, fields)


def folder(desk: DeskClient) -> Path:
    return desk.town.folder / "elections" / "autumn"


def contest(desk: DeskClient, name: str) -> dict[str, Any]:
    return tomllib.loads((folder(desk) / "contests" / f"{name}.toml").read_text())


@pytest.fixture(scope="module")
def one_desk(
    services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskClient]:
    """One page for this file: a draft asks no service."""
    town = Town.found(*services, tmp_path_factory.mktemp("votes") / "chapter", 8)
    with opened(town) as client:
        yield client.sign_in()


@pytest.fixture
def desk(one_desk: DeskClient) -> Iterator[DeskClient]:
    """The page, an officer signed in, without votes."""
    one_desk.town.clock.go(minutes=1)  # type: ignore[attr-defined]  # so many forms a minute
    rmtree(one_desk.town.folder / "elections", ignore_errors=True)
    signed_in = one_desk.browser.cookies.copy()
    yield one_desk
    one_desk.browser.cookies = signed_in


@pytest.fixture
def autumn(desk: DeskClient) -> DeskClient:
    """A draft with one contest."""
    assert made(desk).ok
    assert added(desk, "ranked", MAYOR).ok
    return desk


def test_without_votes_the_page_says_how_one_begins(desk: DeskClient) -> None:
    said = desk.text("/votes")
    assert "No votes yet" in said
    assert "Prepare a new vote" in said
    assert "Todavía no hay votaciones" in words(
        desk.press("/votes", "/language", {"language": "es", "back": "/votes"})
    )


def test_a_new_vote_is_the_folder_that_the_command_writes(desk: DeskClient) -> None:
    said = words(made(desk, title_es="Otoño"))
    assert "The draft is made. Add its contests next." in said
    assert "There are no contests yet." in said
    table = tomllib.loads((folder(desk) / "election.toml").read_text())
    assert table.pop("opens").isoformat() == "2026-09-01T09:00:00"
    assert table.pop("closes").isoformat() == "2026-09-12T21:00:00"
    assert table == {"title": "Autumn", "title_es": "Otoño", "ballots": {"form": "autumn-form"}}
    assert "Autumn Draft Something is missing or wrong in its files." in desk.text("/votes")


def test_an_address_in_one_draft_hides_no_other_vote(desk: DeskClient) -> None:
    """DP-3: the files are anybody's to edit; what is shown of them has dots instead."""
    made(desk)
    file = folder(desk) / "election.toml"
    file.write_text(file.read_text().replace('"Autumn"', '"Ask ann@example.org"'))
    assert "Ask •••" in desk.text("/votes")
    assert "Ask •••" in desk.text(AUTUMN)
    settings = desk.get(f"{AUTUMN}/settings")
    assert settings.status_code == 200
    assert "ann@" not in settings.text


def test_an_address_in_a_path_is_no_trouble_of_the_page(desk: DeskClient) -> None:
    answer = desk.get("/votes/x@example.org")
    assert answer.status_code == 409
    assert "There is no election" in words(answer)
    assert "x@example" not in answer.text


def test_the_folder_is_named_after_the_title(desk: DeskClient) -> None:
    answer = made(desk, name="", title="Otoño: endorsements")
    assert answer.url == f"{desk.home}/votes/otono-endorsements"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "An answer is needed here."),
        ({"title": "a|b"}, "a title can have at most 120 characters and no |"),
        ({"title": "by ann@example.org"}, "this contains an email address"),
        ({"opens": "soon"}, "this is not a date and time; write it like 2026-10-01 09:00"),
        ({"opens": "2026-11-01T01:30"}, "the clocks change then: 01:30 comes twice"),
        ({"closes": "2026-08-01T09:00"}, "it closes before it opens, 2026-09-01 09:00"),
        ({"closes": "2026-09-04T09:00"}, "Open for 3 days, less than 5 days, without a reason"),
        ({"form": "https://forms.gle/abc"}, "this is the link for filling in the form"),
        ({"name": "Autumn!"}, "this is not a valid name for an election's folder"),
        ({"name": "new"}, "no election can be called “new”"),
    ],
)
def test_what_has_no_sense_is_said_beside_it(
    desk: DeskClient, typed: dict[str, str], said: str
) -> None:
    """EN-R6, DP-3: and what was typed stays, but for an address, which no page shows."""
    answer = made(desk, **typed)
    ((key, value),) = typed.items()
    beside = "short_because" if "reason" in said else key
    assert answer.status_code == 422
    assert said in unescape(answer.text.partition(f'id="e-{beside}"')[2].partition("</p>")[0])
    assert f'value="{value.replace("ann@example.org", "•••")}"' in answer.text
    assert 'value="https://docs' in answer.text or key == "form"
    assert not folder(desk).exists()


def test_a_name_that_is_taken_is_refused(autumn: DeskClient) -> None:
    answer = made(autumn, title="Another")
    assert "there is an election of this name already" in words(answer)
    assert "Autumn" in autumn.text(AUTUMN)


def test_a_contest_is_the_file_that_the_command_writes(autumn: DeskClient) -> None:
    assert contest(autumn, "01-mayor") == {
        "kind": "ranked",
        "id": "mayor",
        "title": "Mayor",
        "office": "Mayor",
        "candidates": ["Ada Park", "Bea Stone", "Cy Rivers"],
        "recommendation": "Ada Park",
    }
    assert "Mayor Change Ranked choice" in autumn.text(AUTUMN)
    assert "It is to open on September 1, 2026, 9:00 AM." in autumn.text("/votes").replace(
        "\u00a0", " "
    )


KINDS: list[tuple[str, dict[str, str | list[str]], dict[str, Any]]] = [
    ("single-choice", {"title": "A", "candidates": "Ann Abel\nBo Burns"},
     {"kind": "single-choice", "candidates": ["Ann Abel", "Bo Burns"]}),
    ("ratify-or-prefer", {"title": "A", "candidates": "Ann Abel\nBo Burns",
                          "recommendation": "Bo Burns"},
     {"kind": "ratify-or-prefer", "recommendation": "Bo Burns"}),
    ("question", {"title": "Question 1", "scope": "state", "explanation": "An audit.",
                  "recommendation": "Yes", "explanation_es": "Una auditoría."},
     {"kind": "question", "scope": "state", "explanation_es": "Una auditoría."}),
    ("question", {"title": "Question 6", "districts": "10th Suffolk\r\n14th Suffolk"},
     {"kind": "question", "districts": ["10th Suffolk", "14th Suffolk"]}),
    ("abbreviated", {"title": "A", "subject": "Hal", "previously_endorsed": "yes",
                     "uncontested": "yes", "done": ["research", "record review"]},
     {"purpose": "abbreviated", "previously_endorsed": True, "uncontested": True,
      "done": ["research", "record review"]}),
    ("re-endorsement", {"title": "A", "subject": "Hal", "statement": "He comes."},
     {"purpose": "re-endorsement", "statement": "He comes.", "previously_endorsed": None}),
    ("anti-endorsement", {"title": "A", "subject": "Vic", "explanation": "He locked up."},
     {"purpose": "anti-endorsement", "explanation": "He locked up."}),
    ("slate", {"title": "A", "nominees": "Ann Abel\r\nBo Burns"},
     {"purpose": "slate", "nominees": [{"name": "Ann Abel"}, {"name": "Bo Burns"}]}),
    ("priorities", {"title": "A", "priorities": "Rents; all\nTrees",
                    "priorities_es": "Rentas\nÁrboles"},
     {"purpose": "priorities", "priorities": ["Rents; all", "Trees"],
      "priorities_es": ["Rentas", "Árboles"]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "typed", "written"), KINDS, ids=[f"{n} {k[0]}" for n, k in enumerate(KINDS)]
)
def test_each_kind_of_contest_can_be_added(
    autumn: DeskClient, kind: str, typed: dict[str, str | list[str]], written: dict[str, Any]
) -> None:
    """EN-3 to EN-8, EN-12, SC-1, SC-7"""
    answer = added(autumn, kind, typed)
    assert answer.status_code == 200, words(answer)
    (file,) = (folder(autumn) / "contests").glob("02-*.toml")
    table = tomllib.loads(file.read_text())
    assert {key: table.get(key) for key in written} == written
    page = autumn.get(f"{AUTUMN}/contests/2").text
    assert f"/votes/autumn/add/{kind}" in autumn.get(f"{AUTUMN}/add").text
    saved = autumn.press(f"{AUTUMN}/contests/2", f"{AUTUMN}/contests/2", typed)
    assert "Saved." in words(saved)
    assert tomllib.loads(file.read_text()) == table
    assert all(f'name="{key}"' in page for key in typed)


@pytest.mark.parametrize(
    ("kind", "typed", "key", "said"),
    [
        ("ranked", {"candidates": "Ada\nBea"}, "candidates", "needs 3 or more candidates (EN-3)"),
        ("ranked", {"title": ""}, "title", "An answer is needed here."),
        ("ranked", {"title": "Mayor"}, "title", "there is already a contest with this title"),
        ("ranked", {"recommendation": "Zoe"}, "recommendation",
         "the recommendation is not a choice of this contest"),
        ("single-choice", {}, "candidates", "a single choice can have at most 2 candidates (EN-4)"),
        ("ratify-or-prefer", {"recommendation": ""}, "recommendation",
         "there is no recommendation to ratify (EN-6)"),
    ],
)  # fmt: skip
def test_what_a_contest_cannot_be_is_said_beside_it(
    autumn: DeskClient, kind: str, typed: dict[str, str], key: str, said: str
) -> None:
    answer = added(autumn, kind, MAYOR | {"title": "Sheriff", "office": "Sheriff"} | typed)
    assert answer.status_code == 422
    assert answer.text.count('class="error"') == 1
    assert said in answer.text.partition(f'id="e-{key}"')[2].partition("</p>")[0]
    assert 'value="Sheriff"' in answer.text
    assert len(list((folder(autumn) / "contests").iterdir())) == 1


def test_a_change_keeps_what_the_form_does_not_ask(autumn: DeskClient) -> None:
    file = folder(autumn) / "contests" / "01-mayor.toml"
    file.write_text(f'# ours\n{file.read_text()}\n[[about]]\nname = "Ada Park"\nbio = "A nurse."\n')
    typed = {**MAYOR, "title": "The mayor", "statement": "She comes.", "recommendation": ""}
    path = f"{AUTUMN}/contests/1"
    assert "Saved." in words(autumn.press(path, path, typed))
    assert file.read_text().startswith("# ours\n")
    table = contest(autumn, "01-mayor")
    assert table["about"] == [{"name": "Ada Park", "bio": "A nurse."}]
    assert (table["id"], table["title"], table["statement"]) == ("mayor", "The mayor", "She comes.")
    assert "recommendation" not in table
    gone = autumn.press(path, path, typed | {"candidates": "Al\nBea Stone\nCy Rivers"})
    assert "`about` describes someone who is not a candidate" in words(gone)


def test_a_file_edited_by_hand_meanwhile_is_not_overwritten(autumn: DeskClient) -> None:
    for path, file in (
        (f"{AUTUMN}/contests/1", folder(autumn) / "contests" / "01-mayor.toml"),
        (f"{AUTUMN}/settings", folder(autumn) / "election.toml"),
    ):
        fields = hidden(autumn.get(path), path)
        edited = f"# by hand\n{file.read_text()}"
        file.write_text(edited)
        answer = autumn.post(path, fields | NEW | MAYOR)
        assert answer.status_code == 409
        assert "This file was changed since you opened it, and is left as it is" in words(answer)
        assert file.read_text() == edited


def test_a_contest_is_taken_off_once_that_is_meant(autumn: DeskClient) -> None:
    path = f"{AUTUMN}/contests/1"
    refused = autumn.press(path, f"{path}/remove")
    assert "Nothing was done, because the box was not ticked" in words(refused)
    assert contest(autumn, "01-mayor")
    assert "There are no contests yet." in words(
        autumn.press(path, f"{path}/remove", {"sure": "yes"})
    )
    assert not list((folder(autumn) / "contests").iterdir())


def test_dates_and_title_change(autumn: DeskClient) -> None:
    path = f"{AUTUMN}/settings"
    page = autumn.get(path)
    assert 'value="2026-09-12T21:00"' in page.text
    typed = {**NEW, "title": "Fall", "closes": "2026-09-09T21:00", "form": "other"}
    said = words(autumn.press(path, path, typed))
    assert "Open for 8 days and 12 hours, less than the ideal 10 days (EN-R6)." in said
    table = tomllib.loads((folder(autumn) / "election.toml").read_text())
    assert (table["title"], table["ballots"]) == ("Fall", {"form": "other"})


def test_what_a_sheet_of_paper_would_break_is_text(autumn: DeskClient) -> None:
    bad = '<script>alert(1)</script> "><img src=x onerror=alert(1)>'
    added(autumn, "question", {"title": bad, "explanation": bad})
    for path in (AUTUMN, "/votes", f"{AUTUMN}/contests/2"):
        page = autumn.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_file_that_is_broken_or_of_another_kind_is_named(autumn: DeskClient) -> None:
    contests = folder(autumn) / "contests"
    (contests / "02-broken.toml").write_text("title = \n")
    (contests / "03-advice.toml").write_text(
        'kind = "advisory"\nid = "advice"\ntitle = "Advice"\nproposals = ["A", "B"]\n'
    )
    said = autumn.text(AUTUMN)
    assert "This file cannot be read: 02-broken.toml" in said
    assert "Edited in its file: 03-advice.toml" in said
    assert "this page does not ask about" in words(autumn.get(f"{AUTUMN}/contests/3"))
    assert autumn.get(f"{AUTUMN}/contests/9").status_code == 409


def test_who_may_only_look_has_no_buttons(autumn: DeskClient) -> None:
    autumn.sign_in(LOOKS)
    assert "Prepare a new vote" not in autumn.text("/votes")
    page = autumn.get(AUTUMN)
    for gone in ("/add", "/settings", "/contests/1", "/check", "/test", "/approve"):
        assert f"{AUTUMN}{gone}" not in page.text
    assert "See the ballot" in words(page) or "Something" in words(page)


@pytest.mark.parametrize("name", ["..", "nothing", "%2e%2e", "A b"])
def test_a_vote_that_is_not_there_is_said_so(desk: DeskClient, name: str) -> None:
    answer = desk.get(f"/votes/{name}")
    assert answer.status_code in (404, 409) or answer.url == f"{desk.home}/"


def test_a_folder_of_the_command_is_a_draft_here(desk: DeskClient) -> None:
    table = {"title": "Spring", "ballots": {"form": "f"}}
    elections.write_new(desk.town.folder, "spring", table, RACES)
    said = desk.text("/votes/spring")
    assert "This draft is not complete" in said
    assert "Mayor Change Ranked choice" in said


def test_a_draft_without_a_form_shows_its_dates_and_its_ballot_and_whom_to_share_with(
    desk: DeskClient,
) -> None:
    assert made(desk, form="").ok
    assert added(desk, "ranked", MAYOR).ok
    said = desk.text(AUTUMN)
    assert "September 1, 2026, 9:00 AM" in said
    assert "No ballot form yet" in said
    with desk.town.context() as context:
        own = context.google.address
    assert f"the program’s Google account ( {own} )" in said
    assert "Bea Stone" in desk.text(f"{AUTUMN}/ballot")
    assert "It is to open on September 1, 2026" in desk.text("/votes")
    assert f"( {own} )" in desk.text(f"{AUTUMN}/settings")


def test_what_an_approval_needs_is_not_called_optional(autumn: DeskClient) -> None:
    said = autumn.text(f"{AUTUMN}/contests/1")
    for label in ("Office", "The committee’s recommendation"):
        assert f"{label} needed before approval" in said
    assert "Statement for the announcement optional" in said
    assert "Google form for the ballots needed before approval" in autumn.text(f"{AUTUMN}/settings")


def test_a_draft_that_was_never_approved_can_be_deleted(autumn: DeskClient) -> None:
    assert "Delete this draft" in autumn.text(AUTUMN)
    unsure = autumn.press(AUTUMN, f"{AUTUMN}/delete")
    assert "nothing was done, because the box was not ticked" in words(unsure).casefold()
    stale = hidden(autumn.get(AUTUMN), f"{AUTUMN}/delete")
    file = folder(autumn) / "contests" / "01-mayor.toml"
    file.write_text(file.read_text().replace("Cy Rivers", "Cy Rios"))
    changed = autumn.post(f"{AUTUMN}/delete", {**stale, "sure": "yes"})
    assert "This draft was changed since you opened it" in words(changed)
    gone = autumn.press(AUTUMN, f"{AUTUMN}/delete", {"sure": "yes"})
    assert "The draft is deleted." in words(gone)
    assert "No votes yet" in words(gone)
    assert not folder(autumn).exists()
