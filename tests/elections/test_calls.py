"""`clerk election calls`: whom no letter reached, and with `--codes` each one's own link (DP-4)."""

import json
import os
import re
import sys
from collections.abc import Iterator

import pytest

from connectors.sandbox.google.form_state import Form
from flows import console
from flows.votes.sending import reach
from models.errors import Refused
from models.mail.audience import Unreachable
from models.votes.events import CodesShown
from models.votes.history import each
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, REMINDERS, Poll, ranks
from tests.elections.test_commands import Clerk, told
from tests.elections.test_commands import clerk as clerk
from tests.elections.test_what_became import leaves_the_sheets

CODES = ("election", "calls", NAME, "--codes")
ASKED = ("--by", OFFICER, "--reason", "the phone bank of Tuesday")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody looks at it."""
    monkeypatch.setattr(console, "is_for_eyes_alone", lambda: True)


def shown(poll: Poll) -> list[CodesShown]:
    """How often codes were shown, by the record."""
    with poll.town.ledger() as ledger:
        return list(each(ledger.votes.lines(NAME), CodesShown))


def links(said: str) -> list[str]:
    return re.findall(r"^  link  (\S+)$", said, re.MULTILINE)


def the_question(form: Form) -> int:
    """The number that a prefilled link has for the code's question."""
    return int(form.questions()[0]["questionId"], 16)


def test_who_cannot_be_mailed_is_listed_for_a_call(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    said = told(clerk("election", "calls", NAME))
    listed = said.partition("On this ballot:")[0].strip().splitlines()
    roll = json.loads(clerk("election", "status", NAME, "--json").stdout)
    assert len(listed) - 1 == roll["cannot_be_mailed"] > 0
    assert listed[0] == "Name\tPhone\tWhy"
    assert not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", "\n".join(listed))
    assert shown(poll) == []


@pytest.mark.usefixtures("terminal")
def test_each_gets_their_own_link_and_its_ballot_is_counted(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    said = told(clerk(*CODES, *ASKED))
    mine = links(said)
    roll = json.loads(clerk("election", "status", NAME, "--json").stdout)
    assert len(set(mine)) == len(mine) == roll["cannot_be_mailed"]
    entry = f"?usp=pp_url&entry.{the_question(poll.form)}="
    assert all(entry in link for link in mine)
    codes = [link.partition(entry)[2] for link in mine]
    assert not set(codes) & set(poll.invited().values())
    assert f"  code  {codes[0]}\n  link  {mine[0]}" in said
    poll.answers(codes[0], ranks("Ada Park"))
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.counted == 1
    assert shown(poll) == [CodesShown(voters=len(mine), reason="the phone bank of Tuesday")]
    assert "reason: the phone bank of Tuesday" in told(clerk("election", "history", NAME))


@pytest.mark.usefixtures("terminal")
def test_whose_letter_holds_the_link_gets_no_second_one(poll: Poll, clerk: Clerk) -> None:
    """They left the list after the invitation: they are called, and their code is not shown."""
    poll.opened()
    before = links(told(clerk(*CODES, *ASKED)))
    left = min(poll.invited())
    poll.town.member(left).status = "unsubscribed"
    poll.town.night()
    assert poll.people().get(left) is None
    said = told(clerk(*CODES, *ASKED))
    assert links(said) == before
    assert said.count("their link is in the email they got before they left") == 1
    assert poll.invited()[left] not in said
    assert [one.voters for one in shown(poll)] == [len(before)] * 2


@pytest.mark.usefixtures("terminal")
def test_who_left_the_sheets_is_called_all_the_same(poll: Poll, clerk: Clerk) -> None:
    """VM-R3, DP-4: they may vote, and no letter goes to them any more; their first one may have."""
    poll.opened()
    listed = told(clerk("election", "calls", NAME))
    with poll.context() as context:
        reached, voters = reach(context), [v.person for v in context.ledger.votes.roll(NAME)]
    invited = poll.people()[min(poll.invited())]
    never = min(p for p in voters if reached.unreachable.get(p) is Unreachable.BOUNCED)
    leaves_the_sheets(poll, invited)
    leaves_the_sheets(poll, never)
    now = told(clerk("election", "calls", NAME))
    assert "is on the voter roll but no longer in the sheets" not in listed
    assert now.count("is on the voter roll but no longer in the sheets") == 2
    assert now.count("\n") == listed.count("\n") + 1
    said = told(clerk(*CODES, *ASKED))
    (with_code,) = [one for one in said.split("\n") if one.endswith("is on the voter roll but no "
                                                                    "longer in the sheets")
                    and "  code" in said.partition(one)[2].split("\n")[1]]  # fmt: skip
    assert with_code
    assert said.count("their link is in the email they got before they left") == 1


@pytest.mark.parametrize("half", [(), ("--by", OFFICER), ("--reason", "calls"), (*ASKED[:3], " ")])
@pytest.mark.usefixtures("terminal")
def test_codes_are_shown_to_a_named_officer_for_a_reason_only(
    clerk: Clerk, half: tuple[str, ...]
) -> None:
    refused = clerk(*CODES, *half)
    assert isinstance(refused.exception, Refused)
    assert "codes are shown only to a named officer who gives a reason; this is" in str(
        refused.exception
    )


def test_codes_are_shown_on_a_terminal_alone(poll: Poll, clerk: Clerk) -> None:
    """In a pipe they would end up in a file or another program; refused with the way."""
    poll.opened()
    refused = clerk(*CODES, *ASKED)
    assert isinstance(refused.exception, Refused)
    assert "only on a screen" in str(refused.exception)
    assert "run it in a terminal, without | or > after it" in str(refused.exception)
    assert (refused.output, shown(poll)) == ("", [])


@pytest.mark.usefixtures("terminal")
def test_after_the_close_no_code_is_of_use_and_none_is_shown(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    for reminder in REMINDERS:
        poll.at(reminder)
    poll.at(CLOSES)
    refused = clerk(*CODES, *ASKED)
    assert isinstance(refused.exception, Refused)
    assert "not open" in str(refused.exception)
    assert shown(poll) == []


@pytest.fixture
def screen() -> Iterator[int]:
    """The side of a terminal that a program writes to."""
    ours, theirs = os.openpty()
    yield theirs
    os.close(ours)


def test_a_terminal_is_told_from_a_pipe(screen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # asks for colour, and makes no terminal of a pipe
    with open(screen, "w") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        assert console.is_for_eyes_alone()
    reading, writing = os.pipe()
    with open(writing, "w") as pipe:  # noqa: PTH123 - no file
        monkeypatch.setattr(sys, "stdout", pipe)
        assert not console.is_for_eyes_alone()
    os.close(reading)
