"""Canaries in a vote: marked people go through every verb of `clerk election`, `count`, `recount`.

Rules: DP-3, BA-1, BA-5. Their addresses stand where nobody should have typed one, functions break
with an address in the error, every log is at DEBUG; their ballots' codes are canaries too.
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

import pytest
import typer.main

from connectors import elections
from connectors.sandbox import invented_election as invented
from connectors.sandbox.invented import LIST, ZONE
from connectors.sandbox.server import Sandbox
from flows.cli.main import app
from tests.elections.polls import RACES
from tests.privacy.canaries import Canary, Hit, Search
from tests.privacy.colony import Colony, Said
from tests.privacy.test_canaries import ALLOWED

pytestmark = pytest.mark.slow(minutes=8)
NAME, BALLOT, OTHER = "spring", "spring-ballot", "another"
STRIKE = """
import flows.cli.main as cli
from pathlib import Path
from flows.votes.schedule import tick
from flows.context import open_chapter
import os

def strike():
    with open_chapter(Path(os.environ["CLERK_CHAPTER"])) as desk:
        print(tick(desk))

cli.app = strike
cli.main()
"""
BREAKS = {
    "status": "connectors.google.ballots:BallotForms.arrived",
    "calls": "flows.votes.sending:reach",
    "exception": "connectors.ledger.votes:Votes.roll",
    "extend": "connectors.ledger.votes:Votes.extend",
    "cancel": "connectors.ledger.votes:Votes.change",
    "void": "connectors.ledger.votes:Votes.overrule",
    "withdraw-candidate": "connectors.ledger.votes:Votes.change",
    "tally": "models.ballots.boxes:classify_ballots",
    "recount": "models.ballots.boxes:classify_ballots",
    "publish": "connectors.elections:publish_pages",
    "guide": "connectors.elections:publish_files",
    "thank": "flows.votes.thanks:thanks_of",
    "history": "connectors.ledger.votes:Votes.lines",
}
"""Verb → a function that fails with a person's address in its error."""
MORE: tuple[tuple[str, set[str], str], ...] = (
    ("stdout of clerk election calls*", {"name", "phone"}, "DP-4: whom an officer calls; local"),
    ("stdout of clerk election exception * q *", {"name"}, "who fits an ambiguous name; local"),
    ("file ballots/*.csv*", {"address", "name"}, "the test's own file of ballots"),
)
"""What a vote may show besides, and where."""


class Vote:
    """A vote of the colony, by a clock of its own."""

    def __init__(self, colony: Colony, now: list[datetime]) -> None:
        self.colony, self._now = colony, now
        tomorrow = (now[0] + timedelta(days=1)).astimezone(ZoneInfo(ZONE))
        self.opens = tomorrow.replace(minute=0, second=0, microsecond=0)
        self.closes = self.opens + timedelta(days=10)
        self.voter, self.unreachable, self.one_away, *_, self.wordy = colony.people
        self.form = colony.sandbox.google.add_form(BALLOT, "Untitled form")
        said = {
            "title": "Spring endorsements", "opens": self.opens.replace(tzinfo=None),
            "closes": self.closes.replace(tzinfo=None), "ballots": {"form": BALLOT},
        }  # fmt: skip
        elections.write_new(colony.chapter, NAME, said, RACES)

    def at(self, moment: datetime) -> None:
        """Move the clock."""
        self._now[0] = moment

    def clerk(self, *words: str, typed: str = "", breaks: str = "") -> None:
        """A verb, and the same once more with a function that breaks."""
        watched = {"WATCH_DEBUG": "1", "WATCH_CLOCK": self._now[0].isoformat()}
        if breaks:
            watched["WATCH_BREAK"] = breaks
        self.colony.run(*words, typed=typed, **watched)

    def verb(self, verb: str, *words: str, typed: str = "") -> None:
        """`clerk election VERB NAME …`, broken first where it can be."""
        if verb in BREAKS:
            self.clerk("election", verb, NAME, *words, typed=typed, breaks=BREAKS[verb])
        self.clerk("election", verb, NAME, *words, typed=typed)

    def strike(self, breaks: str = "") -> None:
        """One strike of the clock, as `clerk serve` has it by the minute."""
        watched = {"WATCH_DEBUG": "1", "WATCH_CLOCK": self._now[0].isoformat()}
        if breaks:
            watched["WATCH_BREAK"] = breaks
        done = subprocess.run(
            [sys.executable, "-c", STRIKE], capture_output=True, text=True,
            cwd=self.colony.home, env=self.colony.environment(**watched),
        )  # fmt: skip
        said = Said("clerk serve: a strike", done.returncode, done.stdout, done.stderr)
        self.colony.said.append(said)

    def answers(self, code: str, **said: str) -> None:
        """Fill in the form."""
        marks = {"Ballot code": code} | said
        found = {q: marks[header] for header, q in invented.questions(self.form) if header in marks}
        self.form.submit(found, self._now[0])

    def codes(self) -> dict[str, str]:
        """Address → code, as it stands on the mailing list."""
        members = self.colony.sandbox.mailchimp.lists[LIST].members.values()
        return {
            m.email_address: code
            for m in members
            if (code := str(m.merge_fields.get("CLBALLOT", "")))
        }


def live(vote: Vote) -> dict[str, str]:
    """The whole life of a vote, and every way it goes wrong; gives the codes."""
    address, name = vote.voter.address, vote.voter.name
    typed = f"{vote.opens:%Y-%m-%d %H:%M}\n{address}\n{vote.closes:%Y-%m-%d %H:%M}\n"
    vote.clerk("sync", "--apply", "--tell-everyone")
    vote.clerk("election", "new", "other", "--no-races", "--title", "Other", "--form", "other",
               typed=typed)  # fmt: skip
    vote.clerk("election", "check", address)
    vote.verb("about", "mayor", typed="\n" * 40)
    vote.verb("form", "--build")
    vote.form.title = f"Ballot of {address}"
    for verb in ("check", "form", "status", "history"):
        vote.verb(verb)
    vote.verb("test", typed=f"{address}\n")
    vote.verb("open", "--by", "Thea Novak")
    vote.verb("withdraw", "--by", "Thea Novak")
    for letter in ("vote-invitation", "vote-reminder", "vote-extended", "tellers-report"):
        vote.clerk("emails", "preview", letter, "--election", NAME)
        vote.clerk("emails", "test", letter, "--election", NAME, typed=f"{address}\n")
    vote.answers(address)  # before the opening
    vote.at(vote.opens)
    vote.verb("open", "--by", "Thea Novak")
    vote.strike(breaks="connectors.mailchimp.ballot_field:BallotField.fill")
    vote.strike()
    codes = vote.codes()
    assert len(codes) > 10
    for code in (address, name, codes[address], f"{codes[address]} {address}"):
        vote.answers(code, **{"Question 6": address, "Mayor [Ada Park]": name})
    for number, code in enumerate(sorted(codes.values())[:14]):
        first = {"Mayor [Ada Park]": "1st", "Question 6": ("Yes", "No")[number % 2]}
        vote.answers(code, **first)
    for words in (("status",), ("status", "--json"), ("check", "--json"), ("calls",),
                  ("calls", "--codes"), ("calls", "--codes", "--by", "Thea Novak"),
                  ("calls", "--codes", "--by", "Thea Novak", "--reason", "phone")):  # fmt: skip
        vote.verb(*words)
    for why in ((), ("--by", "Thea Novak", "--reason", f"told by {address}"),
                ("--by", "Thea Novak", "--reason", "asked by phone")):  # fmt: skip
        vote.clerk("explain", address, "--election", NAME, *why,
                   breaks="connectors.google.ballots:BallotForms.arrived")  # fmt: skip
        vote.clerk("explain", address, "--election", NAME, *why)
        vote.clerk("explain", address, "--election", NAME, "--json", *why)
    title, vote.form.items[-1]["title"] = vote.form.items[-1]["title"], f"Question of {address}"
    vote.clerk("tick")  # the form has drifted
    vote.verb("status")
    vote.clerk("doctor")
    vote.form.items[-1]["title"] = title
    vote.clerk("tick")
    for day in (5, 8, 9.9):
        vote.at(vote.opens + timedelta(days=day))
        vote.strike(breaks="connectors.google.ballots:BallotForms.arrived")
        vote.strike()
    later = vote.closes + timedelta(hours=1)
    for why in (
        ("--reason", f"told by {address}", "--by", "Thea Novak"),
        ("--reason", "was there", "--by", f"Thea {vote.wordy.address}"),
        ("--reason", "was there", "--by", "Thea Novak"),
    ):
        for person in (vote.one_away.address, "nobody@example.org", "q"):
            vote.verb("exception", person, *why)
        vote.verb("exception", vote.one_away.address, "--remove", *why)
        vote.verb("extend", "--closes", f"{later:%Y-%m-%d %H:%M}", *why)
    changes(vote)
    vote.verb("decide", "mayor", name, "--how", f"lot of {address}", "--by", "Thea")
    vote.verb("publish", "--by", "Thea Novak", "--yes")
    vote.form.items[-1]["title"] = f"Question of {address}"
    vote.verb("tally")
    vote.verb("status")
    vote.form.items[-1]["title"] = "Question 6"
    vote.at(later + timedelta(hours=1))
    vote.answers(codes[address], **{"Question 6": address})  # late
    vote.verb("tally")
    vote.verb("recount")
    vote.clerk(
        "explain", address, "--election", NAME, breaks="models.ballots.boxes:classify_ballots"
    )
    vote.clerk("explain", address, "--election", NAME)
    words = vote.colony.chapter / "elections" / NAME / "guide.toml"
    words.write_text(f'intro = "Write to {address}"\n')
    words.chmod(0o600)
    vote.verb("publish", "--by", "Thea Novak", "--yes")  # refused for the guide's words
    words.write_text('intro = "What the members decided."\n')
    vote.verb("publish", "--by", "Thea Novak", "--yes")
    vote.verb("guide")
    vote.verb("thank")
    vote.verb("history")
    vote.verb("history", "--json")
    vote.verb("status", "--json")
    vote.clerk("audit")
    for why in (f"told by {address}", "the form was wrong"):
        vote.verb("void", "mayor", "--reason", why, "--decision", "April 14", "--yes", "7",
                  "--no", "0", "--active", "9", "--by", "Thea Novak")  # fmt: skip
    vote.clerk("audit")
    another_cancelled(vote)
    return codes


def changes(vote: Vote) -> None:
    """A candidate withdraws and a question is canceled.

    First by words that hold an address, then by words that do not.
    """
    address, by = vote.voter.address, ("--by", "Thea Novak")
    for why in (f"told by {address}", "ill"):
        for who in (address, vote.voter.name, "Cy Rivers"):
            vote.verb("withdraw-candidate", "mayor", who, "--reason", why, *by)
        vote.verb("cancel", address, "--reason", why, *by)
    vote.verb("cancel", "mayor", "--reason", "ill", "--reason-es", f"de {address}", *by)
    vote.verb("cancel", "question-6", "--reason", "ill", "--by", f"Thea {address}")


def another_cancelled(vote: Vote) -> None:
    """A vote of its own, which is cancelled while it is open."""
    opens = vote.closes + timedelta(days=2)
    said = {
        "title": "Another", "opens": opens.replace(tzinfo=None),
        "closes": (opens + timedelta(days=10)).replace(tzinfo=None), "ballots": {"form": BALLOT},
    }  # fmt: skip
    elections.write_new(vote.colony.chapter, OTHER, said, RACES)
    vote.at(opens)
    vote.clerk("election", "open", OTHER, "--by", "Thea Novak")
    off = ("election", "cancel", OTHER, "--by", "Thea Novak", "--reason", "the form was wrong")
    vote.clerk(*off, breaks="connectors.mailchimp.ballot_field:BallotField.clear")
    vote.strike()
    vote.clerk("election", "status", OTHER)
    vote.clerk("audit")


CONTEST = """
kind = "single-choice"
id = "da"
title = "DA"
candidates = ["Ann", "Bob"]
"""


def counts(vote: Vote) -> None:
    """`count` and `recount` with addresses in every column where one may stray."""
    colony, address, name = vote.colony, vote.voter.address, vote.voter.name
    folder = colony.home / "ballots"
    folder.mkdir()
    (folder / "contest.toml").write_text(CONTEST)
    (folder / "wrong.toml").write_text(CONTEST + f'[settings]\nthreshold = "{address}"\n')
    rows = {
        "good": "vote\n" + "Ann\n" * 14,
        "columns": "Timestamp,Email Address,DA,Your name\n"
        + f"2026-01-01,{address},Ann,{name}\n" * 14,
        "answers": f"vote\nAnn\n{address}\n{name}\nBob\n",
        "header": f"{address},DA\nx,Ann\n",
        "only": f"{address}\nAnn\n",
        "broken": f'vote\n"{address}\n',
    }
    for kind, text in rows.items():
        file = folder / f"{kind}.csv"
        file.write_text(text)
        out = str(colony.home / f"out-{kind}")
        contest = str(folder / "contest.toml")
        vote.clerk("count", str(file), "--contest", contest, "--out", out)
        vote.clerk("count", str(file), "--contest", contest, "--json")
        vote.clerk("recount", out, str(file))
        vote.clerk("recount", str(colony.home / "out-good"), str(file), "--json")
    vote.clerk("count", str(folder / "good.csv"), "--contest", str(folder / "wrong.toml"))
    vote.clerk("count", str(folder / "columns.csv"), "--contest", str(folder / "contest.toml"),
               breaks="models.tally.count:count")  # fmt: skip
    (folder / "wrong.toml").unlink()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vote, set[Hit]]]:
    """The vote, and every hit."""
    now = [datetime.now(UTC)]
    with Sandbox(now=lambda: now[0]) as sandbox:
        colony = Colony(sandbox, tmp_path_factory.mktemp("colony"), now[0].date())
        vote = Vote(colony, now)
        codes = live(vote)
        counts(vote)
        people = [c for p in colony.people for c in p.canaries()]
        words = [text for code in codes.values() for text in (code, code.replace("-", ""))]
        search = Search([*people, *(Canary("code", word.lower()) for word in words)], codes)
        yield vote, colony.hits(search)


def explained(hit: Hit) -> bool:
    """Whether a line says why it may be there."""
    lines = (*ALLOWED, *MORE)
    return any(fnmatchcase(hit.place, place) and hit.kind in kinds for place, kinds, _ in lines)


def test_a_canary_is_found_only_where_it_may_be(lived: tuple[Vote, set[Hit]]) -> None:
    assert sorted((hit for hit in lived[1] if not explained(hit)), key=str) == []


def test_every_allowance_is_used(lived: tuple[Vote, set[Hit]]) -> None:
    idle = [place for place, *_ in MORE if not any(fnmatchcase(h.place, place) for h in lived[1])]
    assert idle == []


def test_the_vote_was_real_and_every_verb_was_run(lived: tuple[Vote, set[Hit]]) -> None:
    colony = lived[0].colony
    ended = {said.command: said.exit_code for said in colony.said}
    verbs = {c.split()[2] for c in ended if c.startswith("clerk election ")}
    votes = typer.main.get_command(app).commands["election"]  # type: ignore[attr-defined]  # a click group
    assert verbs == set(votes.commands)
    assert (colony.chapter / "public" / NAME / "index.html").is_file()
    crashed = {
        said.command.split()[2]
        for said in colony.said
        if "breaks" in said.command and "This is a bug in Chapter Clerk" in said.err
    }
    assert set(BREAKS) <= crashed, BREAKS.keys() - crashed


def test_nothing_went_anywhere_but_to_the_two_owners(lived: tuple[Vote, set[Hit]]) -> None:
    colony = lived[0].colony
    assert {sent.name for sent in colony.wire.iterdir()} == {colony.owners, "look-up_0"}
