"""`clerk election …` as an officer types it: words, exit codes, and nothing before its time."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows import context as desks
from flows.cli.main import app
from models.errors import ClerkError
from models.votes.events import Counted
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll, ranks

Clerk = Callable[..., Result]


@pytest.fixture
def clerk(poll: Poll) -> Clerk:
    """A command on this chapter, by the test's clock."""
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager

    def run(*words: str, typed: str = "") -> Result:
        where = ["--chapter", str(poll.town.folder)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(opening, "__defaults__", (poll.clock,))
            return CliRunner().invoke(app, [*words, *where], input=typed)

    return run


def told(result: Result) -> str:
    """What was printed; our own errors are raised through the runner."""
    if isinstance(result.exception, ClerkError):
        return str(result.exception)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return str(result.output)


def test_check_shows_the_calendar_and_what_is_missing(poll: Poll, clerk: Clerk) -> None:
    good = clerk("election", "check", NAME)
    assert good.exit_code == 0
    assert "Ready to open." in told(good)
    assert "Tue, April 7, 2026, 9:00 AM EDT\treminder 1" in told(good)
    assert "is published by an officer" in told(good)
    poll.form.items.pop()
    bad = clerk("election", "check", NAME, "--json")
    assert bad.exit_code == 3
    missing = json.loads(bad.stdout)["missing"]
    assert missing == [
        {"rule": "EN-5", "fact": "form “Spring endorsements”: nothing asks “Question 6”"}
    ]
    assert "1 thing is missing." in told(clerk("election", "check", NAME))


def test_check_first_shows_what_needs_a_person(poll: Poll, clerk: Clerk) -> None:
    poll.form.items.pop()
    brief = told(clerk("election", "check", NAME)).splitlines()
    whole = told(clerk("election", "check", NAME, "--all")).splitlines()
    passed = [line for line in whole if line.startswith("  ✓")]
    assert brief[1].startswith("  ✗ EN-5: form “Spring endorsements”: nothing asks “Question 6”")
    assert brief[2].startswith("  ! ")
    assert [line for line in brief if line.startswith("  ✓")] == [
        f"  ✓ {len(passed)} other checks passed; --all shows them."
    ]
    assert len(passed) > 5
    assert [line for line in whole if line not in passed] == [
        line for line in brief if not line.startswith("  ✓")
    ]


def test_of_an_empty_form_it_is_said_how_to_fill_it_in(poll: Poll, clerk: Clerk) -> None:
    poll.form.items.clear()
    for verb in ("check", "form"):
        said = told(clerk("election", verb, NAME))
        assert (
            f"is empty; to build its questions, run `clerk election form {NAME} --build`\n" in said
        )
        assert "nothing asks" not in said
    poll.form.items.append({"itemId": "0a", "title": "Welcome", "textItem": {}})
    assert "nothing asks “Question 6”" in told(clerk("election", "form", NAME))


def test_a_form_that_does_not_fit_blocks_the_opening(poll: Poll, clerk: Clerk) -> None:
    poll.form.items[1]["questionGroupItem"]["questions"].pop()
    assert "lacks “No endorsement”" in told(clerk("election", "form", NAME))
    refused = clerk("election", "open", NAME, "--by", OFFICER)
    assert "lacks “No endorsement”" in told(refused)
    assert "EN-5" in told(refused)


def test_a_form_that_collects_addresses_blocks_the_opening(poll: Poll, clerk: Clerk) -> None:
    poll.form.settings["emailCollectionType"] = "VERIFIED"
    assert "BA-5" in told(clerk("election", "open", NAME, "--by", OFFICER))


def test_a_form_that_changed_after_the_approval_opens_nothing(poll: Poll) -> None:
    poll.approved()
    poll.form.items.pop()
    with pytest.raises(ClerkError, match="nothing asks “Question 6”"):
        poll.at(OPENS)
    assert poll.letters() == {}


def test_status_shows_turnout_and_nothing_of_the_result(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Cy Rivers"))
    poll.at(REMINDERS[0])
    for result in (clerk("election", "status", NAME), clerk("election", "status", NAME, "--json"),
                   clerk("election", "history", NAME)):  # fmt: skip
        assert result.exit_code == 0
        assert "Cy Rivers" not in told(result)
    status = json.loads(clerk("election", "status", NAME, "--json").stdout)
    assert status["ballots"] == len(poll.invited())
    assert status["next"] == "reminder 2 Fri 2026-04-10 09:00"
    assert "outcomes" not in status


def test_status_shows_titles_and_the_words_of_the_announcement(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Cy Rivers") | {"Question 6": "Yes"})
    poll.at(COUNTS)
    said = told(clerk("election", "status", NAME))
    assert "Mayor\tendorsed: Cy Rivers\n" in said
    assert "Question 6\t“Yes” endorsed\n" in said
    assert "question-6" not in said
    for_a_script = json.loads(clerk("election", "status", NAME, "--json").stdout)
    assert for_a_script["outcomes"] == {
        "mayor": "endorsed: Cy Rivers",
        "question-6": "endorsed: Yes",
    }
    assert for_a_script["closes"] == "Sun 2026-04-12 21:00"


def test_status_says_when_the_folder_is_not_what_was_approved(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    assert "Note" not in told(clerk("election", "status", NAME))
    file = poll.folder("contests") / "01-mayor.toml"
    file.write_text(file.read_text().replace("Ada Park", "Dee Brook"))
    assert "what was approved is used" in told(clerk("election", "status", NAME))


def test_tally_refuses_before_the_close(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.clock.at = CLOSES.replace(hour=20)
    refused = clerk("election", "tally", NAME)
    assert "EN-R8" in told(refused)


def test_who_comes_too_early_is_told_what_comes_next(poll: Poll, clerk: Clerk) -> None:
    unapproved = told(clerk("election", "extend", NAME, "--closes", "2026-04-14 21:00",
                            "--reason", "snow", "--by", OFFICER))  # fmt: skip
    assert f"clerk election open {NAME} --by …" in unapproved
    poll.approved()
    look = f"`clerk election status {NAME}` shows what happens next, and when"
    newcomer = min(poll.people())
    for state, words in (
        ("approved, not open", ["exception", NAME, newcomer, "--reason", "door list"]),
        ("the election is already approved", ["open", NAME]),
        ("no result to publish: the election is approved", ["publish", NAME]),
    ):
        said = told(clerk("election", *words, "--by", OFFICER))
        assert state in said
        assert look in said
    poll.at(OPENS)
    assert "the election is open" in told(clerk("election", "publish", NAME, "--by", OFFICER))
    poll.at(COUNTS)
    poll.published()
    assert "the result is already published" in told(
        clerk("election", "publish", NAME, "--by", OFFICER)
    )


def test_every_moment_is_on_the_chapters_clock(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    later = ["--closes", "2026-04-13 21:00", "--reason", "snow", "--by", OFFICER]
    assert clerk("election", "extend", NAME, *later).exit_code == 0
    poll.clock.at = COUNTS
    assert "voting is open until Mon, April 13, 2026, 9:00 PM EDT" in told(
        clerk("election", "tally", NAME)
    )
    poll.at(COUNTS + timedelta(days=1))
    history = told(clerk("election", "history", NAME))
    assert "from: Sun, April 12, 2026, 9:00 PM EDT; to: Mon, April 13, 2026, 9:00 PM EDT" in history
    assert "closes: Mon, April 13, 2026, 9:00 PM EDT" in history
    assert "+00:00" not in history
    report = json.loads((poll.folder("tellers") / "mayor.json").read_text())
    assert report["config"]["date"] == "2026-04-13"


def test_a_vote_by_commands_alone(poll: Poll, clerk: Clerk) -> None:
    assert "Approved" in told(clerk("election", "open", NAME, "--by", OFFICER))
    assert "opens Thu, April 2, 2026, 9:00 AM EDT" in told(clerk("election", "status", NAME))
    poll.at(OPENS)
    poll.everybody_votes(ranks("Ada Park"))
    poll.clock.at = COUNTS
    assert "Counted." in told(clerk("election", "tally", NAME, "--by", OFFICER))
    with poll.town.ledger() as ledger:
        counted = next(one for one in ledger.votes.lines(NAME) if isinstance(one.event, Counted))
    assert counted.who == OFFICER
    assert "Published" in told(clerk("election", "publish", NAME, "--by", OFFICER, "--yes"))
    lines = told(clerk("election", "history", NAME))
    for act in (
        "approved the election",
        "opened voting",
        "counted the votes",
        "published the result",
    ):
        assert act in lines
    assert OFFICER in lines
    audit = told(clerk("audit"))
    assert "The audit log is intact" in audit
    page = (poll.folder("pages") / "index.html").read_text()
    (line, seal), *_ = [cells[1:] for row in audit.splitlines()
                        if (cells := row.split("\t"))[0] == NAME]  # fmt: skip
    assert f"ends with entry {line}, whose hash is {seal}." in page.partition("<footer>")[2]
    assert seal not in page.partition("<footer>")[0]
    status = told(clerk("election", "status", NAME))
    assert "Next: nothing; the result is published" in status
    for told_by in (lines, status):  # one letter has one name
        assert "announcement to 10th Suffolk, 14th Suffolk" in told_by


def test_an_approval_can_be_taken_back_before_the_opening(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    assert "draft again" in told(clerk("election", "withdraw", NAME, "--by", OFFICER))
    assert poll.at(OPENS) == []
    poll.approved()
    poll.strike()
    assert "has not opened" in told(clerk("election", "withdraw", NAME, "--by", OFFICER))


def test_extend_and_exception_by_command(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    newcomer = poll.stranger()
    said = clerk("election", "exception", NAME, newcomer, "--reason", "door list", "--by", OFFICER)
    assert "Recorded." in told(said)
    assert newcomer in poll.invited()
    said = clerk("election", "extend", NAME, "--closes", "2026-04-14 21:00", "--reason", "snow",
                 "--by", OFFICER)  # fmt: skip
    assert "Next: reminder 1" in told(said)
    assert "snow" in told(clerk("election", "history", NAME))
    early = clerk("election", "extend", NAME, "--closes", "2026-04-13 21:00", "--reason", "sun",
                  "--by", OFFICER)  # fmt: skip
    assert "only be moved later" in told(early)


def test_a_test_ballot_goes_to_one_address_and_counts_nowhere(poll: Poll, clerk: Clerk) -> None:
    assert clerk("election", "test", NAME, typed="officer@example.org\n").exit_code == 0
    (sent,) = poll.town.sandbox.mailchimp.test_outbox
    assert sent.to == "officer@example.org"
    assert sent.subject.startswith("[Test]")
    code = sent.text.partition("entry.")[2].partition("=")[2].split()[0]
    poll.opened()
    poll.answers(code, ranks("Cy Rivers"))
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.set_aside == {"unknown code": 1}


def test_new_asks_and_writes_a_folder_that_can_be_read(poll: Poll, clerk: Clerk) -> None:
    typed = 'y\nMayor\n1\nAda Park; Bea Stone; Cy "Rio" Rivers\nMayor\nAda Park\nn\n'
    made = clerk("election", "new", "autumn", "--title", "Autumn", "--opens", "2026-09-01 09:00",
                 "--closes", "2026-09-11 21:00", "--form", "autumn-form", typed=typed)  # fmt: skip
    assert made.exit_code == 0, told(made)
    with poll.context() as context:
        found = context.election("autumn")
    assert found.contests[0].choices[2] == 'Cy "Rio" Rivers'
    assert found.closes.isoformat() == "2026-09-11T21:00:00-04:00"


ADDRESS = "https://docs.google.com/forms/d/autumn-form/edit?usp=sharing"


def test_new_asks_again_for_what_is_wrong_and_keeps_the_rest(poll: Poll, clerk: Clerk) -> None:
    typed = ["Autumn", "soon", "2026-09-11 09:00", "2026-09-01 21:00", "2026-09-21 21:00",
             "https://docs.google.com/forms/d/e/1FA/viewform", ADDRESS,
             "y", "Alcaldía", "9", "1", "Ada, Bea, Cy", "Ada; Bea; Cy", "", "Dee",
             "Ada", "n"]  # fmt: skip
    made = clerk("election", "new", "autumn", typed="\n".join([*typed, ""]))
    assert made.exit_code == 0, told(made)
    for fault in (
        "this is not a date and time",
        "it closes before it opens",
        "this is the link for filling in the form",
        "from 1 to 5",
        "ranked choice needs 3 or more candidates (EN-3)",
        "not a choice",
    ):
        assert fault in made.output
    assert "[]" not in made.output
    with poll.context() as context:
        found = context.election("autumn")
    assert found.ballots.form == "autumn-form"
    assert found.contests[0].id == "alcaldia"
    assert found.contests[0].recommendation == "Ada"


@pytest.mark.parametrize("name", ["Autumn 2026", "../autumn", NAME])
def test_new_refuses_a_bad_name_before_it_asks(clerk: Clerk, name: str) -> None:
    refused = clerk("election", "new", name, typed="Autumn\n")
    assert isinstance(refused.exception, ClerkError)
    assert refused.output == ""


def test_new_refuses_a_close_before_the_opening(poll: Poll, clerk: Clerk) -> None:
    refused = clerk("election", "new", "autumn", "--title", "Autumn", "--opens", "2026-09-11 09:00",
                    "--closes", "2026-09-01 21:00", "--form", "f", "--no-races")  # fmt: skip
    assert "it closes before it opens" in told(refused)
    assert not poll.folder("election.toml").parent.with_name("autumn").exists()


def test_check_says_every_fault_of_a_new_folder_together(poll: Poll, clerk: Clerk) -> None:
    made = clerk("election", "new", "autumn", "--title", "Autumn", "--opens", "2026-09-01 09:00",
                 "--closes", "2026-09-11 21:00", "--form", ADDRESS, "--no-races")  # fmt: skip
    assert "There are no contests yet. Add a file to contests/" in told(made)
    file = poll.folder("election.toml").parent.with_name("autumn") / "election.toml"
    file.write_text(file.read_text().replace("2026-09-11T21", "2026-08-11T21"))
    wrong = told(clerk("election", "check", "autumn"))
    assert "closes: it closes before it opens" in wrong
    assert "there are no contests yet: add a file to contests/ (docs/elections.md)" in wrong
    assert "tuple" not in wrong


def test_a_folder_with_faults_names_all_of_them(poll: Poll, clerk: Clerk) -> None:
    file = poll.folder("election.toml")
    file.write_text("colour = 1\n" + file.read_text().replace("closes", "closed"))
    (poll.folder("contests") / "09-x.toml").write_text('kind = "ranked"\n')
    wrong = told(clerk("election", "check", NAME))
    for fault in ("colour", "closed", "closes", "contests/09-x.toml"):
        assert fault in wrong


def test_a_record_that_was_tampered_with_is_found(poll: Poll, clerk: Clerk) -> None:
    import sqlite3

    poll.opened()
    ledger = poll.town.folder / "ledger" / "clerk.sqlite"
    with sqlite3.connect(ledger) as db:
        db.execute("UPDATE record SET who = 'Nobody' WHERE number = 2")
    db.close()
    assert "entry 2 was changed after it was written" in told(clerk("audit"))


def test_a_voter_slipped_onto_the_roll_is_found(poll: Poll, clerk: Clerk) -> None:
    import sqlite3

    poll.opened()
    ledger = poll.town.folder / "ledger" / "clerk.sqlite"
    with sqlite3.connect(ledger) as db:
        db.execute("UPDATE voters SET frozen_as = 'p-somebody' WHERE id = 1")
    db.close()
    assert "the frozen voter roll of spring is not the one" in told(clerk("audit"))


def test_pages_of_a_vote_name_no_voter_and_no_code(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    poll.published()
    files = [*poll.folder("pages").iterdir(), *poll.folder("tellers").iterdir()]
    written = "".join(Path(file).read_text() for file in files)
    assert "Ada Park" in written
    for address, code in poll.invited().items():
        assert address not in written
        assert code not in written
