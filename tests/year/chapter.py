"""An invented chapter whose committee lives its year: votes by name, one after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from zoneinfo import ZoneInfo

from connectors import elections
from connectors.sandbox import invented_election as invented
from connectors.sandbox.invented import ZONE, address_of, name_of
from flows.votes.ballot_form import build_form
from flows.votes.emails import to_all_members
from flows.votes.emails.to_all_members import ToAll
from flows.votes.lifecycle import approve
from flows.votes.publish import publish
from flows.votes.schedule import tick
from models.mail.plans import UnsafePlan
from models.tally.outcome import OutcomeKind
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from tests.conftest import Clock
from tests.flows.town import Town

TZ = ZoneInfo(ZONE)
OFFICER = "Thea Novak"
GRACE = timedelta(minutes=10)
Marks = Mapping[str, str | Sequence[str]]
"""Header, or a pattern such as ``Recommend*`` → what is marked there."""
Interrupt = Callable[[str, Town], None]
"""What befalls an act before it is done: its name, and the chapter."""


def undisturbed(_act: str, _town: Town) -> None:
    """Nothing."""


@dataclass
class Year:
    """A town, and how its clock strikes."""

    town: Town
    clock: Clock
    befalls: Interrupt = undisturbed
    held: list[str] = field(default_factory=list)
    """The votes that were held, in order."""

    def at(self, *moment: int) -> datetime:
        """Move the clock to a moment of the chapter's own zone."""
        self.clock.at = datetime(*moment, tzinfo=TZ)  # type: ignore[arg-type, misc]  # year to minute
        return self.clock.at

    def night(self) -> None:
        """A night; a person has looked at a plan that a guard stopped."""
        self._begins("night")
        try:
            self.town.night()
        except UnsafePlan:
            looked = self.town.night(apply=False)
            self.town.night(approve=looked.plan.fingerprint)

    def _begins(self, act: str) -> None:
        """What befalls an act; it is done, or taken up again, five minutes later."""
        self.befalls(act, self.town)
        self.clock.go(minutes=5)

    def strikes(self) -> None:
        """The clock strikes once."""
        self._begins("strike")
        with self.town.context() as context:
            tick(context)

    def calls(self, kind: ToAll) -> None:
        """An officer looks at an email to all members, and sends it."""
        self._begins(f"call {kind}")
        with self.town.context() as context:
            if to_all_members.gone(context, kind) is None:
                call = to_all_members.look(context, kind)
                to_all_members.send(context, call.fingerprint, OFFICER, kind)

    def meet(self, day: date, name: str, kind: str = "monthly meeting", people: int = 40) -> None:
        """Everybody comes to a meeting."""
        with self.town.edit("Events") as rows:
            rows.append([str(day), name, kind, *[None] * (len(rows[0]) - 3)])
        with self.town.edit("Sign-ins") as rows:
            heads = [str(head) for head in rows[0]]
            told = {"Timestamp": str(day), "Event": f"{day} {name}"}
            for number in range(people):
                told |= {"Email address": address_of(number), "Name": name_of(number)}
                rows.append([told.get(head) for head in heads])

    def draft(self, name: str, closes: datetime, contests: Sequence[Any], **table: Any) -> None:
        """A draft that opens now, with a form of its own."""
        said = {
            "title": name.capitalize(),
            "opens": self.clock.at.astimezone(TZ).replace(tzinfo=None),
            "closes": closes.replace(tzinfo=None),
            "ballots": {"form": f"{name}-ballot"},
        }
        elections.write_new(self.town.folder, name, said | table, contests)

    def hold(
        self,
        name: str,
        marks: Marks,
        *,
        but: Mapping[str, Marks] | None = None,
        publishes: bool = True,
    ) -> ElectionRecord:
        """Approve a draft, open it, let all vote, close, count, and publish it.

        Args:
            but: address → what this person marks instead.
            publishes: whether an officer publishes it.
        """
        self.town.sandbox.google.add_form(f"{name}-ballot", "Untitled form")
        with self.town.context() as context:
            election = context.election(name)
            build_form(context, election)
            approve(context, name, OFFICER)
        self.night()
        self.strikes()
        for address, code in self._codes(name, election.electorate).items():
            self._votes(name, code, (but or {}).get(address, marks))
        for moment in (election.closes, election.closes + GRACE):
            self.clock.at = moment
            self.strikes()
        if publishes:
            self.publishes(name)
        self.strikes()
        self.held.append(name)
        return self._vote(name)

    def publishes(self, name: str) -> None:
        """An officer publishes it, unless the clock did."""
        if self._vote(name).state is ElectionState.COUNTED:
            self._begins(f"publish {name}")
        if (vote := self._vote(name)).state is ElectionState.COUNTED:
            with self.town.context() as context:
                publish(context, vote, OFFICER)

    def _vote(self, name: str) -> ElectionRecord:
        with self.town.ledger() as ledger:
            found = ledger.votes.get(name)
            assert found
            return found

    def _codes(self, name: str, electorate: str) -> dict[str, str]:
        tag = {"members": "CLBALLOT", "committee": "CLCOMMIT"}[electorate]
        outbox = self.town.sandbox.mailchimp.outbox
        return {
            letter.to: letter.values[tag]
            for letter in outbox
            if letter.title.startswith(f"clerk: {name} invitation")
        }

    def _votes(self, name: str, code: str, marks: Marks) -> None:
        form = self.town.sandbox.google.forms[f"{name}-ballot"]
        answers: dict[str, Any] = {}
        for header, question in invented.questions(form):
            said = code if header == "Ballot code" else _mark(marks, header)
            if said:
                answers[question] = said
        form.submit(answers, self.clock.at)


def _mark(marks: Marks, header: str) -> str | Sequence[str]:
    return next((said for title, said in marks.items() if fnmatchcase(header, title)), "")


def outcomes(vote: ElectionRecord) -> dict[str, OutcomeKind]:
    """How each contest ended."""
    assert vote.result
    return {name: one.kind for name, one in vote.result.outcomes.items()}
