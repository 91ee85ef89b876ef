"""Lists from files with marked people in them, given to every command that reads such a list."""

from collections.abc import Sequence

from openpyxl import Workbook

from tests.privacy.colony import Colony

EVENT = "Pride march with partners"
BY = ("--by", "Thea")


def give_lists(colony: Colony) -> None:
    """A partner's list and a file of dues: looked at, kept, replaced, wrong, removed."""
    voter, _, one_away, stranger, *_, wordy = colony.people
    folder = colony.root / "given"  # whoever gives a file has it: it is not the program's
    folder.mkdir(exist_ok=True)
    rows = [
        ["Phone", "E-mail", "Attendee", "Card held by"],
        *([p.phone, p.address, p.name, p.name] for p in (voter, one_away, stranger)),
        [wordy.address, wordy.name, wordy.address, wordy.address],
    ]
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "list.xlsx")
    few, bare, dues = (folder / name for name in ("few.csv", "bare.csv", "dues.csv"))
    few.write_text(_csv(rows[:2]))
    bare.write_text(_csv(rows[1:]))
    dues.write_text(_csv([["Email", "Date paid", "Name"], [voter.address, "someday", voter.name],
                          [stranger.address, "2026-01-15", stranger.name]]))  # fmt: skip
    cards = folder / "cards.csv"
    cards.write_text(_csv([["Email", "Date paid", "Card"], [voter.address, "", voter.phone]]))
    event = ("--event", EVENT)
    for command in (
        ("attendees",), ("attendees", str(folder / "list.xlsx"), *event),
        ("attendees", str(folder / "list.xlsx"), *event, "--json"),
        ("attendees", str(folder / "list.xlsx"), *event, "--apply", *BY),
        ("attendees", str(few), *event), ("attendees", str(few), *event, "--apply", *BY),
        ("attendees", str(bare), *event), ("attendees", str(bare), "--event", voter.address),
        ("attendees", str(few), *event, "--column", f"address={voter.address}"),
        ("attendees", str(folder / voter.address), *event), ("attendees", "--json"),
        ("dues", str(dues)), ("dues", str(cards)), ("dues", "--remove"),
        ("attendees", "--remove", *event), ("sync", "--apply"), ("review",),
    ):  # fmt: skip
        colony.run(*command, WATCH_DEBUG="1")


def _csv(rows: Sequence[Sequence[str]]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)
