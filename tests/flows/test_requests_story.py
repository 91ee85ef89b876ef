"""A story: seven members ask for seven things, and each gets an end (ST-3).

Lin asks for her status, Omar was at a meeting that does not show, and so on. Only what is on the
form, what an officer types, and what is in the mailboxes is looked at.
"""

import json

from typer.testing import CliRunner

from connectors.sandbox.invented import address_of
from flows.cli.main import app
from flows.nightly.facts import facts_of, year_of
from flows.nightly.night import SyncOptions
from flows.nightly.sources import known_sources
from flows.privacy import person
from flows.tabs.by_hand import sync_by_hand
from models.year.requests import RequestKind
from tests.flows.test_committee_year import Clerk, clerk
from tests.flows.test_requests import ask, asking, code, mail
from tests.flows.town import Town

__all__ = ("asking", "clerk")
BY = ("--by", "Thea")
LIN, OMAR, RUTH, ADA, BO, SAM, KIM = map(address_of, (0, 1, 2, 3, 4, 6, 7))
ASKED = (
    (LIN, "my status"),
    (OMAR, "corregir mi asistencia", "EVENT"),
    (RUTH, "consider an endorsement", "Sheriff"),
    (ADA, "nominate", "Bo Birch", BO),
    (BO, "propose a priority", "Shade trees at bus stops"),
    (SAM, "ver mis datos"),
    (KIM, "erase my data"),
)


def night(town: Town) -> None:
    """As an officer runs it by hand, with all that follows it."""
    said: list[str] = []
    with town.context() as context:
        sync_by_hand(context, SyncOptions(apply=True), tell=said.append, remark=said.append)
    assert not [one for one in said if "could not" in one]


def test_seven_members_ask_for_seven_things_and_each_gets_an_end(
    asking: Town, clerk: Clerk
) -> None:
    with asking.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        rules = context.bylaws.in_force(facts.today).membership
        mine = person.find(context, OMAR).standing.counted
        event = next(
            one
            for one in reversed(facts.events)
            if one not in mine and not one.of_the_log and not one.why_not(rules, facts.today)
        )
    for who, kind, *more in ASKED:
        ask(asking, who, kind, *(one.replace("EVENT", str(event)) for one in more))

    # The same night: Lin has her answer, the others a receipt, two of them with a code.
    night(asking)
    assert sorted(mail(asking)) == sorted(
        [(LIN, "request 1 status")]
        + [(who, f"request {n} receipt") for n, (who, *_) in enumerate(ASKED[1:], start=2)]
    )
    waiting = json.loads(clerk("requests", "list", "--json"))
    assert [one["kind"] for one in waiting] == [one.value for one in RequestKind]
    assert [one["state"] for one in waiting] == [
        "answered", "open", "open", "open", "open", "waits for its code", "waits for its code",
    ]  # fmt: skip

    # Thea decides; Sam answers the form again, Kim tells the code by telephone.
    for number in "2345":
        clerk("requests", "accept", number, *BY)
    ask(asking, SAM, "ver mis datos", None, None, code(asking, 6))
    clerk("requests", "code", "7", code(asking, 7), *BY)
    night(asking)
    with asking.context() as context:
        assert event in person.find(context, OMAR).standing.counted
        book = year_of(context)
        assert [one.name for one in book.nominations] == ["Bo Birch"]
        assert [one.text for one in book.proposals] == ["Shade trees at bus stops"]
        shown = [one.what for one in person.held_on(context, person.find(context, SAM))]
        assert any("request 6" in one for one in shown)
        person.forget(context, person.find(context, KIM), "Thea")
    clerk("requests", "answer", "6", "--why", "We went through it by telephone.", *BY)
    clerk("requests", "answer", "3", "--why", "The committee takes it up in May.", *BY)
    night(asking)

    # Each has an end, and who could get an email has one.
    ends = json.loads(clerk("requests", "list", "--json"))
    assert {one["state"] for one in ends[:7]} == {"answered"}
    assert clerk("requests", "list") == "No request waits.\n"
    assert sorted(who for who, what in mail(asking) if what.endswith("end")) == sorted(
        [OMAR, RUTH, ADA, BO, SAM]
    )
    assert len(mail(asking)) == len(set(mail(asking)))
    assert not [one for one in asking.audience.segments.values() if "request" in one.name]


def test_a_chapter_that_reads_no_requests_is_told_so(town: Town) -> None:
    """That none waits would sound like good news."""
    told = CliRunner().invoke(app, ["requests", "list", "--chapter", str(town.folder)]).output
    assert told == "No tab or form of requests is connected. Next: clerk help requests\n"
