"""`clerk roll`, `explain` and `review`: what was read, asked about.

No service is reached, but the ballot form by `explain --election` (BA-8).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import HERE, By, Folder, Json, On
from flows.nightly.looks_words import FIRST_STEP, UNREAD

if TYPE_CHECKING:
    from flows.context import ChapterContext
    from flows.nightly.looks import Seen
    from models.intake.locations import ReviewItem
    from models.membership.voter_roll import Facts, VoterRoll
    from models.privacy import Email, Name

Planned = Annotated[
    bool,
    typer.Option(
        "--planned", help="Use the newest reading of the sheets, even if its plan was not applied."
    ),
]


def roll(
    folder: Folder = HERE,
    on: On = "",
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    with_addresses: Annotated[
        bool,
        typer.Option(
            "--with-addresses",
            help="With --csv and --reason: include email addresses. Recorded in the audit log.",
        ),
    ] = False,
    reason: Annotated[str, typer.Option(help="Why the addresses are needed.")] = "",
    by: By = "",
    planned: Planned = False,
    as_json: Json = False,
) -> None:
    """List who can vote on a day, based on the sheets as last read.

    For this computer only; no addresses.
    """
    from flows import console
    from flows.cli.typed import day_from
    from flows.committee.annual import attendance
    from flows.context import open_chapter
    from flows.nightly.facts import facts_of
    from flows.nightly.people import facts_on_record
    from flows.privacy.export import export_with_addresses
    from flows.views import for_scripts
    from flows.views import roll as views
    from flows.views.committee import told_attendance
    from models.text import formats

    with open_chapter(folder) as context:
        day = day_from(on) if on else context.today
        seen = _seen(context, planned=planned)
        facts = facts_of(context, seen.sources) if seen.is_look else facts_on_record(context)
        judged = facts.roll(day)
        came = [*map(told_attendance, attendance(context, facts))]
        if with_addresses:
            rows = export_with_addresses(context, judged, by=by, reason=reason, as_csv=csv)
            console.csv_rows((*views.ROLL_HEADERS, "Addresses"), rows)
            return
    if as_json:
        console.print_json([for_scripts.as_json(entry) for entry in judged.entries.values()])
    elif csv:
        console.csv_rows(views.ROLL_HEADERS, views.roll_rows(judged))
    else:
        console.title(f"{formats.day(day)}: {views.counted(judged)}")
        console.table(views.ROLL_HEADERS, views.roll_rows(judged, formats.day))
        for line in [*came, *seen.said()]:
            console.say(line)


def explain(
    person: Annotated[
        list[str], typer.Argument(help="An id, an email address, or the beginning of a name.")
    ],
    folder: Folder = HERE,
    on: On = "",
    election: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="In this election: whether they are on the frozen voter roll, "
            "why, and what happened to their ballot.",
        ),
    ] = "",
    by: By = "",
    reason: Annotated[
        str,
        typer.Option(
            help="Before voting closes: why you ask about their ballot. Recorded in the audit log."
        ),
    ] = "",
    planned: Planned = False,
    as_json: Json = False,
) -> None:
    """Explain why a person can or cannot vote, on a day or in an election.

    In an election, also what happened to their ballot.
    """
    if on and election:
        raise typer.BadParameter(
            "an election has its own record date: use either --on or --election"
        )
    if (by or reason) and not election:
        raise typer.BadParameter(
            "--by and --reason are for asking about a ballot: add --election NAME"
        )
    wanted = " ".join(person)
    if election:
        _explain_vote(folder, election, wanted, by, reason, planned=planned, as_json=as_json)
    else:
        _explain_standing(folder, on, wanted, planned=planned, as_json=as_json)


def _explain_standing(folder: Path, on: str, wanted: str, *, planned: bool, as_json: bool) -> None:
    from flows import console
    from flows.cli.typed import day_from
    from flows.context import open_chapter
    from flows.nightly.people import about
    from flows.views import roll as views
    from models.membership.waiting import known_by

    with open_chapter(folder) as context:
        day = day_from(on) if on else context.today
        seen = _seen(context, planned=planned)
        kept = None if seen.is_look else about(context, wanted)
        if kept is not None and not kept.facts.known.people:
            kept = None  # whoever it is, the sources tell what waits for them, and who is meant
        asked = _Asked(context, seen, wanted, kept.facts if kept else None)
        judged = asked.facts.roll(day)
        with asked.told_who_is_meant(judged, quiet=as_json):
            entry = views.find_person(judged, wanted, show=not as_json)
        one = entry.person
        waits = kept.waiting.get(one.id, []) if kept else asked.waits(known_by(one))
        if as_json:
            from flows.nightly.links import Links
            from flows.views import for_scripts

            links = Links(homes=kept.homes) if kept else Links(seen.sources)
            said = for_scripts.items_as_json(waits, links)
            console.print_json(for_scripts.as_json(entry) | {"waiting": said})
        else:
            views.show_person(entry, asked.facts, context.ledger.history(one.id))
            views.show_waiting(waits)
            for line in seen.said():
                console.say(line)


def _explain_vote(
    folder: Path, election: str, wanted: str, by: str, reason: str, *, planned: bool, as_json: bool
) -> None:
    from flows.context import open_chapter
    from flows.views import vote_standing
    from flows.votes.what_became import Request

    with open_chapter(folder) as context:
        vote = vote_standing.asked(context, election)
        asked = _Asked(context, _seen(context, planned=planned), wanted)
        judged = asked.facts.roll(vote.election.record_date)
        with asked.told_who_is_meant(judged, quiet=as_json):
            entry = vote_standing.find(context, vote, judged, wanted, show=not as_json)
        request, known = Request(by, reason), entry.person.id in judged.entries
        vote_standing.show(context, vote, entry, request, in_sheets=known, as_json=as_json)


def _seen(context: "ChapterContext", *, planned: bool) -> "Seen":
    """What was last read.

    Raises:
        FixTheData: nothing ever was; how to begin, or what broke the first reading off.
    """
    from flows.nightly.looks import newest, on_record
    from models.errors import FixTheData

    seen = (newest if planned else on_record)(context)
    if not seen.anything:
        raise FixTheData(UNREAD, next_step=(seen.look and seen.look.next_step) or FIRST_STEP)
    return seen


class _Asked:
    """Who is asked about, by what was last read; without facts at hand everybody is matched."""

    def __init__(
        self, context: "ChapterContext", seen: "Seen", wanted: str, facts: "Facts | None" = None
    ) -> None:
        self._context, self._seen, self._wanted = context, seen, wanted
        if facts is None:
            from flows.nightly.facts import facts_of

            facts = facts_of(context, seen.sources)
        self.facts = facts

    def waits(self, who: "list[Email | Name]") -> "list[ReviewItem]":
        """What is skipped or asked of the rows that name them."""
        from flows.nightly.sources import tables_of
        from models.membership.waiting import waiting

        tables, zone = tables_of(self._seen.sources), self._context.chapter.tz
        return list(waiting(tables, zone, self.facts.review, who))

    @contextmanager
    def told_who_is_meant(self, judged: "VoterRoll", *, quiet: bool) -> Iterator[None]:
        """Where nobody is found, show who was perhaps meant, and what waits for them."""
        from flows.views import roll as views
        from models.errors import FixTheData
        from models.membership.waiting import typed_as

        try:
            yield
        except FixTheData:
            if not quiet:
                views.suggest_names(judged, self._wanted)
                views.show_waiting(self.waits(typed_as(self._wanted)))
            raise


def review(folder: Folder = HERE, as_json: Json = False) -> None:
    """List what needs a person: skipped rows, questions, and voting members we cannot email."""
    from flows import console
    from flows.context import open_chapter
    from flows.nightly.facts import facts_of
    from flows.nightly.links import Links
    from flows.nightly.looks import concerned, newest, whom_to_call
    from flows.views import for_scripts
    from flows.views import roll as views
    from models.intake.locations import Weight
    from models.text import formats

    with open_chapter(folder) as context:
        seen = newest(context)
        facts = facts_of(context, seen.sources)
        judged = facts.roll(context.today)
        calls = whom_to_call(context, seen, judged)
        links = Links(seen.sources)
    if not seen.run and not seen.look:
        console.warn(f"{UNREAD}. Next: {FIRST_STEP}")
    if as_json:
        console.print_json(for_scripts.review_as_json(seen, facts.review, calls, links))
        return
    for line in seen.said():
        console.say(line)
    notes = sum(item.weight is Weight.NOTE for item in facts.review)
    told = f" and {formats.amount(notes, 'note')}" if notes else ""
    to_check = len(facts.review) - notes
    console.title(f"To check: {to_check}{told}. People to call: {len(calls)}.")
    if facts.review:
        console.table(("Where", "What", "Why", "Next"), views.grouped(facts.review, links))
    if seen.is_look and seen.look:
        views.show_who(judged, concerned(seen.look))
    if calls:
        console.say()
        console.say("Voting members we cannot email (DP-4):")
        rows = [
            (views.name_of(e.person), views.phone_of(e.person), formats.spoken(why))
            for e, why in calls
        ]
        console.table(("Name", "Phone", "Why"), rows)
