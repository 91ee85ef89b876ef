"""`clerk attendees` and `clerk dues`: lists from files, looked at first (DP-2, VM-3)."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from flows.cli.options import HERE, By, Folder, Json

if TYPE_CHECKING:
    from flows.context import ChapterContext
    from flows.lists.attendees import Attendees
    from flows.lists.dues import DuesFile

L = TypeVar("L", bound="Attendees | DuesFile")
File = Annotated[
    Path | None, typer.Argument(help="A CSV or Excel (.xlsx) file, its columns in any order.")
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=HEADER",
        help="The header of a field's column, where it is not clear. Use - for no column. Repeat "
        "for each.",
    ),
]
Sheet = Annotated[str, typer.Option(help="The sheet with the list, if the file has several.")]
Apply = Annotated[
    bool, typer.Option("--apply", help="Keep the list. Without this option, only look at it.")
]
Approve = Annotated[
    str,
    typer.Option(
        metavar="FINGERPRINT",
        help="Do exactly this, even though rows or people are gone afterwards.",
    ),
]
Remove = Annotated[bool, typer.Option("--remove", help="Remove the list that is kept.")]


def attendees(
    file: File = None,
    folder: Folder = HERE,
    event: Annotated[
        str,
        typer.Option(
            metavar='"DATE NAME"', help="The event, as in the Events tab: “2026-03-31 Forum”."
        ),
    ] = "",
    column: Column = None,
    sheet: Sheet = "",
    remove: Remove = False,
    apply: Apply = False,
    approve: Approve = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Read a partner's list of who came to an event, as sign-ins.

    Without a file, list the lists that are kept. Nobody is subscribed by a list.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.lists import attendees as lists
    from flows.lists.keeping import kept_lists
    from flows.views.lists import show_attendees

    if file is None and not remove:
        with open_chapter(folder) as context:
            kept = kept_lists(context.ledger)
        if as_json:
            console.print_json([{"list": key, "rows": rows} for key, rows in kept])
        else:
            again = "kept by another version of Chapter Clerk: read its file again"
            console.table(("List", "Rows"), [(k, again if r is None else r) for k, r in kept])
        return
    if not event:
        raise typer.BadParameter('say which event: --event "2026-03-31 Forum"')
    _one(file, remove=remove)
    said = _columns(column)
    with open_chapter(folder) as context:
        _do(
            context,
            lambda: lists.look(context, file, event, said, sheet),
            lambda found: show_attendees(found),
            (apply, approve, by, as_json),
        )


def dues(
    file: File = None,
    folder: Folder = HERE,
    column: Column = None,
    sheet: Sheet = "",
    remove: Remove = False,
    apply: Apply = False,
    approve: Approve = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Read the statewide body's file of dues, for those whom a rule asks about.

    All others are counted, and not kept.
    """
    from flows.context import open_chapter
    from flows.lists import dues as lists
    from flows.views.lists import show_dues

    _one(file, remove=remove)
    said = _columns(column)
    with open_chapter(folder) as context:
        _do(
            context,
            lambda: lists.look(context, file, said, sheet),
            lambda found: show_dues(found),
            (apply, approve, by, as_json),
        )


def _one(file: Path | None, *, remove: bool) -> None:
    if remove == (file is not None):
        raise typer.BadParameter("name a file, or use --remove without one")


def _columns(typed: Iterable[str] | None) -> dict[str, str]:
    both = [one.partition("=") for one in typed or ()]
    if any(not (field.strip() and header.strip()) for field, _, header in both):
        raise typer.BadParameter('write it like --column address="E-mail of the guest"')
    return {field.strip(): header.strip() for field, _, header in both}


def _do(
    context: "ChapterContext",
    look: Callable[[], L],
    show: Callable[[L], Iterable[str]],
    asked: tuple[bool, str, str, bool],
) -> None:
    from flows import console
    from flows.lists.keeping import carry_out
    from flows.views.lists import as_json as plainly
    from flows.views.lists import show_change

    apply, approve, by, as_json = asked
    done = apply or bool(approve)
    found = carry_out(context, look, approve=approve, by=by) if done else look()
    change = found.change
    if as_json:
        console.print_json(plainly(found) | {"done": done})
        return
    console.title(f"{change.about} ({change.rule})")
    for line in (*show(found), *show_change(change)):
        console.say(line)
    if found.review:
        console.table(
            ("Where", "What", "Why", "Next"),
            [(str(i.place), i.weight.shown, i.reason, i.next_step) for i in found.review],
        )
    if done:
        console.say("Done. Next: clerk sync")
    elif change.needs_approval:
        console.say(f"This takes something away: {change.taken}.")
        console.say(f'Next: the same with --approve {change.fingerprint} --by "Your Name"')
    else:
        console.say('Nothing was kept. Next: the same with --apply --by "Your Name"')
