"""An emptied sheet takes nobody's vote: the night refuses, with numbers, and touches nothing.

Rules: VM-1 (who may vote), and the chapter's own limits (`chapter.toml [safety_limits]`).
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from connectors.sandbox.invented import WORKBOOK, address_of, serial
from connectors.settings import EDITIONS
from models.errors import ClerkError, FixTheSettings, Refused
from models.mail.plans import UnsafePlan
from tests.conftest import Clock
from tests.flows.town import MARKS, Town

THREE_EVENTS = 'condition = "events"\nat_least = 3\n'
ONE_EVENT = THREE_EVENTS.replace("3", "1")


@pytest.fixture
def settled(town: Town, clock: Clock) -> Town:
    """A chapter after its first night."""
    town.night()
    clock.go(days=1)
    town.sandbox.reset()
    return town


def keep_header(town: Town, tab: str) -> None:
    with town.edit(tab) as rows:
        del rows[1:]


def empty_sign_ins(town: Town) -> None:
    keep_header(town, "Sign-ins")


def empty_registrations(town: Town) -> None:
    keep_header(town, "Registrations")


def cut_by_eleven_percent(town: Town) -> None:
    with town.edit("Sign-ins") as rows:
        del rows[-(len(rows) * 11 // 100 + 1) :]


def lose_events(town: Town) -> None:
    with town.edit("Events") as rows:
        del rows[-4:]


def lose_the_evidence_of_three(town: Town) -> None:
    """No row is missing; three rows of each voting member name an event that did not count."""
    with town.edit("Sign-ins") as rows:
        for row in rows[1:]:
            row[1] = "Spring social"


def cancel_a_month(town: Town) -> None:
    with town.edit("Events") as rows:
        for row in rows[1:]:
            row[4] = "cancelled"


EARLY = r"\d of 7 voting members would lose their status before their recorded end date"

UNSAFE: dict[Callable[[Town], None], str] = {
    empty_sign_ins: r"“Sign-ins” has 0 rows but had \d+ before",
    empty_registrations: r"“Registrations” has 0 rows but had 13 before",
    cut_by_eleven_percent: r"“Sign-ins” has \d+ rows but had \d+ before",
    lose_events: r"“Events” has 9 rows but had 13 before",
    lose_the_evidence_of_three: EARLY,
    cancel_a_month: EARLY,
}


@pytest.mark.parametrize("harm", UNSAFE)
def test_a_harmed_sheet_is_refused_and_nothing_is_written(
    settled: Town, harm: Callable[[Town], None]
) -> None:
    before = settled.end_state()
    harm(settled)
    with pytest.raises(UnsafePlan, match=UNSAFE[harm]) as refused:
        settled.night()
    assert settled.writes() == []
    assert settled.end_state() == before
    assert "Nothing was changed" in str(refused.value)
    assert refused.value.fingerprint in str(refused.value)
    assert names_nobody(settled, refused.value)
    with settled.context() as context:
        assert len(context.ledger.runs()) == 1


@pytest.mark.parametrize("harm", UNSAFE)
def test_the_approval_of_exactly_this_plan_does_it(
    settled: Town, harm: Callable[[Town], None]
) -> None:
    harm(settled)
    with pytest.raises(UnsafePlan) as refused:
        settled.night()
    night = settled.night(approve=refused.value.fingerprint)
    assert night.applied
    reached = {contact.person for contact in night.wanted.contacts.values()}
    voting = {entry.person.id for entry in night.roll.voting()}
    assert len(settled.tagged(MARKS.voting_tag)) == len(reached & voting)
    with settled.context() as context:
        last = context.ledger.last_run()
        assert last
        assert last.approved == refused.value.fingerprint


def test_the_approval_of_another_plan_is_refused(settled: Town) -> None:
    """Somebody looked at the plan; then the sheet changed again."""
    empty_sign_ins(settled)
    with pytest.raises(UnsafePlan) as refused:
        settled.night()
    lose_events(settled)
    before = settled.end_state()
    with pytest.raises(Refused, match="the approval names plan"):
        settled.night(approve=refused.value.fingerprint)
    assert settled.writes() == []
    assert settled.end_state() == before


def test_an_approval_is_not_worth_anything_the_night_after(settled: Town, clock: Clock) -> None:
    empty_sign_ins(settled)
    with pytest.raises(UnsafePlan) as refused:
        settled.night()
    settled.night(approve=refused.value.fingerprint)
    clock.go(days=1)
    empty_registrations(settled)
    with pytest.raises(UnsafePlan):
        settled.night()


def lose_a_tab(town: Town) -> None:
    workbook = town.sandbox.google.workbooks[WORKBOOK]
    workbook.tabs = [tab for tab in workbook.tabs if tab.title != "Sign-ins"]
    town.sandbox.google.wrote(workbook)


def sort_the_header_in(town: Town) -> None:
    with town.edit("Sign-ins") as rows:
        rows.append(rows.pop(0))


def rename_a_header(town: Town) -> None:
    with town.edit("Sign-ins") as rows:
        rows[0][2] = "E-mail addres"


def unshare(town: Town) -> None:
    town.sandbox.google.workbooks[WORKBOOK].shared_with.clear()


BROKEN: dict[Callable[[Town], None], str] = {
    lose_a_tab: "no tab “Sign-ins”",
    sort_the_header_in: r"was the tab sorted together with its header\?",
    rename_a_header: "no header “Email address”; the closest is “E-mail addres” in column C",
    unshare: "not shared with the service account",
}


@pytest.mark.parametrize("harm", BROKEN)
def test_a_broken_sheet_says_what_to_mend(settled: Town, harm: Callable[[Town], None]) -> None:
    before = settled.end_state()
    harm(settled)
    with pytest.raises(FixTheSettings, match=BROKEN[harm]) as broken:
        settled.night()
    assert settled.writes() == []
    assert settled.end_state() == before
    assert broken.value.next_step
    assert names_nobody(settled, broken.value)


def test_lapses_of_the_calendar_pass(settled: Town, clock: Clock) -> None:
    """VM-R1, VM-R5: a day that was announced is no surprise, and counts to its end."""
    spells = [e.standing.spell for e in settled.night().roll.voting()]
    last = min(spell.until for spell in spells if spell)
    clock.go(days=(last - clock.today).days)
    assert not settled.night().plan.losing
    clock.go(days=1)
    night = settled.night()
    assert night.applied
    assert night.plan.losing
    assert not night.plan.unexpected


def test_a_chapter_that_slept_a_year_is_asked(settled: Town, clock: Clock) -> None:
    """All lapsed on their day, and still: everybody in one night wants a look."""
    clock.go(days=360)
    with pytest.raises(UnsafePlan, match=r"7 of 7 voting members would lose .* in one night"):
        settled.night()


def lower_the_bar(town: Town) -> None:
    """Bylaws by which whoever comes once may vote."""
    text = (EDITIONS / "jp-progressives.toml").read_text()
    (town.folder / "bylaws.toml").write_text(text.replace(THREE_EVENTS, ONE_EVENT))
    town.rewrite('bylaws = "jp-progressives"', 'bylaws = "bylaws.toml"')


def test_a_vote_for_many_at_once_is_asked_about(settled: Town) -> None:
    """VM-1, VM-4: letters cannot be taken back, so a change of the bylaws wants a look."""
    before = settled.end_state()
    lower_the_bar(settled)
    with pytest.raises(
        UnsafePlan,
        match=r"people would become voting members in one nightly run; "
        r"there were 7 before",
    ) as refused:
        settled.night()
    assert settled.writes() == []
    assert settled.end_state() == before
    night = settled.night(approve=refused.value.fingerprint)
    assert len(night.plan.gaining) == refused.value.gaining > 5
    assert night.applied


def test_a_correction_for_one_person_passes(settled: Town, clock: Clock) -> None:
    """VM-R3: a single loss before its day is within the limit."""
    with settled.edit("Exceptions") as rows:
        rows.append([serial(clock.today - timedelta(1)), "Thea Novak", "did not attend",
                     address_of(11), "", "Monthly meeting", serial(clock.today - timedelta(34)), "",
                     "signed for a friend"])  # fmt: skip
    assert settled.night().applied


def test_the_limits_are_the_chapters_own(settled: Town) -> None:
    """`[safety_limits]` of chapter.toml."""
    cut_by_eleven_percent(settled)
    limits = "shrink_percent = 99\nunexpected_percent = 99\nlosses_percent = 99\n"
    settled.rewrite("[network]", f"[safety_limits]\n{limits}\n[network]")
    assert settled.night().applied


def names_nobody(town: Town, error: ClerkError) -> bool:
    """DP-3"""
    said = str(error).casefold()
    return not any(m.email_address in said for m in town.audience.members.values())
