"""The paths of a file: what may be written, what is refused, and what a file of before means."""

from typing import Any

import pytest

from models.bylaws.conditions import Events, Share, Volunteered
from models.bylaws.paths import Membership
from models.bylaws.rules import bylaws_from
from models.errors import FixTheSettings
from tests.models.invented import FIVE_VALUES, JPP, TOML, amended, event, judged

SOURCE = {"rule": "VM-1", "cite": "Article II"}
MEETINGS = {"condition": "events", "at_least": 2, "window": "trailing year", **SOURCE}
LAST = {"condition": "last events", "at_least": 2, "of_last": 3, **SOURCE}
HELP = {"condition": "volunteered", "at_least": 1, "window": "trailing year", **SOURCE}


def membership(*paths: Any, kinds: tuple[str, ...] = ("meeting",), **more: Any) -> dict[str, Any]:
    """A membership table whose paths have these conditions."""
    return {
        "kinds": {"value": kinds, **SOURCE},
        "paths": [
            {"name": str(number), "conditions": conditions}
            for number, conditions in enumerate(paths, 1)
        ],
        **more,
    }


def refusal(table: dict[str, Any]) -> str:
    """What the writer of a membership table is told."""
    edition = {**TOML["editions"][0], "membership": table}
    with pytest.raises(FixTheSettings) as caught:
        bylaws_from({"chapter": "x", "editions": [edition]}, "our-bylaws.toml")
    return caught.value.fact


def test_a_file_of_before_says_the_same_as_the_paths_of_the_built_in_edition() -> None:
    before, now = (
        one.model_dump(exclude={"paths": {"__all__": {"name"}}})
        for one in (Membership.model_validate(FIVE_VALUES), JPP.editions[0].membership)
    )
    window = now["paths"][0]["conditions"][0]["window"]
    assert window.pop("alternatives") == ("calendar year", "ever")
    assert before["paths"][0]["conditions"][0]["window"].pop("alternatives") == ("calendar year",)
    assert before == now


def test_a_file_of_before_without_volunteer_kinds_has_one_path() -> None:
    bylaws = amended(volunteer_kinds=[])
    assert [type(one) for one in bylaws.editions[0].membership.conditions()] == [Events]
    assert len(judged(event("2025-10-14"), on="2025-12-01", bylaws=bylaws).because) == 1


def test_a_bare_value_is_cited_with_the_sentence_of_its_condition() -> None:
    (one,) = Membership.model_validate(membership([MEETINGS])).conditions()
    assert isinstance(one, Events)
    assert (one.window.value, one.window.rule, one.window.cite) == (
        "trailing year",
        "VM-1",
        "Article II",
    )


def test_a_value_may_have_a_sentence_and_other_readings_of_its_own() -> None:
    ruled = {"value": "ever", "rule": "VM-R1", "cite": "ruling: …", "alternatives": ["6 months"]}
    (one,) = Membership.model_validate(membership([{**MEETINGS, "window": ruled}])).conditions()
    assert isinstance(one, Events)
    assert (one.window.rule, one.window.alternatives) == ("VM-R1", ("6 months",))


def test_kinds_are_written_without_regard_to_capitals_and_spaces() -> None:
    said = Membership.model_validate(
        membership([{**MEETINGS, "kinds": ["MEETING"]}], kinds=("  Meeting ",))
    )
    assert said.kinds.value == said.paths[0].conditions[0].named_kinds() == ("meeting",)


def test_a_rule_without_a_word_on_volunteering_is_one() -> None:
    said = Membership.model_validate(membership([MEETINGS]))
    assert said.helping == ()
    assert not any(isinstance(each, Volunteered) for each in said.conditions())


def test_a_share_is_a_fraction_and_never_rounded() -> None:
    share = {"condition": "share of events", "share": "1/3", "window": "6 months", **SOURCE}
    (one,) = Membership.model_validate(membership([share])).conditions()
    assert isinstance(one, Share)
    assert (one.share.value.numerator, one.share.value.denominator) == (1, 3)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (membership(), "paths: needs at least 1 entry"),
        (membership([]), "paths 1] conditions: needs at least 1 entry"),
        (membership([{**MEETINGS, "kinds": ["mtg"]}]),
         "membership: path 1 names “mtg”, which is not one of the kinds that count"),
        (membership([MEETINGS], volunteer_kinds={"value": ["canvass"], **SOURCE}),
         "volunteer_kinds names “canvass”, which is not one of the kinds that count"),
        ({**FIVE_VALUES, "volunteer_kinds": {"value": ["canvass"], **SOURCE}},
         "membership: volunteer_kinds names “canvass”, which is not one of the kinds that count"),
        (membership([HELP]), "path 1 needs volunteer activities, but volunteer_kinds is empty"),
        (membership([{"condition": "attended", "kinds": ["gala"], "window": "ever", **SOURCE}]),
         "path 1 names “gala”, which is not one of the kinds that count"),
        (membership([{"condition": "attended", "kinds": [], "window": "ever", **SOURCE}]),
         "kinds: needs at least 1 entry"),
        (membership([MEETINGS], kinds=("meeting", " ")), "a kind of event has a name"),
        (membership([{**LAST, "at_least": 4}]), ("at_least is larger than of_last, so no one could "
                                                "attend enough events")),
        (membership([{**MEETINGS, "window": "month"}]),
         ("must be 'trailing year', 'calendar year', 'ever', or a number of months such as '6 "
         "months'")),
        (membership([{**MEETINGS, "window": "0 months"}]), ("', or a number of months such as '6 "
                                                           "months'")),
        (membership([{**MEETINGS, "at_least": 0}]), "at_least] value: must be more than 0"),
        (membership([{**MEETINGS, "at_leest": 2}]),
         "conditions 1.events] at_leest: there is no such setting; did you mean at_least?"),
        (membership([{**MEETINGS, "before_the_day": True}]),
         "path 1: before_the_day can be used only with “on the day”"),
        (membership([{"condition": "share of events", "share": 25, "window": "ever", **SOURCE}]),
         'write a share of the events like "25%" or "1/4"'),
        (membership([{"condition": "donated", **SOURCE}]), "condition: must be one of"),
        (membership([{"condition": "dues paid", "rule": "VM-3"}]), "cite: is missing"),
        ({**membership([MEETINGS]), "paths": [
            {"name": "a", "conditions": [MEETINGS]}, {"name": "a", "conditions": [LAST]}]},
         "two paths have the same name"),
        ({}, "kinds: is missing"),
    ],
)  # fmt: skip
def test_what_would_give_nobody_the_vote_is_refused_with_its_place(
    table: dict[str, Any], said: str
) -> None:
    assert said in refusal(table)


def test_all_faults_of_the_paths_are_told_at_once() -> None:
    said = refusal(membership([{**MEETINGS, "at_least": 0}], [{**LAST, "of_last": "few"}]))
    assert "paths 1.conditions 1.events.at_least] value: must be more than 0" in said
    assert "paths 2.conditions 1.last events.of_last] value: write a whole number" in said
    assert said.count("; ") == 1
