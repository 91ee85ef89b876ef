"""Who agreed to email decides who gets mail: no such column and no such text is passed over."""

import pytest

from connectors.sandbox.google.cells import Cell
from tests.flows.setup.person import BOOK, EVENTS, SIGN_INS, Stage

Grid = list[list[Cell]]
HEADS: list[Cell] = ["Timestamp", "Full name", "E-mail", "Do you want to get our e-mails?", "Ward"]


def members(*said: str, heads: list[Cell] | None = None) -> Grid:
    """Registrations with these answers."""
    names = ("ann", "ben", "cy", "dee", "eve", "fay", "gus", "hal")
    return [
        heads or HEADS,
        *(
            ["2026-01-02 10:00", f"{who.title()} Alder", f"{who}@example.org", one, "Ward 3"]
            for who, one in zip(names, said, strict=False)
        ),
    ]


@pytest.mark.parametrize(
    "header",
    ["Do you want to get our e-mails?", "Can we email you?", "Send me your emails",
     "¿Quiere recibir nuestros correos?"],
)  # fmt: skip
def test_a_column_about_emails_is_asked_about_by_its_words(stage: Stage, header: str) -> None:
    heads: list[Cell] = ["Timestamp", "Full name", "E-mail", header, "Ward"]
    stage.workbook(Events=EVENTS, Members=members("yes", "no", heads=heads))
    person = stage.person(**{"whether the person agreed to email": "D", "box for agreeing": ""})
    chapter = stage.write(person)
    assert chapter.columns_of("registrations").titles("wants_email") == (header,)
    (asked,) = [one for one in person.asked if "agreed to email" in one]
    assert f"It might be D “{header}”" in asked


def test_where_no_header_sounds_like_it_all_columns_are_shown(stage: Stage) -> None:
    heads: list[Cell] = ["Timestamp", "Full name", "E-mail", "OK?", "Ward"]
    stage.workbook(Events=EVENTS, Members=members("yes", "no", heads=heads))
    person = stage.person(**{"whether the person agreed to email": ["", "D"],
                             "box for agreeing": ""})  # fmt: skip
    chapter = stage.write(person)
    assert chapter.columns_of("registrations").titles("wants_email") == ("OK?",)
    asked = next(one for one in person.asked if "agreed to email" in one)
    assert "D “OK?”" in asked
    assert "E “Ward”" in asked


def test_the_texts_of_the_cells_are_shown_and_a_person_says_which_is_a_yes(stage: Stage) -> None:
    said = ("Sign me up", "Later", "Sign me up", "Later", "no", "no", "Call Cy Cruz first")
    stage.workbook(Events=EVENTS, Members=members(*said))
    person = stage.person(
        **{"whether the person agreed to email": "D",
           "Which of them say": ["", "9", "1, 3", "1"]}
    )  # fmt: skip
    assert stage.write(person).consent == ("Sign me up",)
    asked = next(one for one in person.asked if "Which of them say" in one)
    assert "1  “Sign me up”" in asked
    assert "2  “Later”" in asked
    assert "3  “no” (read as a no)" in asked
    assert "press Enter" not in asked
    assert "One more text is there" in asked
    assert "Cruz" not in "".join(person.asked)


def test_texts_that_are_understood_need_only_enter(stage: Stage) -> None:
    said = ("Yes please", "No thanks", "Yes please", "No thanks")
    stage.workbook(Events=EVENTS, Members=members(*said))
    person = stage.person(
        **{"whether the person agreed to email": "D", "Which of them say": ["2", "-", ""]}
    )
    assert stage.write(person).consent == ()
    asked = next(one for one in person.asked if "Which of them say" in one)
    assert "“Yes please” (read as a yes)" in asked
    assert "press Enter" in asked


def test_enter_is_no_answer_where_a_text_is_there_that_is_neither_yes_nor_no(stage: Stage) -> None:
    """Each of them once: a text that might be a person's own is not shown."""
    stage.workbook(Events=EVENTS, Members=members("Sign me up", "Ask Cy Cruz"))
    person = stage.person(
        **{"whether the person agreed to email": "D", "box for agreeing": ["", "Sign me up"]}
    )
    assert stage.write(person).consent == ("Sign me up",)
    assert person.was_asked("box for agreeing") == 2
    assert not any("Cruz" in one or "Sign me up" in one for one in person.asked)


def test_a_text_of_one_person_twice_is_not_shown(stage: Stage) -> None:
    rows = members("I am Ann Alder, write", "I am Ann Alder, write", "yes", "yes")
    rows[2][2] = rows[1][2]
    stage.workbook(Events=EVENTS, Members=rows)
    person = stage.person(**{"whether the person agreed to email": "D", "Which of them say": "1"})
    stage.write(person)
    assert not any("Ann Alder" in one for one in person.asked)


def test_a_forms_choices_are_a_list(stage: Stage) -> None:
    stage.workbook(Events=EVENTS, Sign__ins=SIGN_INS)
    form = stage.sandbox.google.add_form("1Members", "Join us")
    form.settings = {"emailCollectionType": "VERIFIED"}
    form.add_text("Your name")
    form.add_choice("Our newsletter", ["Every week", "Never"], "RADIO")
    person = stage.person(
        **{"address of a form": ["https://docs.google.com/forms/d/1Members/edit", ""],
           "What is the form": "registrations",
           "whether the person agreed": "D", "email address": "B",
           "Which of them say": "1"}
    )  # fmt: skip
    assert stage.write(person).consent == ("Every week",)


def test_a_name_in_one_column_is_not_asked_for_in_two(stage: Stage) -> None:
    """Else people are called by their ward."""
    stage.workbook(Events=EVENTS, Members=members("yes", "no"))
    person = stage.person(
        **{"whether the person agreed to email": "D", "Is this right": ["", "change", ""],
           "column has": "", "box for agreeing": ""}
    )  # fmt: skip
    stage.write(person)
    assert person.was_asked("column has the person's name") == 1
    assert person.was_asked("column has the first name|column has the last name") == 0


def test_a_tab_of_events_whose_kind_no_header_names_is_not_passed_over_by_enter(
    stage: Stage,
) -> None:
    events = [["Date", "Event", "Sort"], *([*row[:3]] for row in EVENTS[1:])]
    stage.workbook(BOOK, Events=events, Sign__ins=SIGN_INS)
    person = stage.person(
        **{"What is “Events”": ["", "events"], "column has the kind of event": "C"}
    )
    chapter = stage.write(person)
    assert chapter.columns_of("events").titles("kind") == ("Sort",)
