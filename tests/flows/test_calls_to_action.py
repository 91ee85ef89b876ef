"""A call to action: to those who said so, as an officer approved it, exactly once (ST-2)."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from connectors.ledger.mailings import Mailings
from connectors.sandbox.invented import FORM as SIGN_IN
from connectors.sandbox.invented import address_of
from flows.votes.history import sentence
from models.errors import AskAPerson, FixTheSettings, Refused
from models.votes.events import VolunteersCalled
from tests.flows.test_committee_year import Clerk, clerk
from tests.flows.test_volunteers import with_offers
from tests.flows.town import Town

__all__ = ("clerk",)
NAME, OFFICER = "canvass-may", ("--by", "Thea")
TEXT = "Subject: Knock on doors with us\n\nWe meet at 10.\n\nBring *|FNAME|* & water.\n"
SHOW, SEND = ("call", "show", NAME), ("call", "send", NAME)


@pytest.fixture
def town_(town: Town, clerk: Clerk) -> Town:
    """Two who want a call for canvassers, one who phones, and one who wants none."""
    with_offers(town)
    rows = [
        ("canvass", "yes"),
        ("Canvass, phone bank", "yes"),
        ("phone bank", "yes"),
        ("canvass", "no"),
    ]
    town.add_tab(
        "profiles",
        *(
            ["2026-01-05", address_of(n), said, None, None, yes]
            for n, (said, yes) in enumerate(rows)
        ),
    )
    town.night()
    clerk("call", "new", NAME, "--offer", "canvass")
    write(town)
    return town


def file(town: Town, name: str = "email.txt") -> Path:
    return town.folder / "calls" / NAME / name


def write(town: Town, text: str = TEXT) -> None:
    file(town).write_text(text, "utf-8")
    file(town, "email-es.txt").unlink(missing_ok=True)


def word(said: str) -> str:
    return said.partition("--approve ")[2].split()[0]


def went(town: Town) -> Counter[str]:
    outbox = town.sandbox.mailchimp.outbox
    return Counter(one.to for one in outbox if one.title.startswith("clerk: action"))


def test_it_is_shown_with_how_many_it_goes_to_and_nothing_is_sent(
    town_: Town, clerk: Clerk
) -> None:
    said = clerk(*SHOW)
    for part in (
        "For volunteers who offer canvass.",
        "Knock on doors with us",
        "We meet at 10.",
        "Bring * |FNAME| * & water.",
        "To 2 volunteers.",
        f"Next: clerk call send {NAME} --approve ",
    ):
        assert part in said
    assert "@" not in said
    assert not went(town_)


def test_it_goes_once_to_those_who_said_so_and_is_recorded(town_: Town, clerk: Clerk) -> None:
    """ST-2, DP-4"""
    approve = ("--approve", word(clerk(*SHOW)), *OFFICER)
    assert clerk(*SEND, *approve) == "Sent to 2 volunteers.\n"
    with pytest.raises(Refused, match=f"call “{NAME}” was already sent to 2 people"):
        clerk(*SEND, *approve)
    town_.night()
    assert went(town_) == {address_of(0): 1, address_of(1): 1}
    assert "This email was sent to 2 volunteers." in clerk(*SHOW)
    with town_.ledger() as ledger:
        (line,) = ledger.votes.lines("")
    assert (line.who, line.event) == ("Thea", VolunteersCalled(call=NAME, people=2))
    assert sentence(line.event) == "sent a call to action to volunteers"


def test_killed_when_it_has_gone_the_record_says_who_approved(
    town_: Town, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve = ("--approve", word(clerk(*SHOW)), *OFFICER)
    settle = Mailings.settle

    def dies(self: Mailings, *of: Any, **more: Any) -> None:
        settle(self, *of, **more)
        raise RuntimeError("power")

    with monkeypatch.context() as broken:
        broken.setattr(Mailings, "settle", dies)
        with pytest.raises(RuntimeError, match="power"):
            clerk(*SEND, *approve)
    with pytest.raises(Refused, match="already sent to 2 people"):
        clerk(*SEND, *approve)
    with town_.ledger() as ledger:
        assert [one.event for one in ledger.votes.lines("")] == [
            VolunteersCalled(call=NAME, people=2)
        ]


def test_what_came_of_it_is_shown_once_it_went(town_: Town, clerk: Clerk) -> None:
    clerk(*SEND, "--approve", word(clerk(*SHOW)), *OFFICER)
    assert "Emails that were delivered: 2. Emails that came back: 0." in clerk(*SHOW)


def test_two_officers_approve_it_where_the_chapter_asks_for_two(town_: Town, clerk: Clerk) -> None:
    officers = "".join(
        f'[[officers]]\nname = "{name}"\nmay = ["look", "act"]\n\n' for name in ("Thea", "Omar")
    )
    town_.rewrite("[[workbooks]]", f"{officers}[approvals]\ncalls = 2\n\n[[workbooks]]")
    approve = ("--approve", word(clerk(*SHOW)))
    for who in ("Thea", "thea"):
        with pytest.raises(AskAPerson, match="one more officer must approve"):
            clerk(*SEND, *approve, "--by", who)
    with pytest.raises(Refused, match="2 officers approve this"):
        clerk(*SEND, *approve, "--by", "Somebody")
    assert not went(town_)
    assert clerk(*SEND, *approve, "--by", "Omar") == "Sent to 2 volunteers.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "only a call that an officer looked at is sent"),
        (("--approve", "000000000000"), "only a named officer can send it"),
        (("--approve", "000000000000", *OFFICER), "the approval names 000000000000"),
    ],
)
def test_only_what_a_named_officer_looked_at_is_sent(
    town_: Town, clerk: Clerk, options: tuple[str, ...], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        clerk(*SEND, *options)
    assert not went(town_)


def test_a_consent_that_was_taken_back_since_is_another_call(town_: Town, clerk: Clerk) -> None:
    before = word(clerk(*SHOW))
    with town_.edit("Profiles") as rows:
        rows.append(["2026-01-06", address_of(0), "canvass", None, None, "no"])
    town_.night()
    with pytest.raises(Refused, match="but the email is now"):
        clerk(*SEND, "--approve", before, *OFFICER)
    assert "To 1 volunteer." in clerk(*SHOW)


def test_who_unsubscribed_is_counted_and_gets_none(town_: Town, clerk: Clerk) -> None:
    """DP-4"""
    town_.member(address_of(0)).status = "unsubscribed"
    town_.night()
    assert "To 1 volunteer. No email reaches 1 other." in clerk(*SHOW)


def test_a_broken_try_sends_nobody_a_second_one(
    town_: Town, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("the power went out")

    approve = ("--approve", word(clerk(*SHOW)), *OFFICER)
    with monkeypatch.context() as broken:
        broken.setattr(Mailings, "settle", dies)
        with pytest.raises(RuntimeError, match="power"):
            clerk(*SEND, *approve)
    assert clerk(*SEND, *approve) == "Sent to 2 volunteers.\n"
    assert went(town_) == {address_of(0): 1, address_of(1): 1}


def test_the_spanish_text_is_below_where_there_is_one(town_: Town, clerk: Clerk) -> None:
    assert "español" not in clerk(*SHOW)
    town_.rewrite("zone = ", 'languages = ["en", "es"]\nzone = ')
    assert "en español más abajo" not in clerk(*SHOW)
    file(town_, "email-es.txt").write_text("Subject: Venga\n\nA las 10.\n", "utf-8")
    said = clerk(*SHOW)
    assert "Knock on doors with us / Venga" in said
    assert said.index("español más abajo") < said.index("We meet at 10.") < said.index("A las 10.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Subject: WRITE THE SUBJECT\n\nWRITE WHAT THERE IS TO DO, WHEN, AND WHERE.\n",
         "nobody has written this text yet"),
        ("Come along\n\nNow.\n", "the text has no subject"),
        ("Subject: \n\nNow.\n", "the text has no subject"),
        (f"Subject: {'x' * 151}\n\nNow.\n", "longer than 150"),
        ("Subject: Come along\n\n", "there is no text below the subject"),
        ("Subject: Come\n\nAsk ann@example.org\n", "the text contains an email address"),
    ],
)  # fmt: skip
def test_a_text_that_nobody_should_get_is_refused(
    town_: Town, clerk: Clerk, text: str, said: str
) -> None:
    write(town_, text)
    with pytest.raises(FixTheSettings, match=said) as refused:
        clerk(*SHOW)
    assert f"calls/{NAME}/email.txt" in str(refused.value)
    assert "@" not in str(refused.value)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('offers = ["canvas"]', "the nearest is “canvass”"),
        ('offers = "canvass"', "offers: write a list"),
        ('status = ["lapsed"]', "status"),
        ('voted = ["Yes"]', "there is no such setting"),
        ('replies = "2026-05-02 Canvass"', "no form in the settings is for this event"),
    ],
)
def test_a_call_that_asks_for_what_there_is_not_is_refused(
    town_: Town, clerk: Clerk, toml: str, said: str
) -> None:
    file(town_, "call.toml").write_text(f"{toml}\n", "utf-8")
    with pytest.raises(FixTheSettings, match=said):
        clerk(*SHOW)


def test_its_names_are_told_and_none_is_taken_twice(town_: Town, clerk: Clerk) -> None:
    with pytest.raises(FixTheSettings, match=f"the calls are: {NAME}"):
        clerk("call", "show", "other")
    with pytest.raises(FixTheSettings, match="a call of this name already"):
        clerk("call", "new", NAME)
    with pytest.raises(FixTheSettings, match="not a valid name"):
        clerk("call", "new", "../up")
    assert file(town_).read_text("utf-8") == TEXT


def test_replies_are_the_forms_of_the_event_and_are_counted(town_: Town, clerk: Clerk) -> None:
    event = "2026-05-02 Canvass"
    town_.sandbox.google.add_form("come-along", "Come along").add_text("Email address")
    holds = f'[[forms]]\nid = "come-along"\nholds = "event_sign_ins"\nevent = "{event}"\n\n'
    town_.rewrite(f'[[forms]]\nid = "{SIGN_IN}"', f'{holds}[[forms]]\nid = "{SIGN_IN}"')
    file(town_, "call.toml").write_text(f'offers = ["canvass"]\nreplies = "{event}"\n', "utf-8")
    assert "Sign up: https://docs.google.com/forms/d/e/come-along/viewform" in clerk(*SHOW)
    form = town_.sandbox.google.forms["come-along"]
    form.submit({form.questions()[0]["questionId"]: address_of(0)}, town_.clock())
    town_.night()
    assert "Answers of the form for its event so far: 1." in clerk(*SHOW)
