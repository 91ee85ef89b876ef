"""Our merge fields on a list that cannot hold them: told before anything is changed.

Sources: threads on python-mailchimp (#146) and mailchimp-for-wordpress (#662), fields of a type
that refuses our texts; on mc-magento (#957), an audience whose thirty fields are taken.
"""

import pytest

from connectors.sandbox.invented import LIST
from connectors.sandbox.mailchimp.state import MergeField
from models.errors import FixTheSettings
from tests.flows.town import MARKS, Town

TYPES = ["number", "date", "dropdown", "radio", "zip", "phone", "birthday", "url", "address"]


def fill_up(town: Town, many: int) -> None:
    """Let the audience have so many fields."""
    for number in range(many - len(town.audience.fields)):
        town.sandbox.mailchimp.add_merge_field(LIST, f"OTHER{number}")


def is_untouched(town: Town) -> bool:
    with town.context() as context:
        return not town.writes() and context.ledger.last_run() is None


@pytest.mark.parametrize("kind", TYPES)
def test_a_field_of_ours_of_another_type_is_told_before_anything_is_changed(
    town: Town, kind: str
) -> None:
    number = town.sandbox.mailchimp.add_merge_field(LIST, MARKS.until, kind)
    for wishes in ({"apply": False}, {}):
        with pytest.raises(FixTheSettings, match=f"its fields {MARKS.until} is (an?|the) ") as told:
            town.night(**wishes)
        assert f"delete {MARKS.until} there" in told.value.next_step
        assert is_untouched(town)
    del town.audience.fields[number]
    town.night()
    assert town.tagged(MARKS.voting_tag)


def test_all_of_another_type_are_told_at_once(town: Town) -> None:
    town.sandbox.mailchimp.add_merge_field(LIST, MARKS.status, "number")
    town.audience.fields[99] = MergeField(
        99, MARKS.events, "Events", "dropdown", options={"choices": ["1", "2"]}
    )
    with pytest.raises(FixTheSettings) as told:
        town.night()
    assert f"{MARKS.status} is a number, {MARKS.events} is a drop-down" in told.value.fact


@pytest.mark.parametrize(("held", "over"), [(30, 3), (28, 1), (80, 3)])
def test_no_room_for_our_fields_is_told_before_one_is_made(
    town: Town, held: int, over: int
) -> None:
    town.sandbox.mailchimp.fields_limit = 30 if held <= 30 else 80
    fill_up(town, held)
    for wishes in ({"apply": False}, {}):
        with pytest.raises(
            FixTheSettings, match="fields are used, and the program needs 3 more"
        ) as told:
            town.night(**wishes)
        assert f"delete {over} fields that no one uses;" in told.value.next_step
        assert is_untouched(town)
    for number in list(town.audience.fields)[-over:]:
        del town.audience.fields[number]
    town.night()
    assert town.tagged(MARKS.voting_tag)


def test_where_the_plan_has_room_for_more_they_are_made_by_hand(town: Town) -> None:
    """As the message says; nothing in Mailchimp's answers tells how much room there is."""
    fill_up(town, 29)
    with pytest.raises(FixTheSettings, match="the program needs 3 more") as told:
        town.night()
    assert f"make {', '.join(MARKS.fields)} there by hand" in told.value.next_step
    for tag in MARKS.fields:
        town.sandbox.mailchimp.add_merge_field(LIST, tag)
    town.night()
    assert town.tagged(MARKS.voting_tag)


@pytest.mark.parametrize("held", [27, 50])
def test_where_there_is_room_they_are_made(town: Town, held: int) -> None:
    town.sandbox.mailchimp.fields_limit = 80
    fill_up(town, held)
    town.night()
    assert set(MARKS.fields) <= {field.tag for field in town.audience.fields.values()}
