"""Voters on the list whose ballot letter could not be made: they are called at once (DP-4).

The list can refuse one contact's code, for an old value of theirs say, or put somebody into no
segment. They stand on the list, so that nothing else would tell of them. Kept as a small note of
the ledger by the ids of the frozen roll, until a later letter has them, or the vote is over.
"""

from collections.abc import Collection, Mapping

from pydantic import TypeAdapter

from connectors.ledger import Ledger
from flows.notes import noted
from models.intake.people import PersonId
from models.mail.refusals import WhyRefused
from models.votes.frozen_roll import RollEntry

Untold = Mapping[PersonId, WhyRefused]
_NOTED = TypeAdapter(dict[PersonId, WhyRefused])


def note(ledger: Ledger, vote: str, asked: Collection[PersonId], untold: Untold) -> None:
    """Remember whom a letter does not reach, though it was for them.

    Args:
        asked: everybody on the list whom it is for; who of them is not in `untold` has a letter.
    """
    held = _read(ledger, vote)
    lines = [v for v in ledger.votes.roll(vote) if v.person in asked]
    kept = {who: why for who, why in held.items() if who not in {v.frozen_as for v in lines}}
    kept |= {v.frozen_as: untold[v.person] for v in lines if v.person in untold}
    if kept != held:
        ledger.set_note(_name(vote), _NOTED.dump_json(kept).decode())


def of(ledger: Ledger, vote: str, roll: Collection[RollEntry]) -> dict[PersonId, str]:
    """For whom the last ballot letter could not be made, and why; an earlier one may have been."""
    held = _read(ledger, vote)
    return {
        voter.person: (
            "they were not in the last email, because the list rejected it: "
            f"{held[voter.frozen_as]}"
        )
        for voter in roll
        if voter.on_roll and voter.frozen_as in held
    }


def forget(ledger: Ledger, vote: str) -> None:
    """The vote is over: nobody can be told to vote."""
    if _read(ledger, vote):
        ledger.set_note(_name(vote), "")


def _read(ledger: Ledger, vote: str) -> dict[PersonId, WhyRefused]:
    return noted(ledger, _name(vote), _NOTED, {})


def _name(vote: str) -> str:
    return f"no letter of {vote}"
