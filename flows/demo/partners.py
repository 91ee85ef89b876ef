"""A partner's list of attendees is read: shown first, then kept, and no consent to email (DP-2)."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.sandbox.invented import address_of, name_of
from flows import console
from flows.context import open_chapter
from flows.lists.attendees import look
from flows.lists.keeping import carry_out
from flows.views.lists import show_attendees

AGO, EVENT = 90, "Pride march with partners"


def partners_list(chapter: Path, first: date) -> None:
    """The riders bring a file with columns of their own.

    Args:
        first: the day of the first night, before which the invented events lie.
    """
    event = f"{first - timedelta(days=AGO)} {EVENT}"
    rows = [("Shirt size", "Attendee", "E-mail", "Mobile"),
            *(("M", name_of(n), address_of(n), "617-555-0100") for n in (2, 4, 6)),
            ("L", "Walk In", "walk.in@example.org", "617-555-0101")]  # fmt: skip
    with TemporaryDirectory() as folder, open_chapter(chapter) as context:
        file = Path(folder) / "riders.csv"
        file.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
        console.say(f"Transit Riders bring riders.csv, with {len(rows) - 1} people at “{event}”.")
        found = carry_out(context, lambda: look(context, file, event, {}), by="the demo")
    for line in show_attendees(found):
        console.say(line)
