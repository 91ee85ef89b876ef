"""A rehearsal has the chapter's own settings, and nothing by which it could reach a service."""

from datetime import datetime
from pathlib import Path

import pytest

from connectors import elections
from connectors.files.private_files import write_private
from connectors.sandbox import invented_election
from connectors.settings import EDITIONS, load_chapter, load_chapters
from flows.rehearsal import folder as folders
from flows.rehearsal import run
from flows.rehearsal.people import Shape
from flows.rehearsal.sheets import headers
from models.errors import FixTheSettings, Refused
from models.membership.voting_status import Status
from tests.flows.rehearsal.stage import BEGUN, SMALL, begun, next_, real, roll, sat_down
from tests.flows.town import Town

OWN = """
[columns.sign_ins]
event = "Which event did you come to?"
address = "Your e-mail"

[columns.registrations]
first_name = "Given name"
last_name = "Family name"

[emails]
folder = "our-emails"

[sharing]
editors = 4
"""
EDITION = """
chapter = "Rivertown"

[[editions]]
name = "First"
effective_from = 2016-01-01
[editions.membership.kinds]
value = ["assembly", "work day"]
rule = "A"
cite = "assemblies and work days"
[editions.membership.volunteer_kinds]
value = ["work day"]
rule = "A"
cite = "work days"
[[editions.membership.paths]]
name = "two assemblies, and registered"
[[editions.membership.paths.conditions]]
condition = "events"
at_least = 2
window = "6 months"
kinds = ["assembly"]
rule = "B"
cite = "two assemblies within half a year"
[[editions.membership.paths.conditions]]
condition = "registered"
days = 30
rule = "C"
cite = "and has been registered for thirty days"
"""


def test_everybody_has_the_status_that_they_play(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        next_(world, "night")
        assert roll(world) == {Status.VOTING: 7, Status.ONE_AWAY: 3, Status.NOT_YET: 2}
        plays = [one.plays for one in world.people()]
        assert plays.count("can vote") == 6
        assert plays.count("needs one more event") == 3
        assert world.name == "Rehearsal: Rivertown Progressives"


def test_the_chapters_own_headers_emails_and_bylaws_are_tried(tmp_path: Path) -> None:
    built_in = Path("models/bylaws/editions/jp-progressives.toml").read_text()
    counting = built_in[built_in.index("# ── how votes are counted") :].partition("[[editions]]")[0]
    chapter = real(tmp_path, OWN, bylaws='"jp-progressives" → "rules.toml"')
    (tmp_path / "rules.toml").write_text(EDITION + counting)
    texts = tmp_path / "our-emails" / "voting-member"
    texts.mkdir(parents=True)
    (texts / "subject.txt").write_text("Welcome, voter of {{ chapter }}")
    with begun(chapter) as world:
        rows = world.sandbox.google.workbooks["rehearsal-workbook-1"].tab("Sign-ins").rows
        assert rows[0][1:3] == ["Which event did you come to?", "Your e-mail"]
        registered = world.sandbox.google.workbooks["rehearsal-workbook-1"].tab("Registrations")
        assert {"Given name", "Family name"} <= set(registered.rows[0])
        next_(world, "night")
        assert roll(world)[Status.VOTING] == 7
        assert roll(world)[Status.ONE_AWAY] == 3
        with sat_down(world) as context:
            assert context.words("voting-member").subject.startswith("[Rehearsal] Welcome, voter")


def test_no_key_id_or_address_of_the_chapter_is_taken_over(tmp_path: Path) -> None:
    chapter = real(tmp_path, '\n[alerts]\nfile = "secrets/alerts"\n')
    (tmp_path / "secrets" / "alerts").write_text("json://127.0.0.1:1/real\n")
    google, mailchimp = tmp_path / "secrets" / "google.json", tmp_path / "secrets" / "mailchimp.key"
    google.write_text(google.read_text().replace("sandbox-key", "the-real-key-of-google"))
    mailchimp.write_text("fedcba9876543210fedcba9876543210-us21")
    held = ["the-real-key-of-google", "fedcba9876543210"]
    held += ["rivertown01", "rivertown-attendance", "rivertown-sign-in", "hello@rivertown"]
    with begun(chapter) as world:
        next_(world, "night")
        for file in (path for path in world.folder.rglob("*") if path.is_file()):
            content = file.read_bytes()
            assert not [one for one in held if one.encode() in content], file.name
        assert load_chapter(world.folder).alerts.file is None
        with sat_down(world) as context:
            assert {way.host for way in context.exits()} == {"127.0.0.1"}


def test_a_draft_to_come_is_tried_with_a_form_of_its_own(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    table = {
        "title": "Spring endorsements",
        "opens": datetime.fromisoformat("2026-04-02T09:00:00"),
        "closes": datetime.fromisoformat("2026-04-12T21:00:00"),
        "ballots": {"form": "1RealBallotForm"},
    }
    race = {"id": "q", "title": "Question 1", "kind": "question", "scope": "state",
            "districts": ["10th Suffolk"], "explanation": "On parks."}  # fmt: skip
    elections.write_new(tmp_path, "spring", table, [race])
    with begun(chapter) as world, sat_down(world) as context:
        taken = context.election("spring")
        assert taken.ballots.form == "rehearsal-ballot-spring"
        assert taken.opens == elections.read(tmp_path, "spring", chapter.tz).opens
        form = world.sandbox.google.forms["rehearsal-ballot-spring"]
        assert [item["title"] for item in form.items][-1] == "Question 1"
        columns = list(headers(context.chapter, "registrations"))
        tab = world.sandbox.google.workbooks["rehearsal-workbook-1"].tab("Registrations")
        assert {row[columns.index("district")] for row in tab.rows[1:]} == {"10th Suffolk"}


def test_a_vote_that_began_opens_again_tomorrow(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    table = {
        "title": "Winter",
        "opens": datetime.fromisoformat("2026-01-02T09:00:00"),
        "closes": datetime.fromisoformat("2026-01-12T21:00:00"),
        "ballots": {"form": "1RealBallotForm"},
    }
    race = {"id": "q", "title": "Question 1", "kind": "question", "scope": "state"}
    elections.write_new(tmp_path, "winter", table, [race])
    with begun(chapter) as world, sat_down(world) as context:
        moved = context.election("winter")
        assert f"{moved.opens:%m-%d %H:%M} {moved.closes:%m-%d %H:%M}" == "03-31 09:00 04-10 21:00"
        assert "opens on March 31, 2026 here" in world.report()


def test_what_is_no_rehearsal_is_not_replaced(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    place = folders.place_of(chapter.folder)
    place.mkdir()
    (place / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match="not a rehearsal of ours"):
        folders.is_there(place)
    assert (place / "notes.txt").read_text() == "mine"


def test_a_rehearsal_is_not_rehearsed(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world, pytest.raises(Refused, match="a rehearsal itself"):
        folders.real_chapter(world.folder)


def test_like_the_roll_needs_somebody_who_can_vote(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    with pytest.raises(FixTheSettings, match="nobody on the chapter's voter roll can vote"):
        folders.shape_like(chapter.folder)


def test_as_many_as_asked_for(tmp_path: Path) -> None:
    with begun(real(tmp_path), Shape(60, 20, 5, 0)) as world:
        next_(world, "night")
        assert roll(world) == {Status.VOTING: 60, Status.ONE_AWAY: 20, Status.NOT_YET: 5}
        assert len({one.address for one in world.people()}) == 85
        assert sum(SMALL) == 12


def test_bylaws_above_the_chapters_folder_write_nothing_into_it(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text((EDITIONS / "jp-progressives.toml").read_text())
    home = tmp_path / "chapter"
    chapter = real(home, bylaws='"jp-progressives" → "../rules.toml"')
    draft = home / "rules.toml"
    draft.write_text("# a draft that is not in force\n")
    with begun(chapter) as world:
        assert (world.folder / "rules.toml").read_text() == (tmp_path / "rules.toml").read_text()
        assert load_chapter(world.folder).read_bylaws().editions
    assert draft.read_text() == "# a draft that is not in force\n"


def test_emails_among_the_keys_are_refused_and_it_can_be_begun_again(tmp_path: Path) -> None:
    """Which of the files there are emails cannot be told; what was begun is no obstacle."""
    chapter = real(tmp_path, '\n[emails]\nfolder = "."\n')
    with pytest.raises(FixTheSettings, match="in the same folder as the keys"), begun(chapter):
        pass
    place = folders.place_of(chapter.folder)
    assert not folders.is_there(place)
    assert list(place.rglob("*.key")) == []
    file = tmp_path / "chapter.toml"
    file.write_text(file.read_text().replace('folder = "."', 'folder = "emails"'))
    with begun(load_chapter(tmp_path)):
        assert folders.is_there(place)


def test_of_the_emails_texts_alone_are_taken(tmp_path: Path) -> None:
    chapter = real(tmp_path, '\n[emails]\nfolder = "emails"\n')
    own = tmp_path / "emails" / "voting-member"
    (own / "old").mkdir(parents=True)
    for name in ("subject.txt", "notes.key", "old/body.txt"):
        (own / name).write_text("You can vote")
    with begun(chapter) as world:
        taken = {file.name for file in (world.folder / "emails").rglob("*") if file.is_file()}
    assert taken == {"subject.txt"}


def test_a_draft_without_a_form_is_rehearsed(tmp_path: Path) -> None:
    chapter = real(tmp_path)
    opens, closes = invented_election.window(BEGUN.astimezone(chapter.tz))
    table = invented_election.election_table(opens, closes)
    del table["ballots"]
    elections.write_new(chapter.folder, "endorse", table, invented_election.CONTESTS)
    with begun(chapter) as world:
        assert elections.names(world.folder) == ["endorse"]


NOT_OURS = "this folder is there already, and is not the invented chapter of the demo"


@pytest.mark.parametrize("kind", ["files", "chapter", "link", "file"])
def test_an_example_is_made_over_nothing_that_is_not_ours(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "rehearsal-example"
    if kind == "files":
        place.mkdir()
        (place / "minutes.txt").write_text("ours")
    elif kind == "chapter":
        place.mkdir()
        (place / "chapter.toml").write_text('name = "Ours"\n[google]\nkey_file = "k.json"\n')
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    else:
        place.write_text("a note")
    before = {file: file.lstat().st_mtime for file in tmp_path.rglob("*")}
    with pytest.raises(Refused, match=NOT_OURS) as refused:
        run.example(tmp_path)
    assert kind != "files" or "minutes.txt" in refused.value.fact
    assert {file: file.lstat().st_mtime for file in tmp_path.rglob("*")} == before


def test_an_example_that_is_ours_is_taken_up(tmp_path: Path) -> None:
    folder = run.example(tmp_path)
    assert run.example(tmp_path) == folder


def test_a_field_that_no_sheet_has_gets_no_column(tmp_path: Path) -> None:
    """What `clerk init` writes where a usual header heads something else."""
    none = (
        '\n[columns.sign_ins]\nname = "(no such column)"\nat = "(no such column)"\n'
        '[columns.registrations]\nname = "(no such column)"\nfirst_name = "Given name"\n'
        'last_name = "Family name"\n'
    )
    with begun(real(tmp_path, none)) as world:
        book = world.sandbox.google.workbooks["rehearsal-workbook-1"]
        heads = book.tab("Registrations").rows[0] + book.tab("Sign-ins").rows[0]
        assert "(no such column)" not in heads
        assert {"Given name", "Family name", "First name", "Last name"} <= set(heads)
        next_(world, "night")
        assert roll(world)[Status.VOTING] == 7


def test_first_and_last_names_as_the_sheets_were_last_read_stay_two_columns(
    town: Town, tmp_path: Path
) -> None:
    with town.edit("Sign-ins") as rows:
        place = rows[0].index("Name")
        for row in rows[1:]:
            first, _, last = str(row[place]).partition(" ")
            row[place : place + 1] = [first, last]
        rows[0][place : place + 1] = ["First name", "Last name"]
    town.night()
    with begun(load_chapter(town.folder)) as world:
        heads = world.sandbox.google.workbooks["rehearsal-workbook-1"].tab("Sign-ins").rows[0]
        assert {"First name", "Last name"} <= set(heads)
        assert "Name" not in heads


def test_a_list_of_chapters_comes_along_without_where_they_run(tmp_path: Path) -> None:
    """ST-1: a rehearsal has nothing of a real chapter's to serve."""
    chapter = real(tmp_path)
    listed = '[[chapters]]\nkey = "east"\nname = "East"\ntowns = ["Eastham"]\n'
    where = 'register = "https://east.example.org/join"\nfolder = "/srv/east"\nuser = "east"\n'
    write_private(tmp_path / "chapters.toml", f"schema = 1\n{listed}{where}".encode())
    with begun(chapter) as world:
        (one,) = load_chapters(world.folder).chapters
    assert (one.name, one.towns, one.folder, one.user) == ("East", ("Eastham",), "", "")
