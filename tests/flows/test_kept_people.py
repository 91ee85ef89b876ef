"""What a night keeps of each person says the same as all the sources, and is dropped in time."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.ledger import Ledger
from connectors.pages import told_in
from connectors.sandbox.invented import address_of, name_of, serial
from flows.cli.main import app
from flows.context import ChapterContext, open_chapter
from flows.nightly.facts import facts_of
from flows.nightly.people import about, everybody, facts_on_record
from flows.nightly.sources import known_sources, tables_of
from flows.privacy.person import forget
from models.intake.locations import ReviewItem
from models.membership.voter_roll import Facts
from models.membership.waiting import Waiting, known_by
from models.privacy import Email
from models.text.languages import LANGUAGES
from models.unmask import reveal
from tests.conftest import Clock
from tests.flows.town import Town


def _texts(item: ReviewItem) -> tuple[str, ...]:
    return item.reason, item.next_step, item.place.cell


def _parts(facts: Facts) -> dict[str, Any]:
    """All that facts say, in each language."""
    return {
        "people": list(facts.known.people.items()),
        "events": facts.events,
        "attended": {n: those for n, those in facts.attended.items() if those},
        "attested": {n: days for n, days in facts.attested.items() if days},
        "unsigned": facts.unsigned,
        "boxes": facts.boxes,
        "review": [
            (item, *(told_in(one, text) for one in LANGUAGES for text in _texts(item)))
            for item in facts.review
        ],
    }


def hold_against_the_sources(context: ChapterContext) -> bool:
    """Whether anything is kept; it says of everybody, and of each alone, what the sources say."""
    full = facts_of(context, known_sources(context.ledger))
    kept = everybody(context)
    assert _parts(facts_on_record(context)) == _parts(full)
    if kept is None:
        return False
    assert _parts(kept.facts) == _parts(full)
    zone, tables = context.chapter.tz, tables_of(known_sources(context.ledger))
    waiting = Waiting(tables, zone, full.review)
    days = [context.today + timedelta(days=n) for n in (-200, 0, 45)]
    rolls = {day: full.roll(day) for day in days}
    for person in full.known.people.values():
        wanted = [person.id, *map(reveal, person.addresses)]
        for text in [*wanted, *([reveal(person.name)] if person.name else [])]:
            found = about(context, text)
            assert found
            assert person in found.facts.known.people.values()
        assert found.waiting.get(person.id, []) == list(waiting.of(known_by(person)))
        for day, roll in rolls.items():
            assert found.facts.entry(person.id, day) == roll.entries[person.id]
            assert found.facts.missed(person.id, day) == full.missed(person.id, day)
            assert found.facts.not_counted(person.id, day) == full.not_counted(person.id, day)
    return True


def test_it_says_the_same_as_the_sources(town: Town) -> None:
    town.night()
    with town.context() as context:
        assert hold_against_the_sources(context)


def test_the_order_in_which_the_ledger_has_the_sources_says_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It changes when somebody is erased, and what is asked first went by it."""
    town.night()
    with town.context() as context:
        roll = town.night(apply=False).roll
        for number in range(6):  # some of them signed in on the form too
            own = Email(address_of(number))
            them = [one for one in roll.entries.values() if own in one.person.addresses]
            forget(context, them[0], "Ann Officer", others_too=True)
    town.night()
    theirs = Ledger.snapshots
    for order in (lambda found: found, reversed):
        monkeypatch.setattr(
            Ledger, "snapshots", lambda *asked, o=order: dict(o([*theirs(*asked).items()]))
        )
        with town.context() as context:
            assert hold_against_the_sources(context)


def test_one_person_is_found_without_any_source(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.night()
    monkeypatch.setattr("flows.nightly.facts.facts_of", None)
    monkeypatch.setattr(Ledger, "snapshots", None)
    monkeypatch.setattr(Ledger, "snapshot", None)
    with town.context() as context:
        found = about(context, address_of(1).upper())
        assert found
        assert [one.name for one in found.facts.known.people.values()]
        assert everybody(context)
        nobody = about(context, "zebulon")
        assert nobody
        assert nobody.facts.known.people == {}


def _sign_in(town: Town, clock: Clock) -> None:
    with town.edit("Events") as events, town.edit("Sign-ins") as rows:
        events.append([serial(clock.today), "Tea", "monthly meeting"])
        rows.append([serial(clock.today) + 0.8, "Tea", "new.face@example.org", "New Face"])


def _is_erased(town: Town, clock: Clock) -> None:
    with town.context() as context:
        entry = next(iter(town.night(apply=False).roll.entries.values()))
        forget(context, entry, "Ann Officer")
        with context.ledger._database.reading() as db:
            rows = db.exec_driver_sql("select name from meta where name like 'kept people%'")
            assert rows.all() == [], "nothing of anybody is left (DP-6)"


def _setting(town: Town, clock: Clock) -> None:
    file = town.folder / "chapter.toml"
    file.write_text(f'{file.read_text()}\n[emails]\nsend = ["voting-member"]\n')


def _years(town: Town, clock: Clock) -> None:
    clock.go(days=1500)


@pytest.mark.parametrize("change", [_is_erased, _setting, _years])
def test_what_may_be_otherwise_is_read_anew(
    town: Town, clock: Clock, change: Callable[[Town, Clock], None]
) -> None:
    town.night()
    change(town, clock)
    with town.context() as context:
        assert not hold_against_the_sources(context)


def test_a_night_with_changed_rows_keeps_them(town: Town, clock: Clock) -> None:
    town.night()
    _sign_in(town, clock)
    with town.context() as context:
        assert hold_against_the_sources(context), "the sources are as they were read"
        assert not about(context, "new.face@example.org").facts.known.people  # type: ignore[union-attr]  # it is kept
    town.night()
    with town.context() as context:
        assert hold_against_the_sources(context)
        assert about(context, "new.face@example.org").facts.known.people  # type: ignore[union-attr]  # it is kept


def test_a_name_is_found_by_how_its_words_begin_whoever_else_has_it(town: Town) -> None:
    town.night()
    first, last = name_of(1).split()
    with town.context() as context:
        full = facts_of(context, known_sources(context.ledger)).known.people.values()
        named = {reveal(p.name): p for p in full if p.name}
        for typed in (first[0].lower(), f"{last}, {first[:2]}"):
            found = about(context, typed)
            assert found
            parts = typed.casefold().replace(",", "").split()
            fit = [p for name, p in named.items()
                   if all(re.search(rf"\b{part}", name.casefold()) for part in parts)]  # fmt: skip
            assert list(found.facts.known.people.values()) == fit


ASKED = (["explain"], ["explain", "--json"], ["explain", "--on", "2026-01-15"])


def _answers(town: Town, wanted: list[str]) -> list[str]:
    told = []
    for text in wanted:
        for command in ASKED:
            result = CliRunner().invoke(app, [*command, text, "-c", str(town.folder)])
            told.append(f"{result.output} {result.exception!r}")
    whole = (["roll", *more, "-c", str(town.folder)] for more in ([], ["--csv"], ["--json"]))
    return [*told, *(CliRunner().invoke(app, command).output for command in whole)]


def test_the_terminal_says_the_same_with_it_and_without(
    town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a name, an address, namesakes, a name mistyped, and rows that do not count yet."""
    town.night()
    monkeypatch.setattr("flows.context.open_chapter", partial(open_chapter, now=clock))
    wanted = ["a", address_of(2), name_of(1), name_of(1)[:-1] + "q", "zebulon", "Sam"]
    with town.context() as context:
        kept = everybody(context)
        assert kept
        wanted += list(kept.waiting)[:2]
        assert kept.waiting, "somebody has a row that waits"
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "snapshots", None)
        alone = CliRunner().invoke(app, ["explain", name_of(1), "-c", str(town.folder)])
        assert alone.exit_code == 0, "no source is needed for it"
    told = _answers(town, wanted)
    with town.ledger() as ledger, ledger._database.writing():
        pass
    with town.context() as context:
        assert everybody(context) is None
    assert _answers(town, wanted) == told
