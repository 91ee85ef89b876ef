"""The sealed record: whatever is changed in it breaks a seal, in either form of a line."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import FixTheData
from models.votes.audit_log import START, AuditLogEntry, faults
from models.votes.events import CodesShown, Unread, as_json

NOW = datetime(2026, 4, 2, 13, tzinfo=UTC)
Said = dict[str, Any]


def typed(number: int) -> Said:
    """As a line is written today."""
    return as_json(CodesShown(voters=number))


def sentence(number: int) -> Said:
    """As a former version wrote it."""
    return {"what": "looked at the codes of voters to call", "facts": {"voters": number}}


FORMS = [typed, sentence]
form = pytest.mark.parametrize("form", FORMS, ids=["event", "sentence"])


def record(length: int = 5, form: Callable[[int], Said] = typed) -> list[AuditLogEntry]:
    lines: list[AuditLogEntry] = []
    for number in range(1, length + 1):
        line = AuditLogEntry(
            number=number,
            at=NOW + timedelta(minutes=number),
            election="spring",
            who="Thea Novak",
            said=form(number),
            before=lines[-1].seal if lines else START,
        )
        lines.append(line.sealed())
    return lines


@form
def test_an_untouched_record_holds(form: Callable[[int], Said]) -> None:
    assert list(faults(record(form=form))) == []
    assert list(faults([])) == []


@form
@pytest.mark.parametrize(
    "change",
    [
        {"who": "Somebody Else"},
        {"said": {"kind": "published"}},
        {"said": {"what": "closed the vote", "facts": {"voters": 3}}},
        {"said": typed(99)},
        {"said": sentence(99)},
        {"at": NOW},
        {"election": "autumn"},
    ],
)
def test_whatever_is_changed_is_noticed(
    form: Callable[[int], Said], change: dict[str, object]
) -> None:
    lines = record(form=form)
    lines[2] = lines[2].model_copy(update=change)
    assert list(faults(lines)) == ["entry 3 was changed after it was written"]


def test_a_changed_line_with_a_new_seal_breaks_the_next() -> None:
    lines = record()
    lines[2] = lines[2].model_copy(update={"who": "Somebody Else"}).sealed()
    assert list(faults(lines)) == ["entry 4 does not follow the entry before it"]


@pytest.mark.parametrize(("one", "other"), [(typed, sentence), (sentence, typed)])
def test_a_line_is_not_taken_for_one_of_the_other_form(
    one: Callable[[int], Said], other: Callable[[int], Said]
) -> None:
    """Both say the same event; the seal tells them apart."""
    lines = record(form=one)
    said = lines[2].model_copy(update={"said": other(3)})
    assert said.event == lines[2].event
    lines[2] = said
    assert list(faults(lines)) == ["entry 3 was changed after it was written"]


def test_nothing_is_added_in_the_former_form() -> None:
    lines = record(2)
    late = AuditLogEntry(number=3, at=NOW, election="spring", who="x", said=sentence(1),
                before=lines[-1].seal)  # fmt: skip
    found = list(faults([*lines, late.sealed()]))
    assert found == ["entry 3 has an old format that was no longer used at that time"]


@given(st.integers(0, 3))
def test_a_line_taken_out_is_noticed(number: int) -> None:
    lines = record()
    del lines[number]
    assert any("missing" in fault for fault in faults(lines))


def test_the_order_matters() -> None:
    lines = record()
    lines[1], lines[2] = lines[2], lines[1]
    assert list(faults(lines))


@form
def test_the_zone_of_a_moment_changes_no_seal(form: Callable[[int], Said]) -> None:
    line = record(1, form)[0]
    elsewhere = line.model_copy(update={"at": line.at.astimezone(tz=None)})
    assert elsewhere.digest() == line.seal


def test_the_seal_of_a_former_line_is_what_it_was() -> None:
    """Computed by the version that wrote it."""
    (line,) = record(1, sentence)
    assert line.seal == FORMER_SEAL


FORMER_SEAL = "sha256:5474fb6408be7a808c8759c1f933fc7cc44e6ef6c041be9fd2a6aa084e0eac27"


def test_a_line_that_says_nothing_we_know_is_told_by_its_place() -> None:
    line = record(1)[0].model_copy(update={"said": {"kind": "danced", "with": "ann@example.org"}})
    with pytest.raises(
        FixTheData, match="entry 1 cannot be read by this version of the program"
    ) as said:
        _ = line.event
    assert "ann@" not in str(said.value)
    assert list(faults([line.sealed()])) == [
        "entry 1 cannot be read by this version of the program"
    ]


def test_a_former_line_of_unknown_words_is_kept_as_it_stands() -> None:
    line = record(1)[0].model_copy(update={"said": {"what": "danced", "facts": {"steps": 3}}})
    assert line.event == Unread(what="danced", facts={"steps": 3})
