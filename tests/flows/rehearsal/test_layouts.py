"""However a chapter keeps its sign-ins, the invented people have their status and can sign in."""

from pathlib import Path

import pytest

from models.membership.voting_status import Status
from tests.flows.rehearsal.stage import begun, next_, real, roll

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
