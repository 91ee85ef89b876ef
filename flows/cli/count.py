"""`clerk count` and `clerk recount`: any group's vote, without an account, a ledger or Prefect.

Heavy imports stand inside the functions: most of what the other commands import takes longer than
a count.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.printable import echo, json_text

if TYPE_CHECKING:
    from datetime import date

    from flows.counting.count import Counted
    from models.tally.outcome import Result

Bylaws = Annotated[
    Path | None,
    typer.Option("--bylaws", help="A file with other bylaws, in TOML.", show_default=False),
]

_MARKS = {True: "✓ {}", False: "✗ {}", None: "– {}: only the tellers' report shows this (BA-6)"}
"""How a re-count tells what is the same, what differs, and what this report keeps back."""


def count(
    ballots: Annotated[
        Path, typer.Argument(help="The ballots: a CSV or XLSX file with one row per ballot.")
    ],
    contest: Annotated[
        Path, typer.Option(help="The contest file: what was voted on and how to count it.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            help="The folder for the report and its pages. The ballots go into its tellers/ folder."
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the report of another count in this folder.")
    ] = False,
    bylaws: Bylaws = None,
    on: Annotated[
        str,
        typer.Option(
            "--on",
            help="Use the bylaws in effect on this day, such as 2026-03-31. If left out, the "
            "report's date in the contest file, or today.",
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON, for scripts.")
    ] = False,
) -> None:
    """Count a file of ballots for any group. No account needed."""
    from flows.counting.count import count_files, report_of, write

    counted = count_files(ballots, contest, bylaws, _day(on))
    if out:
        write(counted, out, replace=replace)
    if as_json:
        echo(json_text(report_of(counted)))
    else:
        _show(counted, out, built_in=bylaws is None)
    _warn(counted, in_answer=not as_json)


def recount(
    report: Annotated[
        Path, typer.Argument(help="A folder that `clerk count` wrote, or the report in it.")
    ],
    ballots: Annotated[Path, typer.Argument(help="The ballot file that was counted.")],
    bylaws: Bylaws = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """Recount the ballots of a report in two ways, and show what matches."""
    from flows.counting.recount import recount as run
    from models.errors import FixTheData

    proofs = run(report, ballots, bylaws)
    if as_json:
        echo(json_text({proof.what: proof.same for proof in proofs}))
    else:
        for proof in proofs:
            echo(_MARKS[proof.same].format(proof.what))
    if wrong := [proof.what for proof in proofs if proof.same is False]:
        raise FixTheData(
            f"the numbers differ: {', '.join(wrong)}",
            where=report.name,
            next_step="compare the hashes: a different ballot file, contest, or bylaws version "
            "was counted",
        )


def _day(typed: str) -> "date | None":
    if not typed:
        return None
    from flows.cli.typed import day_from

    return day_from(typed)


def _needed(result: "Result") -> str:
    from models.tally.advisory import is_advisory

    if is_advisory(result):
        return "Nothing is needed: the vote is advisory (SC-7)."
    return f"Needed: {result.bar} of {result.base}."


def _rules(counted: "Counted", *, built_in: bool) -> str:
    if counted.file.contest.rules == "public":
        return 'Rules: those of the contest file alone (rules = "public").'
    built = " (built in; --bylaws FILE names others)" if built_in else ""
    return f"Rules: {counted.edition.name}{built}."


def _inactive(result: "Result") -> str:
    """Of the ballots that stand with no choice at the end, those with an error on them."""
    last = result.rounds[-1].inactive
    many = {
        "with a choice ranked twice": last.repeated,
        "with several choices in one place": last.overvotes,
        "with too many ranks left out": last.skipped,
    }
    told = ", ".join(f"{number} {why}" for why, number in many.items() if number)
    return f"Inactive for an error on the ballot (BA-3): {told}." if told else ""


def _show(counted: "Counted", out: Path | None, *, built_in: bool) -> None:
    """The result in words, then the rounds, then what else a reader must know."""
    from flows.counting.count import taken_part
    from models.bylaws.tally_rules import in_words
    from models.tally.advisory import is_advisory
    from models.text.formats import amount

    result, sums = counted.result, counted.result.sums
    echo(f"{result.title}: {result.outcome}")
    echo(
        f"{amount(sums.ballots, 'ballot')} = {sums.counted} counted + {sums.blank} blank + "
        f"{sums.unreadable} unreadable (BA-2). {_needed(result)}"
    )
    echo(_rules(counted, built_in=built_in))
    if line := taken_part(counted):
        echo(f"{line} (SC-R2, SC-4).")
    names = [*result.choices]
    width = max(map(len, [*names, "Inactive"]))
    echo("".join(["Round".ljust(width), *(f"{one.number:>10}" for one in result.rounds)]))
    for name in names:
        row = [f"{one.tally.get(name, '–'):>10}" for one in result.rounds]
        echo("".join([name.ljust(width), *row]))
    if not is_advisory(result):
        needed = (f"{one.threshold:>10}" for one in result.rounds)
        echo("".join(["Needed".ljust(width), *needed]))
    inactive = (f"{one.inactive.total - one.inactive.undervotes:>10}" for one in result.rounds)
    echo("".join(["Inactive".ljust(width), *inactive]))
    if line := _inactive(result):
        echo(line)
    for tie in result.ties:
        echo(tie.explanation)
    for reading in result.readings:
        if reading.differs:
            other = f"{reading.setting}: {in_words(reading.value)}"
            echo(f"Under another interpretation ({reading.rule}, {other}): {reading.outcome}")
    for note in result.notes:
        echo(str(note))
    if counted.disagreements is not None:
        echo("A second, independent count agrees.")
    if out:
        echo(f"Written to {out}. Do not publish its tellers folder (BA-6).")


def _warn(counted: "Counted", *, in_answer: bool) -> None:
    """What the tellers must know beside the answer; an open tie stops here.

    Raises:
        AskAPerson: a tie that a recorded decision must settle (EN-R5).
    """
    from models.errors import AskAPerson
    from models.tally.outcome import NoteKind

    for remark in counted.ballots.remarks:
        echo(f"The ballot file: {remark}.", err=True)
    for fault in counted.ballots.set_aside:
        echo(f"Rejected (BA-2): {fault.place}: {fault.reason}", err=True)
    if not in_answer and any(n.kind is NoteKind.UNANIMOUS for n in counted.result.notes):
        echo(f"For the tellers: {NoteKind.UNANIMOUS} (BA-6).", err=True)
    if tie := counted.result.question:
        picked = "elected" if tie.for_election else "eliminated"
        raise AskAPerson(
            "; ".join([tie.explanation, *(f"{n}: {end}" for n, end in tie.branches.items())]),
            where=f"contest {counted.result.contest}, round {tie.round}",
            rule="EN-R5",
            next_step="decide by a drawing with a published seed or by a committee vote who of "
            f"them is {picked}; record that one as `picked` in contest.toml under [[decisions]]; "
            "then count again",
        )
