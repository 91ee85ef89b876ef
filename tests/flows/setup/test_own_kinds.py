"""Own bylaws: the kinds of event come from the Events tab, and what was not asked is told."""

import pytest

from connectors.settings import load_chapter
from tests.flows.setup.person import BOOK, SIGN_INS, Person, Stage

USUAL: dict[str, str | list[str]] = {
    "Which bylaws": "own",
    "What are they called": "",
    "A day before": "2020-01-01",
    "How many events make": "2",
    "Within which time": "",
    "How many volunteer": "",
    "For how many days": "",
    "Which share": "",
    "exactly 60% enough": "1",
    "to be nominated": "",
    "The sentence of your bylaws": "",
}


def own(stage: Stage, **more: str | list[str]) -> Person:
    """Somebody whose chapter has bylaws of its own."""
    return stage.person(**{**more, **{one: USUAL[one] for one in USUAL if one not in more}})


def kinds_of(stage: Stage) -> tuple[str, ...]:
    """What was written."""
    (edition,) = load_chapter(stage.folder).read_bylaws().editions
    return edition.membership.kinds.value


def test_the_kinds_of_the_events_tab_are_a_list_to_choose_from(stage: Stage) -> None:
    stage.usual()
    person = own(stage, **{"Which kinds of event": ["3", "1, 2"]})
    stage.write(person)
    assert kinds_of(stage) == ("monthly meeting", "forum")
    asked = next(one for one in person.asked if "Which kinds of event" in one)
    assert "  1  monthly meeting\n  2  forum\n" in asked
    assert "from 1 to 2" not in asked


def test_a_kind_that_no_event_has_is_asked_about(stage: Stage) -> None:
    """A typing error would make nobody a member."""
    stage.usual()
    person = own(
        stage,
        **{
            "Which kinds of event": ["monthly meetings", "forum, picnic"],
            "No event has the kind": ["", "yes"],
        },
    )
    stage.write(person)
    assert kinds_of(stage) == ("forum", "picnic")
    first = next(one for one in person.asked if "No event has the kind" in one)
    assert "“monthly meetings”; the tab has monthly meeting, forum" in first


def test_without_an_events_tab_a_number_is_no_kind(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.workbook(Sign__ins=SIGN_INS)
    stage.write(own(stage, **{"Which kinds of event": ["2", "forum"]}))
    assert kinds_of(stage) == ("forum",)
    assert "type the kinds in words" in capsys.readouterr().err


def test_what_was_not_asked_is_told_with_its_file_and_who_changes_it(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.usual()
    person = own(stage, **{"Which kinds of event": "1", "to be nominated": "2"})
    stage.write(person)
    said = capsys.readouterr().out
    assert "Not asked, and so as JP Progressives have it: the offices, " in said
    assert "bylaws.toml" in said
    assert "Whoever keeps the chapter's folder can change it" in said
    (edition,) = load_chapter(stage.folder).read_bylaws().editions
    assert edition.committee.nominee_events.value == 2
    assert edition.committee.standing.value == (), "another chapter's committees are not ours"
    assert edition.committee.fewest_members.cite.startswith("ruling: not asked")


@pytest.mark.parametrize(
    ("typed", "volunteer"),
    [
        ("", ("volunteer activity",)),
        ("2", ("forum", "volunteer activity")),
        (["picnic", "2"], ("forum", "volunteer activity")),
    ],
)
def test_which_kinds_are_volunteer_activities_is_asked(
    stage: Stage, typed: str | list[str], volunteer: tuple[str, ...]
) -> None:
    """A path by volunteering that no kind of the chapter's fulfils would let nobody in."""
    stage.usual()
    person = own(
        stage,
        **{
            "Which kinds of event": "1, 2",
            "How many volunteer": "1",
            "Which of these kinds": typed,
        },
    )
    stage.write(person)
    (edition,) = load_chapter(stage.folder).read_bylaws().editions
    assert edition.membership.helping == volunteer
    assert kinds_of(stage) == ("monthly meeting", "forum", "volunteer activity")


def test_a_kind_that_is_called_so_is_proposed(stage: Stage) -> None:
    stage.usual()
    with stage.sandbox.google.edit(BOOK, "Events") as rows:
        rows.append(["2026-03-12", "Lit drop", "Volunteering"])
    person = own(
        stage,
        **{
            "Which kinds of event": "1, 2, 3",
            "How many volunteer": "1",
            "Which of these kinds": "",
        },
    )
    stage.write(person)
    (edition,) = load_chapter(stage.folder).read_bylaws().editions
    assert edition.membership.helping == ("volunteering", "volunteer activity")
