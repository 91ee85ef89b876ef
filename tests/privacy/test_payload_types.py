"""Each destination has its own types: a person where none belongs is no value at all.

Rules: DP-3. First what mypy says of it, then what happens when it runs all the same.
"""

import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.google import payloads as to_google
from connectors.google.answers import Changed
from connectors.mailchimp import payloads as to_mailchimp
from connectors.mailchimp.answers import OurSegment
from flows.scheduler import orchestrator as to_prefect
from models.errors import Refused
from models.outgoing import Payload
from models.privacy import Email, Name
from tests.flows.town import Town

ANN, WHO = Email("ann@example.org"), Name("Ann Alder")

WRONG = """
    from connectors.mailchimp.payloads import *
    from connectors.mailchimp.client import MailchimpClient
    from connectors.mailchimp.answers import OurSegment
    from connectors.google.answers import Changed
    from connectors.google.client import GoogleClient
    from connectors.google.payloads import *
    from flows.scheduler.orchestrator import *
    from models.privacy import Email, Name

    ann, who = Email("ann@example.org"), Name("Ann Alder")

    def mailchimp(client: MailchimpClient) -> None:
        client.call(OurSegment, client.lists.create_segment, "list", {"name": "Ann"})
        client.call(OurSegment, client.lists.create_segment, ann)
        client.do(client.campaigns.send_test_email, "campaign", {"name": "Ann"})
        EmptySegment(name=who)
        NewMergeField(tag="CLX", name=who)
        ChangedContact(email_address=ann, merge_fields={"CLX": who})
        ChangedContact(email_address=who, merge_fields={})
        SegmentChange(members_to_add=("ann@example.org",))
        NewCampaign(audience="l", segment=1, title=who, subject="s", from_name="f", reply_to="r")
        Content(html=who, plain_text="")
        TrialLetter(test_emails=(who,))
        BallotCode(address=ann, code="AAAA")

    def google(client: GoogleClient) -> None:
        client.write(Changed, "put", "https://sheets.googleapis.com/", {"values": [["Ann"]]})
        Rows(rows=(("Sign-ins!B17", who),))
        Rows(rows=((ann,),))
        RollLine(name=ann, id="p", told=())
        RollLine(name=who, id="p", told=(who,))
        NewTab(sheet=1, title=who, rows=1)
        FormItem(title=who, kind="text", options=(), rows=(), help="")
        FormItem(title="", kind="text", options=(who,), rows=(), help="")
        NewForm(title=who, description="", items=())
        NewForm(title="", description=ann, items=())

    def prefect() -> None:
        show("rivertown", {"Ann Alder": 1})
        announce("clerk.election.closed", {"prefect.resource.id": "Ann"})
        VoteTold(chapter="rivertown", election=who)
        RunTold(deployment="a/b", election=who, moment=datetime.min)
        NightTold(day=date.min, fingerprint="", standings={who: 1})
        NightTold(day=date.min, fingerprint="", standings={"Ann Alder": 1})
        NightTold(day=date.min, fingerprint="", standings={}, letters={"to Ann": 1})
        NightTold(day=date.min, fingerprint=ann, standings={})
"""
"""Each line after a `def` puts somebody where nobody belongs."""


def test_mypy_refuses_a_person_where_none_belongs(tmp_path: Path) -> None:
    trial = tmp_path / "trial.py"
    trial.write_text(textwrap.dedent(WRONG))
    said = subprocess.run(
        [sys.executable, "-m", "mypy", str(trial)],  # what it knows of the rest, it knows still
        capture_output=True, text=True, cwd=Path(__file__).parents[2],
    ).stdout  # fmt: skip
    lines = textwrap.dedent(WRONG).splitlines()
    wrong = {n for n, line in enumerate(lines, 1) if line.startswith("    ")}
    found = {int(line.split(":")[1]) for line in said.splitlines() if ": error:" in line}
    assert found == wrong, said


PERSON_IN_A_TEXT: dict[str, Callable[[Any], Payload]] = {
    "a segment's name": lambda who: to_mailchimp.EmptySegment(name=who),
    "a merge field's name": lambda who: to_mailchimp.NewMergeField(tag="CLX", name=who),
    "a field of ours": lambda who: to_mailchimp.ChangedContact(
        email_address=ANN, merge_fields={"CLSTATUS": who}
    ),
    "a new contact's field": lambda who: to_mailchimp.NewContact(
        address=ANN, name=None, fields={"CLSTATUS": who}
    ),
    "a title": lambda who: campaign(title=who),
    "a subject": lambda who: campaign(subject=who),
    "a sender": lambda who: campaign(from_name=who),
    "the orchestrator's counts": lambda who: night(standings={who: 1}),
    "the orchestrator's changes": lambda who: night(changes={who: 1}),
    "the orchestrator's letters": lambda who: night(letters={who: 1}),
    "a fingerprint": lambda who: night(fingerprint=who),
    "an event": lambda who: to_prefect.VoteTold(chapter="rivertown", election=who),
    "a run": lambda who: to_prefect.RunTold(
        deployment="clock/clock", election=who, moment=datetime.now(UTC)
    ),
    "a line of the review tab": lambda who: to_google.Rows(rows=(("B17", who),)),
    "what the roll tab says of somebody": lambda who: to_google.RollLine(
        name=None, id="p", told=(who,)
    ),
    "the roll tab's header": lambda who: to_google.RollRows(header=(who,), lines=()),
    "the review tab's title": lambda who: to_google.NewTab(sheet=1, title=who, rows=1),
    "a question of a form": lambda who: item(title=who),
    "an option of a form": lambda who: item(options=("Ada Park", who)),
    "a row of a form": lambda who: item(rows=(who,)),
    "a form's title": lambda who: to_google.NewForm(title=who, description="", items=(item(),)),
}


def night(**given: Any) -> to_prefect.NightTold:
    """A night with one thing changed."""
    usual = {"day": date(2026, 3, 31), "fingerprint": "0" * 12, "standings": {}}
    return to_prefect.NightTold(**usual | given)


def item(**given: Any) -> to_google.FormItem:
    """An item of a form with one thing changed."""
    usual = {"title": "Mayor", "kind": "one", "options": (), "rows": (), "help": ""}
    return to_google.FormItem(**usual | given)


def campaign(**given: Any) -> to_mailchimp.NewCampaign:
    """A campaign with one thing changed."""
    usual = {"audience": "l", "segment": 1, "title": "t", "subject": "s", "from_name": "f",
             "reply_to": "clerk@example.org"}  # fmt: skip
    return to_mailchimp.NewCampaign(**usual | given)


@pytest.mark.parametrize("place", PERSON_IN_A_TEXT)
@pytest.mark.parametrize("who", [ANN, WHO, "ann@example.org", "Ann <ann%40example.org>"])
def test_a_person_in_a_text_is_refused_and_not_repeated(place: str, who: object) -> None:
    with pytest.raises((TypeError, Refused)) as refused:
        PERSON_IN_A_TEXT[place](who)
    assert "ann" not in str(refused.value).lower().replace("cannot", "")


@pytest.mark.parametrize("typed", ["Ann Alder", "10th Suffolk", "617 555 0142", "2026-03-01 Ann"])
def test_a_field_of_ours_has_no_room_for_a_name(typed: str) -> None:
    with pytest.raises(TypeError):
        to_mailchimp.ChangedContact(email_address=ANN, merge_fields={"CLSTATUS": typed})


def test_a_payload_has_no_room_for_anything_else() -> None:
    with pytest.raises(TypeError):
        to_mailchimp.ChangedContact(email_address=ANN, merge_fields={}, phone="617")  # type: ignore[call-arg]  # the test


def test_a_payload_prints_nobody() -> None:
    one = to_mailchimp.NewContact(address=ANN, name=WHO, fields={"CLEVENTS": "3"})
    assert "nn" not in repr(one).replace("None", "")
    assert one.model_dump() == {
        "email_address": "ann@example.org",
        "merge_fields": {"CLEVENTS": "3", "FNAME": "Ann", "LNAME": "Alder"},
        "status": "subscribed",
    }


@pytest.mark.parametrize("loose", [{"email_address": "ann@example.org"}, ["x"], ANN])
def test_mailchimp_is_sent_no_loose_json(town: Town, loose: Any) -> None:
    before = len(town.sandbox.requests("mailchimp"))
    with town.context() as context, pytest.raises(TypeError):
        context.mailchimp.call(
            OurSegment, context.mailchimp.lists.create_segment, "rivertown", loose
        )
    assert len(town.sandbox.requests("mailchimp")) == before


@pytest.mark.parametrize("loose", [{"values": [["ann@example.org"]]}, ["x"], ANN])
def test_google_is_sent_no_loose_json(town: Town, loose: Any) -> None:
    address = "https://sheets.googleapis.com/v4/spreadsheets/x/values/A1"
    with town.context() as context:
        before = len(town.sandbox.journal)
        with pytest.raises(TypeError):
            context.google.write(Changed, "put", address, loose)
    assert len(town.sandbox.journal) == before


def test_one_module_tells_prefect_anything() -> None:
    """Flows and tasks apart: artifacts, events, parameters and variables pass by these types."""
    told = re.compile(r"prefect\.(artifacts|events|variables|blocks|deployments import run)")
    flows = Path(to_prefect.__file__).parents[1]
    tellers = {file.name for file in flows.rglob("*.py") if told.search(file.read_text())}
    assert tellers == {"orchestrator.py", "deployments.py"}  # the latter names a trigger
