"""`clerk election new` with windows that are unusual, and with questions left unanswered."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.errors import FixTheData
from tests.elections.polls import Poll
from tests.elections.test_commands import Clerk, told
from tests.elections.test_commands import clerk as clerk

NEW = ("election", "new", "autumn", "--title", "Autumn", "--form", "f", "--no-races")
RACE = "y\nMayor\n1\nAda; Bea; Cy\nMayor\nAda\n"


def folder(poll: Poll) -> Path:
    return poll.folder("election.toml").parent.with_name("autumn")


def written(poll: Poll) -> dict[str, Any]:
    return tomllib.loads((folder(poll) / "election.toml").read_text())


def test_an_opening_in_the_past_is_said_at_once(clerk: Clerk) -> None:
    """EN-9, EN-R6"""
    made = clerk(*NEW, "--opens", "2020-09-01 09:00", "--closes", "2099-09-11 21:00")
    assert "The opening time has passed, so voting will open as soon as the" in told(made)
    over = clerk("election", "new", "winter", *NEW[3:],
                 "--opens", "2020-09-01 09:00", "--closes", "2020-09-11 21:00")  # fmt: skip
    assert "The closing time has passed, so this election cannot open (EN-R6)." in told(over)


def test_a_short_window_without_a_reason_is_said_at_once(poll: Poll, clerk: Clerk) -> None:
    """EN-R6"""
    made = clerk(*NEW, "--opens", "2099-09-01 09:00", "--closes", "2099-09-04 09:00")
    assert "Open for 3 days, less than 5 days, without a reason: write one as " in told(made)
    assert "Next: add short_because" in told(made)
    assert "short_because" not in written(poll)


def test_a_window_under_ten_days_is_said(clerk: Clerk) -> None:
    """EN-R6"""
    made = clerk(*NEW, "--opens", "2099-09-01 09:00", "--closes", "2099-09-08 09:00")
    assert "Open for 7 days, less than the ideal 10 days (EN-R6)." in told(made)
    ideal = clerk("election", "new", "winter", *NEW[3:],
                  "--opens", "2099-09-01 09:00", "--closes", "2099-09-11 09:00")  # fmt: skip
    assert "EN-" not in told(ideal)


def test_the_reason_is_asked_for_or_given(poll: Poll, clerk: Clerk) -> None:
    """EN-R6"""
    typed = "2099-09-01 09:00\n2099-09-04 09:00\nask ann@example.org\nthe hall burnt down\n"
    made = clerk(*NEW, typed=typed)
    assert "this contains an email address; emails and pages must not (DP-3)" in told(made)
    assert written(poll)["short_because"] == "the hall burnt down"
    clerk("election", "new", "winter", *NEW[3:], "--opens", "2099-09-01 09:00", "--closes",
          "2099-09-04 09:00", "--short-because", "snow")  # fmt: skip
    file = folder(poll).with_name("winter") / "election.toml"
    assert tomllib.loads(file.read_text())["short_because"] == "snow"


@pytest.mark.parametrize(
    ("option", "typed", "shown"),
    [
        ("--opens", "tomorrow", "tomorrow"),
        ("--closes", "later", "later"),
        ("--opens", "ann@example.org", "•••"),
    ],
)
def test_an_option_that_has_no_sense_is_named_before_anything_is_asked(
    clerk: Clerk, option: str, typed: str, shown: str
) -> None:
    refused = clerk("election", "new", "autumn", option, typed)
    assert isinstance(refused.exception, FixTheData)
    assert refused.exception.where == f"{option} “{shown}”"
    assert refused.exception.fact == "this is not a date and time"
    assert refused.output == ""


def test_a_later_close_that_is_no_moment_names_its_option(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    late = clerk("election", "extend", poll.name, "--closes", "later", "--reason", "x", "--by", "T")
    assert told(late).startswith("--closes: this is not a date and time")


def test_a_question_is_asked_whose_ballots_it_is_on(poll: Poll, clerk: Clerk) -> None:
    """EN-2"""
    window = ("--opens", "2099-09-01 09:00", "--closes", "2099-09-11 21:00")
    typed = "y\nQuestion 1\n5\ntown\nstate\nYes\nAn audit.\nn\n\n\n\n"
    made = clerk(*NEW[:-1], *window, typed=typed)
    assert made.exit_code == 0, told(made)
    (file,) = (folder(poll) / "contests").iterdir()
    table = tomllib.loads(file.read_text())
    assert (table["kind"], table["scope"]) == ("question", "state")
    assert table["explanation"] == "An audit."
    assert "office" not in table


@pytest.mark.parametrize(
    ("purpose", "typed", "made"),
    [
        ("re-endorsement", "Hal\ny\nrecord view\nrecord review\nSenater\nState Senator\nYes\n",
         {"previously_endorsed": True, "done": ["record review"], "office": "State Senator"}),
        ("abbreviated", "Hal\ny\ny\nresearch; record review\n9\nYes\n",
         {"previously_endorsed": True, "uncontested": True, "office": "State Senator"}),
        ("re-endorsement", "Hal\n\n\n\n\n", {"previously_endorsed": None, "done": None}),
        ("anti-endorsement", "Vic\nSheriff\nYes\nHe locked up neighbours.\n",
         {"explanation": "He locked up neighbours.", "done": None}),
        ("slate", "Yes\nAnn Abel; Bo Burns\nn\n",
         {"nominees": [{"name": "Ann Abel"}, {"name": "Bo Burns"}]}),
    ],
)  # fmt: skip
def test_what_a_yes_or_no_needs_is_asked(
    poll: Poll, clerk: Clerk, purpose: str, typed: str, made: dict[str, Any]
) -> None:
    """EN-7, EN-8, SC-2: and an Enter where an answer is needed says so before it is asked again."""
    window = ("--opens", "2099-09-01 09:00", "--closes", "2099-09-11 21:00")
    ran = clerk(*NEW[:-1], *window, typed=f"y\n\nIt\n4\n\n{purpose}\n{typed}n\n")
    said = told(ran)
    assert ran.exit_code == 0, said
    assert "anti-endorsement" in said.partition("Which kind")[0]
    assert said.count("Error: an answer is needed here") == 2
    assert ("5 to 15 of them by the bylaws" in said) == (purpose == "slate")
    assert ("did you mean" in said) == ("Senater" in typed)
    (file,) = (folder(poll) / "contests").iterdir()
    table = tomllib.loads(file.read_text())
    assert {key: table.get(key) for key in made} == made


ABOUT_ANN = "\n".join(
    ("2025; 4", "2025: 4; 2026: 1", "Housing; Elections", "maybe", "yes", "y",
     "dues: soon, All, why", "dues: 2026-01-05, All, a hardship", "A nurse.",
     "Enfermera.", "Two forums.", "", "A hotline.", "", "example.org", "https://example.org/ann",
     "")
)  # fmt: skip


def slate_of(poll: Poll) -> dict[str, Any]:
    (file,) = (folder(poll) / "contests").iterdir()
    return tomllib.loads(file.read_text())


def test_each_nominee_of_a_slate_is_asked_about_now_or_later(poll: Poll, clerk: Clerk) -> None:
    """SC-2, EN-R14: by the questions of the officers' page; an Enter leaves one for later."""
    window = ("--opens", "2099-01-11 09:00", "--closes", "2099-01-25 21:00")
    slate = "y\nSlate\n4\nslate\nYes\nAnn Abel; Bo Burns\ny\n"
    ran = clerk(*NEW[:-1], *window, typed=f"{slate}{ABOUT_ANN}\n{chr(10) * 13}n\nLa lista\n\n")
    said = told(ran)
    assert ran.exit_code == 0, said
    assert "Whom it is about" not in said
    for why in (
        "such as 2025: 4",
        "type yes or no",
        "is written like 2027-01-05",
        "begins with http:// or https://",
    ):
        assert why in said
    table = slate_of(poll)
    assert table["nominees"] == [
        {"name": "Ann Abel", "events_by_year": {"2025": 4, "2026": 1},
         "active_in": ["Housing", "Elections"], "dues_paid": True, "registered_voter": True,
         "waivers": [{"criterion": "dues", "on": date(2026, 1, 5), "by": "All",
                      "reason": "a hardship"}]},
        {"name": "Bo Burns"},
    ]  # fmt: skip
    assert table["about"] == [
        {"name": "Ann Abel", "bio": "A nurse.", "bio_es": "Enfermera.", "summary": "Two forums.",
         "activities": "A hotline.", "website": "https://example.org/ann"}
    ]  # fmt: skip
    checked = clerk("election", "check", "autumn").output
    assert "Next: `clerk election about autumn slate` asks for what is missing" in checked
    assert "on the officers' page" in checked


def test_what_was_left_for_later_is_asked_again(poll: Poll, clerk: Clerk) -> None:
    """SC-2: what the file says stays, its comments too, and what was typed before an end."""
    window = ("--opens", "2099-01-11 09:00", "--closes", "2099-01-25 21:00")
    typed = f"y\nSlate\n4\nslate\nYes\nAnn Abel; Bo Burns\ny\n{ABOUT_ANN}\n"
    clerk(*NEW[:-1], *window, typed=f"{typed}{chr(10) * 13}n\n\n\n")
    (file,) = (folder(poll) / "contests").iterdir()
    file.write_text("# ours\n" + file.read_text())
    ran = clerk("election", "about", "autumn", typed=f"{chr(10) * 13}2025: 3\nClimate\n")
    assert "[now: Housing; Elections]" in ran.output
    assert "[now: dues: 2026-01-05, All, a hardship]" in ran.output
    assert ran.exit_code == 1  # it ended before the last question
    ann, bo = slate_of(poll)["nominees"]
    assert ann["events_by_year"] == {"2025": 4, "2026": 1}
    assert bo == {"name": "Bo Burns", "events_by_year": {"2025": 3}, "active_in": ["Climate"]}
    assert file.read_text().startswith("# ours\n")
    refused = clerk("election", "about", "autumn", "mayor")
    assert isinstance(refused.exception, FixTheData)
    assert refused.exception.fact == "the contests that name people are: slate"


def test_whether_a_candidate_was_invited_is_asked(poll: Poll, clerk: Clerk) -> None:
    """EN-11"""
    window = ("--opens", "2099-01-11 09:00", "--closes", "2099-01-25 21:00")
    race = "y\nMayor\n2\nAda Park; Bea Stone\n\n\nn\nn\n\n\n"
    made = clerk(*NEW[:-1], *window, typed=race)
    assert slate_of(poll)["candidates"] == ["Ada Park", "Bea Stone"], told(made)
    ran = clerk(
        "election", "about", "autumn", typed="yes\ny\nn\nhttps://ada.example.org\n" + "\n" * 40
    )
    assert ran.exit_code == 0, told(ran)
    assert slate_of(poll)["invited"] == [
        {"name": "Ada Park", "ocpf_account_active": True,
         "campaign_website": "https://ada.example.org"},
    ]  # fmt: skip
    clerk("election", "about", "autumn", typed="no\n" + "\n" * 40)
    assert "invited" not in slate_of(poll)


def test_a_name_that_was_left_out_is_asked_for(poll: Poll, clerk: Clerk) -> None:
    made = clerk("election", "new", *NEW[3:], "--opens", "2099-09-01 09:00", "--closes",
                 "2099-09-11 21:00", typed="Autumn!\nautumn\n")  # fmt: skip
    assert made.exit_code == 0, told(made)
    assert "use lowercase letters, digits, and dashes" in told(made)
    assert "title" in written(poll)


def test_what_was_finished_is_kept_when_the_questions_end(poll: Poll, clerk: Clerk) -> None:
    """Ctrl-D in the second race: the first one stands in its file."""
    window = ("--opens", "2099-09-01 09:00", "--closes", "2099-09-11 21:00")
    made = clerk(*NEW[:-1], *window, typed=f"{RACE}y\nSheriff\n")
    assert "Stopped. Finished contests are kept. The unfinished one is not." in told(made)
    assert "Created:" in told(made)
    assert [file.name for file in (folder(poll) / "contests").iterdir()] == ["01-mayor.toml"]


def test_a_race_that_contradicts_itself_is_named_by_its_file(poll: Poll, clerk: Clerk) -> None:
    """EN-4: and nothing is said of a count that has not been."""
    file = poll.folder("contests") / "01-mayor.toml"
    file.write_text('kind = "ranked"\nid = "mayor"\ntitle = "Mayor"\ncandidates = ["A", "B"]\n')
    said = told(clerk("election", "check", poll.name))
    assert f"elections/{poll.name}/contests/01-mayor.toml, contest mayor kind: " in said
    assert "count again" not in said
    assert "docs/count.md lists its keys" in said
    file.write_text('kind = "ranked"\nid = "mayor"\n')
    assert "fix the files; docs/elections.md lists the keys of election.toml," in told(
        clerk("election", "check", poll.name)
    )


def test_that_nothing_was_written_is_said(poll: Poll, clerk: Clerk) -> None:
    """Ctrl-D before the window is known."""
    stopped = clerk("election", "new", "autumn", typed="Autumn\n")
    assert stopped.exit_code == 1
    assert "Nothing was written." in told(stopped)
    assert not folder(poll).exists()


def test_the_spanish_of_what_was_typed_is_asked_for(poll: Poll, clerk: Clerk) -> None:
    typed = (
        "Autumn\n2099-09-01 09:00\n2099-09-11 21:00\n\n"
        "y\nPriorities\n4\npriorities\nYes\nRents; Trees\nn\n"
        "Otoño\nescriba a ann@example.org\nPrioridades\n"
    )
    made = clerk("election", "new", "autumn", typed=typed)
    assert made.exit_code == 0, told(made)
    assert "“Autumn” in Spanish (press Enter to skip)" in made.output
    assert "Stopped." not in told(made)
    assert written(poll)["title_es"] == "Otoño"
    (file,) = (folder(poll) / "contests").iterdir()
    table = tomllib.loads(file.read_text())
    assert (table["title_es"], table["subject_es"]) == ("Prioridades", "Prioridades")
    assert table["priorities"] == ["Rents", "Trees"]


def test_a_chapter_without_spanish_readers_is_not_asked(poll: Poll, clerk: Clerk) -> None:
    settings = poll.town.folder / "chapter.toml"
    settings.write_text('languages = ["en"]\n' + settings.read_text())
    window = ("--opens", "2099-09-01 09:00", "--closes", "2099-09-11 21:00")
    made = clerk(*NEW[:-1], *window, typed=f"{RACE}n\n")
    assert "Spanish" not in made.output
    assert "Spanish" not in told(clerk("election", "check", poll.name))


def test_check_says_what_has_no_spanish_and_holds_up_nothing(poll: Poll, clerk: Clerk) -> None:
    said = told(clerk("election", "check", poll.name))
    assert "Ready to open." in said
    for key, whose in (("title", "the vote, Mayor, and Question 6"), ("statement", "Mayor")):
        english = f"the {key} of {whose} in English, until `{key}_es` says it in Spanish\n"
        assert f"! EN-13: Spanish readers will read {english}" in said
    race = poll.folder("contests") / "01-mayor.toml"
    named = ("Ada Park", "Bea Stone", "Cy Rivers")
    entries = [f'[[about]]\nname = "{name}"\nbio = "A nurse."\n' for name in named]
    before = race.read_text()
    race.write_text(f"{before}\n{''.join(entries)}")
    said = told(clerk("election", "check", poll.name))
    assert "read the bio of Ada Park, Bea Stone, and Cy Rivers in English" in said
    assert "tells of" not in said  # it tells of all
    race.write_text(f"{before}\n{entries[0]}")
    said = told(clerk("election", "check", poll.name))
    assert "! EN-R14: Mayor: [[about]] describes Ada Park but not Bea Stone and Cy Rivers\n" in said
