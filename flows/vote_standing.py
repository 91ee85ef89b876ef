"""Why somebody may or may not vote in one vote: its frozen roll, with the evidence held there.

Once a vote has opened its roll decides, whatever the sheets say since (VM-R3); before that it is
how somebody stands on the record date. Local only, names included (DP-3).
"""

from typing import Any

from flows import console, views
from flows.desk import Desk
from flows.election import on_the_clock
from models.elections import Election
from models.errors import FixTheData
from models.frozen_roll import RollVoter
from models.roll import Entry


def asked(desk: Desk, name: str) -> Election:
    """The vote asked about: as it was approved, else as its folder says.

    Raises:
        FixTheSettings: there is none of this name.
        FixTheData: its roll has been destroyed.
    """
    vote = desk.ledger.votes.get(name)
    if vote and vote.opened and not desk.ledger.votes.roll(name):
        raise FixTheData(
            "the frozen roll of this vote is not held any more, and so it says nothing of anybody",
            where=f"election {name}",
            rule="DP-6",
            next_step=f"`clerk election history {name}` says what became of it",
        )
    return vote.election if vote else desk.election(name)


def show(desk: Desk, election: Election, entry: Entry, *, as_json: bool) -> None:
    """The answer, then what it rests on.

    Args:
        entry: the person, judged on the record date by the sheets as last read.
    """
    vote = desk.ledger.votes.get(election.name)
    opened = vote.opened if vote else None
    roll = desk.ledger.votes.roll(election.name) if opened else []
    lines = [v for v in roll if entry.person.id in (v.person, v.frozen_as)]
    line = max(lines, key=lambda one: one.on_roll, default=None)
    if as_json:
        console.print_json(_for_a_script(election, entry, line, frozen=bool(opened)))
        return
    name, day = views.name_of(entry.person), election.record_date
    if not opened:
        console.title(f"“{election.title}” has not opened; its roll is taken for {day} (VM-R3).")
        console.say(f"As things are: {views.sentence(entry, why=False)}")
        views.show_because(entry)
        return
    taken = f"the roll of {day}, frozen {on_the_clock(desk, opened)} (VM-R3)"
    if line and line.on_roll:
        console.title(f"{name} may vote in “{election.title}”: on {taken}.")
    elif line:
        console.title(f"{name} may not vote in “{election.title}”: struck from {taken}.")
    else:
        console.title(f"{name} may not vote in “{election.title}”: not on {taken}.")
    if line:
        _show_line(election, line)
    else:
        console.say(f"By the sheets as last read: {views.sentence(entry, why=False)}")
        views.show_because(entry)
        if entry.standing.may_vote:
            console.say(
                "The sheets were corrected since. Next, if that is right: "
                f"clerk election exception {election.name} {entry.person.id} --reason … --by …"
            )


def _show_line(election: Election, line: RollVoter) -> None:
    if line.exception:
        console.say(f"  exception: {line.exception}")
    for because in line.because:
        console.say(f"  ✓ {because}")
    if line.evidence:
        console.say("Evidence held on the roll:")
    for day, event in line.evidence:
        console.say(f"  – {day} {event}")
    if election.districts:
        console.say(f"District on the roll: {line.district or 'none'} (EN-12)")


def _for_a_script(
    election: Election, entry: Entry, line: RollVoter | None, *, frozen: bool
) -> dict[str, Any]:
    """The id, not the name."""
    told = {
        "election": election.name,
        "person": entry.person.id,
        "record_date": election.record_date,
        "frozen": frozen,
        "on_roll": line.on_roll if line else False if frozen else None,
        "exception": line.exception if line else "",
        "district": line.district if line else "",
        "evidence": [{"day": d, "name": n} for d, n in line.evidence] if line else [],
    }
    return told | {"by_the_sheets": views.as_json(entry)}
