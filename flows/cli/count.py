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

Bylaws = Annotated[
    Path | None,
    typer.Option("--bylaws", help="Other bylaws, as TOML.", show_default=False),
]

_MARKS = {True: "✓ {}", False: "✗ {}", None: "– {}: only the tellers' report can tell (BA-6)"}
"""How a re-count tells what is the same, what differs, and what this report keeps back."""


def count(
    ballots: Annotated[Path, typer.Argument(help="CSV or XLSX: a row a ballot.")],
    contest: Annotated[Path, typer.Option(help="What was voted on, and how it is counted.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Where the report and its pages go; the ballots to its tellers/ folder."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="The folder holds another count's report: drop that.")
    ] = False,
    bylaws: Bylaws = None,
    on: Annotated[
        str,
        typer.Option(
            "--on",
            help="By the edition in force on this day, such as 2026-03-31; if left out, on the "
            "report's date in the contest, or else today.",
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the report for a script.")] = False,
) -> None:
    """Count a file of ballots: any group's, without an account."""
    from flows.counting.count import count_files, report_of, write

    counted = count_files(ballots, contest, bylaws, _day(on))
    if out:
        write(counted, out, replace=replace)
    if as_json:
        echo(json_text(report_of(counted)))
    else:
        _show(counted, out)
    _warn(counted, in_answer=not as_json)


def recount(
    report: Annotated[Path, typer.Argument(help="A folder that count wrote, or its report.")],
    ballots: Annotated[Path, typer.Argument(help="The ballots it says it counted.")],
    bylaws: Bylaws = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a script.")] = False,
) -> None:
    """Count the ballots of a report again, twice, and say what is the same."""
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
            next_step="compare the digests: another ballot file, contest or edition was counted",
        )


def _day(typed: str) -> "date | None":
    if not typed:
        return None
    from flows.cli.typed import day_from

    return day_from(typed)


def _show(counted: "Counted", out: Path | None) -> None:
    """The result in words, then the rounds, then what else a reader must know."""
    from flows.counting.count import taken_part
    from models.bylaws.tally_rules import in_words

    result, sums = counted.result, counted.result.sums
    echo(f"{result.title}: {result.outcome}")
    echo(
        f"{sums.ballots} ballots = {sums.counted} counted + {sums.blank} blank + "
        f"{sums.unreadable} unreadable (BA-2). Needed: {result.bar}; base: {result.base}."
    )
    if line := taken_part(counted):
        echo(f"{line} (SC-R2, SC-4).")
    names = [*result.choices]
    width = max(map(len, [*names, "Inactive"]))
    echo("".join(["Round".ljust(width), *(f"{one.number:>10}" for one in result.rounds)]))
    for name in names:
        row = [f"{one.tally.get(name, '–'):>10}" for one in result.rounds]
        echo("".join([name.ljust(width), *row]))
    needed = (f"{one.threshold:>10}" for one in result.rounds)
    echo("".join(["Needed".ljust(width), *needed]))
    inactive = (f"{one.inactive.total - one.inactive.undervotes:>10}" for one in result.rounds)
    echo("".join(["Inactive".ljust(width), *inactive]))
    for tie in result.ties:
        echo(tie.explanation)
    for reading in result.readings:
        if reading.differs:
            other = f"{reading.setting}: {in_words(reading.value)}"
            echo(f"Read otherwise ({reading.rule}, {other}): {reading.outcome}")
    for note in result.notes:
        echo(str(note))
    if counted.disagreements is not None:
        echo("A second count, made apart, agrees.")
    if out:
        echo(f"Written to {out}; its tellers folder is not for publication (BA-6).")


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
        echo(f"Set aside (BA-2): {fault.place}: {fault.reason}", err=True)
    if not in_answer and any(n.kind is NoteKind.UNANIMOUS for n in counted.result.notes):
        echo(f"For the tellers: {NoteKind.UNANIMOUS} (BA-6).", err=True)
    if tie := counted.result.question:
        raise AskAPerson(
            "; ".join([tie.explanation, *(f"{n}: {end}" for n, end in tie.branches.items())]),
            where=f"contest {counted.result.contest}, round {tie.round}",
            rule="EN-R5",
            next_step="decide by a lot with a published seed, or by the committee; record it in "
            "contest.toml under [[decisions]]; count again",
        )
