"""The call for nominees and the annual meeting's reminder: to all members, once (SC-1, SC-2)."""

from collections import Counter
from datetime import date

import pytest

from connectors.ledger.mailings import Mailings
from connectors.sandbox.invented import FORM as SIGN_IN
from connectors.sandbox.invented import address_of, name_of
from flows.votes.emails.to_all_members import look
from flows.votes.history import sentence
from models.errors import FixTheData, FixTheSettings, Refused
from models.votes.events import MembersEmailed
from tests.conftest import Clock
from tests.flows.test_call_for_proposals import night
from tests.flows.test_committee_year import Clerk, clerk, plan_meeting, seated
from tests.flows.town import Town

__all__ = ("clerk", "seated")
FORM = "nominations-form"
CALL = ("committee", "letter", "call-for-members")
REMINDER = ("committee", "letter", "annual-meeting")
OFFICER = ("--by", "Thea")


@pytest.fixture
def called(seated: Town) -> Town:
    """A committee's chapter with a form of nominations, after a night."""
    with_form(seated)
    night(seated)
    return seated


def with_form(town: Town) -> None:
    form = town.sandbox.google.add_form(FORM, "Join the Steering Committee")
    for title in ("Nominee", "Nominee's email address"):
        form.add_text(title)
    holds = f'[[forms]]\nid = "{FORM}"\nholds = "nominations"\n\n'
    town.rewrite(f'[[forms]]\nid = "{SIGN_IN}"', f'{holds}[[forms]]\nid = "{SIGN_IN}"')


def fingerprint(said: str) -> str:
    return said.partition("--approve ")[2].split()[0]


def went(town: Town, name: str) -> Counter[str]:
    """Address → how many of these emails."""
    outbox = town.sandbox.mailchimp.outbox
    return Counter(one.to for one in outbox if one.title.startswith(f"clerk: {name}"))


def test_the_call_has_the_editions_criteria_and_the_forms_link(called: Town, clerk: Clerk) -> None:
    """SC-2: “a call for members interested in joining … along with the criteria”."""
    said = " ".join(clerk(*CALL).split())
    for part in (
        "at the annual meeting in the first quarter of the year",
        "It has 5 to 15 members.",
        "at least 3 of our meetings or events within one calendar year",
        "Elections, Volunteers, Diversity and Inclusion",
        "annual dues are paid when you are confirmed",
        "a registered voter",
        f"https://docs.google.com/forms/d/e/{FORM}/viewform",
    ):
        assert part in said
    assert "@" not in said


def test_it_is_shown_first_with_how_many_it_goes_to_and_is_not_sent(
    called: Town, clerk: Clerk
) -> None:
    said = clerk(*CALL)
    with called.context() as context:
        many = len(look(context, "call-for-members").to)
    assert f"To {many} members. No email reaches " in said
    assert "Next: clerk committee letter call-for-members --approve " in said
    night(called)
    assert not went(called, "members")


def test_it_goes_to_everybody_who_can_be_emailed_once_and_is_recorded(
    called: Town, clerk: Clerk
) -> None:
    with called.context() as context:
        many = len(look(context, "call-for-members").to)
        assert many > len(context.ledger.standings()) // 2
    word = fingerprint(clerk(*CALL))
    assert f"Sent to {many} members." in clerk(*CALL, "--approve", word, *OFFICER)
    assert f"This email was sent to {many} members." in clerk(*CALL)
    with pytest.raises(Refused, match=f"call for members was already sent to {many} people"):
        clerk_again(called, word)
    found = went(called, "members 2026")
    assert (len(found), max(found.values())) == (many, 1)
    with called.ledger() as ledger:
        (line,) = ledger.votes.lines("")
    assert (line.who, line.event) == (
        "Thea",
        MembersEmailed(letter="call-for-members", people=many),
    )
    assert sentence(line.event) == "sent an email to all members"


def test_a_ledger_restored_from_before_it_sends_nobody_a_second_one(
    called: Town, clerk: Clerk, clock: Clock
) -> None:
    file = called.folder / "ledger" / "clerk.sqlite"
    before = file.read_bytes()
    clerk(*CALL, "--approve", fingerprint(clerk(*CALL)), *OFFICER)
    file.write_bytes(before)
    clock.go(days=20)
    night(called)
    clerk(*CALL, "--approve", fingerprint(clerk(*CALL)), *OFFICER)
    assert max(went(called, "members").values()) == 1


def clerk_again(town: Town, word: str) -> None:
    from flows.votes.emails import to_all_members

    with town.context() as context:
        to_all_members.send(context, word, "Thea", "call-for-members")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--approve", "000000000000", *OFFICER), "the approval names 000000000000"),
        (("--approve", "000000000000"), "only a named officer can send it"),
    ],
)
def test_only_what_a_named_officer_looked_at_is_sent(
    called: Town, clerk: Clerk, options: tuple[str, ...], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        clerk(*CALL, *options)
    assert not went(called, "members")


def test_what_changed_since_it_was_looked_at_is_not_sent(called: Town, clerk: Clerk) -> None:
    word = fingerprint(clerk(*CALL))
    plan_meeting(called)
    with pytest.raises(Refused, match="but the email is now"):
        clerk(*CALL, "--approve", word, *OFFICER)
    assert not went(called, "members")
    assert "at the annual meeting on February 20, 2026." in " ".join(clerk(*CALL).split())


def test_a_broken_try_sends_nobody_a_second_one(
    called: Town, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("the power went out")

    word = fingerprint(clerk(*CALL))
    with monkeypatch.context() as broken:
        broken.setattr(Mailings, "settle", dies)
        with pytest.raises(RuntimeError, match="power"):
            clerk(*CALL, "--approve", word, *OFFICER)
    before = went(called, "members")
    assert before
    night(called)
    assert "Sent to" in clerk(*CALL, "--approve", word, *OFFICER)
    assert went(called, "members") == before


def test_who_unsubscribed_gets_none(called: Town, clerk: Clerk) -> None:
    """DP-4"""
    with called.context() as context:
        before = look(context, "call-for-members")
    called.member(address_of(1)).status = "unsubscribed"
    night(called)
    with called.context() as context:
        after = look(context, "call-for-members")
    assert len(after.to) == len(before.to) - 1


def test_the_form_can_be_named_where_nominations_are_in_a_tab(seated: Town, clerk: Clerk) -> None:
    with pytest.raises(FixTheSettings, match="no form of nominations is known"):
        clerk(*CALL)
    seated.sandbox.google.add_form("the-form", "Join us")
    said = clerk(*CALL, "--form", "the-form")
    assert "https://docs.google.com/forms/d/e/the-form/viewform" in said
    assert "call-for-members --form the-form --approve" in said


def test_the_reminder_says_the_day_and_what_is_voted_on(seated: Town, clerk: Clerk) -> None:
    with pytest.raises(FixTheData, match="no annual meeting is planned"):
        clerk(*REMINDER)
    plan_meeting(seated)
    said = " ".join(clerk(*REMINDER).split())
    assert "is on February 20, 2026. Voting members vote on the slate of the Steering" in said
    assert "Committee and our priorities for the year." in said
    seated.rewrite("zone = ", 'languages = ["en", "es"]\nzone = ')
    assert "20 de febrero de 2026" in clerk(*REMINDER)


def test_a_meeting_that_is_moved_is_told_again_and_no_other(seated: Town, clerk: Clerk) -> None:
    plan_meeting(seated)
    clerk(*REMINDER, "--approve", fingerprint(clerk(*REMINDER)), *OFFICER)
    assert "This email was sent to" in clerk(*REMINDER)
    with seated.edit("Events") as rows:
        rows.pop()
    plan_meeting(seated, date(2026, 3, 2))
    said = clerk(*REMINDER)
    assert "March 2, 2026" in said
    clerk(*REMINDER, "--approve", fingerprint(said), *OFFICER)
    assert set(went(seated, "annual meeting 2026-02-20").values()) == {1}
    assert set(went(seated, "annual meeting 2026-03-02").values()) == {1}
    assert name_of(0) not in said
