"""`clerk dues`: the statewide body's file, for those alone whom a rule asks about (VM-3, SC-2)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import address_of, name_of
from flows import context as desks
from flows.cli.main import app
from flows.committee.nominees import nominees_of
from flows.nightly.facts import facts_of, year_of
from flows.nightly.sources import known_sources
from flows.requests import deciding
from models.errors import FixTheData, Refused
from models.membership.voting_status import Status
from models.privacy import Email
from tests.conftest import Clock
from tests.flows.test_other_paths import DUES, go_by
from tests.flows.test_requests import ANN, OFFICER, ask, asking, bring
from tests.flows.town import Town
from tests.privacy.canaries import Canary, Search, letters

__all__ = ("asking",)
STRANGE = "strange.payer@example.org"
HEAD = "Amount,Date paid,Name,Email"
THROUGH = "Amount,Date paid,Paid through,Email"
BY = ("--by", "Thea")
Clerk = Callable[..., str]


@pytest.fixture
def clerk(town: Town, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A command on a chapter by its own clock."""
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
    monkeypatch.setattr(opening, "__defaults__", (town.clock,))

    def run(*words: object) -> str:
        typed = [*map(str, words), "--chapter", str(town.folder)]
        return CliRunner().invoke(app, typed, catch_exceptions=False).output

    return run


def nominated(town: Town, *numbers: int) -> None:
    """These people are nominated, and a night has read it."""
    rows = [["2026-02-01", name_of(n), address_of(n), "", "yes", "A bio"] for n in numbers]
    town.add_tab("nominations", *rows)
    town.night()


def paid(folder: Path, *rows: str, head: str = HEAD) -> Path:
    (folder / "dues.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return folder / "dues.csv"


def row(address: str, day: str = "2026-01-15") -> str:
    return f"$25,{day},Some Name,{address}"


def said_of(town: Town, number: int) -> tuple[bool, str] | None:
    with town.context() as context:
        found = nominees_of(context).found
        return next(one.came.dues for one in found if one.said.name == name_of(number))


def test_dues_of_nominees_are_looked_up_by_address_and_nobody_elses_is_kept(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    nominated(town, 1, 2)
    other, strange = address_of(3), letters()
    file = paid(
        tmp_path, row(address_of(1).upper()), row(other), row(f"{strange}@example.org"), row("none")
    )
    shown = clerk("dues", file)
    assert "A rule asks about 2 people; 1 of them is in the file." in shown
    assert "2 rows of nobody whom a rule asks about: not kept (DP-5)." in shown
    assert "1 row without an address that can be read: not kept." in shown
    assert "Left out: “Amount” and “Name” (DP-5)." in shown
    assert "example.org" not in shown
    assert said_of(town, 1) is None
    clerk("dues", file, "--apply", *BY)
    assert said_of(town, 1) == (True, "dues paid through January 15, 2027")
    assert said_of(town, 2) == (False, "dues not paid by the file of dues")
    town.night()
    assert said_of(town, 1) == (True, "dues paid through January 15, 2027")
    with town.context() as context:
        table, looked_for = known_sources(context.ledger).snapshots["dues file"].tables
    assert Email.parse(other) not in [Email.parse(r[0]) for r in table.rows if r[0]]
    assert len([r for r in table.rows if any(r)]) == 1
    assert len(looked_for.rows) == 2
    assert Search([Canary("address", strange)]).files(town.folder) == set()


def test_who_is_nominated_after_the_file_was_read_is_not_said_to_owe(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    nominated(town, 1)
    clerk("dues", paid(tmp_path, row(address_of(1))), "--apply", *BY)
    with town.edit("Nominations") as rows:
        rows.append(["2026-03-01", name_of(4), address_of(4), "", "yes", "A bio"])
    town.night()
    assert said_of(town, 4) is None
    assert said_of(town, 1) == (True, "dues paid through January 15, 2027")


def test_where_no_rule_asks_nothing_is_read(town: Town, clerk: Clerk, tmp_path: Path) -> None:
    """DP-5: neither the file nor the tab."""
    town.add_tab("dues", [address_of(1), "2026-01-15"])
    town.night()
    with pytest.raises(Refused, match="no rule asks for dues"):
        clerk("dues", tmp_path / "not-even-there.csv")
    with town.context() as context:
        kinds = {t.kind for s in known_sources(context.ledger).snapshots.values() for t in s.tables}
        assert not year_of(context).dues
    assert "dues" not in kinds
    assert "“Dues” is not read, because no rule asks for dues (DP-5)" in clerk("doctor")


def test_who_is_nominated_by_a_request_alone_is_asked_about_too(
    asking: Town, clerk: Clerk, tmp_path: Path
) -> None:
    """SC-2: once an officer has granted it; until then there is no nominee."""
    ask(asking, ANN, "nominate", name_of(1), address_of(1))
    bring(asking)
    file = paid(tmp_path, row(address_of(1)), row(address_of(2)))
    with pytest.raises(Refused, match="nobody is nominated by a request"):
        clerk("dues", file)
    with asking.context() as context:
        deciding.accept(context, 1, OFFICER)
    shown = clerk("dues", file, "--apply", *BY)
    assert "A rule asks about 1 person; 1 of them is in the file." in shown
    assert "1 row of nobody whom a rule asks about" in shown
    asking.night()
    assert said_of(asking, 1) == (True, "dues paid through January 15, 2027")
    with asking.context() as context:
        deciding.take_back(context, 1, OFFICER)
    asking.night(tell_everyone=True)
    with asking.context() as context:
        assert "dues file" not in context.ledger.versions()


def test_a_tab_of_dues_is_read_from_the_first_nominee_of_a_request_on(asking: Town) -> None:
    """DP-5"""
    asking.add_tab("dues", [address_of(1), "2026-01-15"])
    ask(asking, ANN, "nominate", name_of(1), address_of(1))
    bring(asking)
    with asking.context() as context:
        assert not year_of(context).dues
        deciding.accept(context, 1, OFFICER)
    asking.night()
    assert said_of(asking, 1) == (True, "dues paid through January 15, 2027")


def test_when_no_rule_asks_any_more_the_next_night_drops_the_file(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    """DP-5"""
    nominated(town, 1)
    clerk("dues", paid(tmp_path, row(address_of(1))), "--apply", *BY)
    town.rewrite('nominations = "Nominations"\n', "")
    town.night(tell_everyone=True)
    with town.context() as context:
        assert "dues file" not in context.ledger.versions()


@pytest.mark.parametrize(("days", "kept"), [(456, True), (457, False)])
def test_a_payment_grows_old_with_its_last_day(
    town: Town, clock: Clock, clerk: Clerk, tmp_path: Path, days: int, kept: bool
) -> None:
    """DP-6: as a sign-in of that day would; it is paid through the last day of March."""
    nominated(town, 1)
    file = paid(tmp_path, f"$25,2026-01-15,2026-03-31,{address_of(1)}", head=THROUGH)
    clerk("dues", file, "--apply", *BY)
    clock.go(days=days)
    clerk("retention", "--apply", *BY)
    with town.context() as context:
        table, _ = known_sources(context.ledger).snapshots["dues file"].tables
    assert (address_of(1) in repr(table.rows)) is kept


@pytest.mark.parametrize(
    "header",
    ["Card", "Card type", "card_last4", "Credit card", "Account", "Bank account", "Acct #", "IBAN",
     "Routing", "CVV", "Tarjeta"],
)  # fmt: skip
def test_a_file_with_a_card_or_an_account_is_refused_whole(
    town: Town, clerk: Clerk, tmp_path: Path, header: str
) -> None:
    """DP-5"""
    nominated(town, 1)
    file = paid(tmp_path, f"{row(address_of(1))},4111", head=f"{HEAD},{header}")
    with pytest.raises(FixTheData, match=r"column E looks like .* card, or account") as refused:
        clerk("dues", file, "--apply", *BY)
    assert "4111" not in str(refused.value)
    assert said_of(town, 1) is None


def test_a_path_that_asks_for_dues_takes_them_from_the_file(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    """VM-R7"""
    go_by(town, DUES)
    town.night()
    file = paid(tmp_path, *(row(address_of(n)) for n in (2, 3, 4)), row(STRANGE))
    shown = clerk("dues", file, "--apply", *BY)
    assert "1 row of nobody whom a rule asks about" in shown
    with town.context() as context:
        roll = facts_of(context, known_sources(context.ledger)).roll(context.today)
    voting = [e for e in roll.entries.values() if e.standing.status is Status.VOTING]
    assert len(voting) == 3
    assert not any(Email.parse(STRANGE) in e.person.addresses for e in roll.entries.values())


def test_a_file_with_fewer_payments_needs_approval(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    nominated(town, 1, 2)
    clerk("dues", paid(tmp_path, row(address_of(1)), row(address_of(2))), "--apply", *BY)
    few = paid(tmp_path, row(address_of(1)))
    with pytest.raises(Refused, match="2 rows are kept, and 1 would be"):
        clerk("dues", few, "--apply", *BY)
    mark = clerk("dues", few).partition("--approve ")[2].split()[0]
    clerk("dues", few, "--approve", mark, *BY)
    assert said_of(town, 2) == (False, "dues not paid by the file of dues")
    mark = clerk("dues", "--remove").partition("--approve ")[2].split()[0]
    clerk("dues", "--remove", "--approve", mark, *BY)
    assert said_of(town, 1) is None


def test_a_payment_whose_day_cannot_be_read_is_a_question_with_its_cell(
    town: Town, clerk: Clerk, tmp_path: Path
) -> None:
    nominated(town, 1)
    shown = clerk("dues", paid(tmp_path, row(address_of(1), "someday")), "--apply", *BY)
    assert "File of dues!B2\tskipped" in shown
    assert any(i.place.source == "File of dues" for i in town.night().facts.review)
