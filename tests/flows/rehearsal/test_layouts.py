"""However a chapter keeps its sign-ins, the invented people have their status and can sign in."""

from pathlib import Path

import pytest

from flows.committee.seats import committee_misses, committee_on
from models.intake.year_columns import YEAR_COLUMNS
from models.membership.voting_status import Status
from tests.flows.rehearsal.stage import begun, next_, real, roll, sat_down

BY_EVENT = {"tabs": 'sign_ins = ["Sign-ins"] → event_tabs = "Sign-in *"'}
BY_FORM = {
    "tabs": 'sign_ins = ["Sign-ins"]\n → ',
    "registered": 'registrations = "Registrations"\n → ',
}
HELP_BY_FORM = {"help": 'volunteers = "Volunteering"\n → '}
FORMS = '\n[[forms]]\nid = "{}"\nholds = "{}"\n'


@pytest.mark.parametrize(
    ("changed", "more"),
    [
        (BY_EVENT, ""),
        (BY_FORM, FORMS.format("f2", "sign_ins") + FORMS.format("f3", "registrations")),
        (HELP_BY_FORM, FORMS.format("f2", "volunteers")),
    ],
    ids=["a tab an event", "forms alone", "volunteers by form"],
)
def test_who_signs_in_is_counted_the_next_night(
    tmp_path: Path, changed: dict[str, str], more: str
) -> None:
    with begun(real(tmp_path, more, **changed)) as world:
        assert any("0 to review" in line for line in next_(world, "night"))
        assert roll(world) == {Status.VOTING: 7, Status.ONE_AWAY: 3, Status.NOT_YET: 2}
        world.act("sign-in")
        next_(world, "night")
        assert roll(world) == {Status.VOTING: 10, Status.ONE_AWAY: 0, Status.NOT_YET: 2}


def test_the_committees_own_tabs_and_forms_are_there_and_its_seats_are_invented(
    tmp_path: Path,
) -> None:
    tabs = 'exceptions = "Exceptions" → exceptions = "Exceptions"\n' + "".join(
        f'{kind} = "{kind.title()}"\n' for kind in YEAR_COLUMNS
    )
    forms = "".join(FORMS.format(f"f{one}", one) for one in ("disclosures", "nominations"))
    forms += '\n[volunteers]\noffers = ["canvass"]\n'
    with begun(real(tmp_path, forms, tabs=tabs)) as world:
        assert any("0 to review" in line for line in next_(world, "night"))
        with sat_down(world) as context:
            assert len(committee_on(context, context.today).seats) == 6
            assert list(committee_misses(context)) == []


@pytest.mark.parametrize("is_there", [False, True], ids=["no committee", "a file of seats"])
def test_a_chapter_without_the_tab_rehearses_with_an_invented_committee(
    tmp_path: Path, *, is_there: bool
) -> None:
    chapter = real(tmp_path)
    if is_there:
        (tmp_path / "committee.toml").write_text("[[members]]\nname = 'Somebody Real'\n")
    with begun(chapter) as world:
        next_(world, "night")
        with sat_down(world) as context:
            seats = committee_on(context, context.today).seats
            assert len(seats) == 6
            assert "Somebody Real" not in {seat.name for seat in seats}
