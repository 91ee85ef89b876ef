"""Personal data prints as dots, wherever it is printed; it compares, and leaves by one door."""

import copy
import dataclasses
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from models.base import Value
from models.errors import ClerkError, FixTheData, Refused
from models.privacy import MASK, Email, Name, Personal, Phone, redact_addresses
from models.unmask import reveal

SECRETS = "ann.alder", "Ann Alder", "6175550123"
ALL: tuple[Personal, ...] = (
    Email.parse("ann.alder@example.org"),
    Name.parse("Ann Alder"),
    Phone.parse("617 555 0123"),
)


class Card(Value):
    """A pydantic value that holds people's data."""

    address: Email
    name: Name
    phone: Phone | None = None


@dataclasses.dataclass(frozen=True)
class Line:
    """A dataclass that does."""

    address: Email
    name: Name


CARD = Card(address=ALL[0], name=ALL[1], phone=ALL[2])


def reveals(text: str) -> bool:
    """Whether any of the secrets stands in a text."""
    return any(secret.casefold() in text.casefold() for secret in SECRETS)


PRINTERS: dict[str, Callable[[Personal], str]] = {
    "repr": repr,
    "str": str,
    "format": format,
    "padded": lambda value: f"{value:>40}",
    "f-string": lambda value: f"{value}",
    "f-string !r": lambda value: f"{value!r}",
    "f-string =": lambda value: f"{value=}",
    "percent": lambda value: "%s %r" % (value, value),  # noqa: UP031 - logging formats this way
    "format()": lambda value: "{} {!r}".format(value, value),  # noqa: UP032 - others' code does
    "list": lambda value: str([value, {value: (value,)}, {value}]),
    "dataclass": lambda value: repr(Line(value, value)),  # type: ignore[arg-type]
    "json by str": lambda value: json.dumps(value, default=str),
    "pydantic repr": lambda _: repr(CARD) + str(CARD),
    "pydantic dict": lambda _: str(CARD.model_dump()),
    "pydantic json": lambda _: CARD.model_dump_json(),
    "exception": lambda value: "".join(traceback.format_exception(RuntimeError(value, CARD))),
    "dir": lambda value: str(dir(value)),
}


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("value", ALL, ids=["email", "name", "phone"])
def test_whatever_prints_it_prints_dots(value: Personal, printer: str) -> None:
    assert not reveals(PRINTERS[printer](value))


def test_a_mask_is_shown_where_the_value_would_be() -> None:
    address = ALL[0]
    assert (str(address), repr(address), f"{address:>5}") == (MASK, f"Email({MASK})", f"  {MASK}")
    assert CARD.model_dump_json() == json.dumps(
        {"address": MASK, "name": MASK, "phone": MASK}, ensure_ascii=False, separators=(",", ":")
    )


def test_a_log_with_a_traceback_shows_nobody() -> None:
    written = io.StringIO()
    logger = logging.Logger("test", logging.DEBUG)
    logger.addHandler(logging.StreamHandler(written))
    try:
        raise FixTheData(f"no place for {ALL[0]}", where=f"Sign-ins of {ALL[1]}")
    except FixTheData:
        logger.exception("for %s and %r in %s", ALL[0], ALL[1], CARD, exc_info=True)
    assert "Traceback" in written.getvalue()
    assert not reveals(written.getvalue())


@pytest.mark.parametrize(
    "cells",
    [
        {"address": "ann.alder@", "name": "Ann Alder"},
        {"address": "ann.alder@example.org ann.alder@example.org", "name": "Ann Alder"},
        {"address": "ann.alder@example.org", "name": "Ann Alder" * 30},
        {"address": "ann.alder@example.org", "name": 5},
        {"address": "ann.alder@example.org", "name": "Ann Alder", "phone": "617555012"[:4]},
        {"address": "ann.alder@example.org"},
        {"address": "ann.alder@example.org", "name": "Ann Alder", "age": "6175550123"},
    ],
)
def test_a_validation_error_tells_the_field_and_not_the_input(cells: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        Card.model_validate(cells)
    assert not reveals(str(caught.value) + repr(caught.value))
    assert not reveals("".join(traceback.format_exception(caught.value)))
    assert not reveals(str(caught.value.errors(include_input=False)))


@pytest.mark.parametrize("bad", ["ann.alder@", "ann.alder@x@y", "ann alder@example.org"])
def test_a_parsing_error_repeats_nothing_in_its_whole_chain(bad: str) -> None:
    with pytest.raises(ValueError, match="address") as caught:
        Email.parse(bad)
    assert not reveals("".join(traceback.format_exception(caught.value)))


@pytest.mark.parametrize("value", ALL, ids=["email", "name", "phone"])
def test_it_is_not_pickled_alone_or_inside_of_something(value: Personal) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for holder in (value, [value], {"it": value}, Line(value, value), CARD):  # type: ignore[arg-type]
            with pytest.raises(Refused, match="personal data is not pickled"):
                pickle.dumps(holder, protocol)


@pytest.mark.parametrize("value", ALL, ids=["email", "name", "phone"])
def test_a_copy_is_the_value_itself(value: Personal) -> None:
    assert copy.copy(value) is value
    assert copy.deepcopy([value])[0] is value
    assert copy.deepcopy(CARD) == CARD
    assert CARD.model_copy(deep=True) == CARD


@pytest.mark.parametrize("value", ALL, ids=["email", "name", "phone"])
def test_it_never_changes(value: Personal) -> None:
    with pytest.raises(AttributeError, match="never changes"):
        value.anything = 1
    with pytest.raises(AttributeError):
        value.__plain = "x"
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize("value", ALL, ids=["email", "name", "phone"])
def test_it_is_no_json_of_its_own_accord(value: Personal) -> None:
    with pytest.raises(TypeError) as caught:
        json.dumps(value)
    assert not reveals(str(caught.value))


# ── it compares ──


@given(st.text(min_size=1, max_size=9), st.text(min_size=1, max_size=9))
def test_equality_hash_and_order_are_those_of_the_text(one: str, other: str) -> None:
    assert (Name(one) == Name(other)) == (one == other)
    assert (Name(one) < Name(other)) == (one < other)
    assert (Name(one) >= Name(other)) == (one >= other)
    assert hash(Name(one)) == hash(Name(str(one)))
    assert sorted([Name(one), Name(other)]) == [Name(text) for text in sorted([one, other])]


def test_kinds_are_told_apart() -> None:
    assert Name("ann@example.org") != Email("ann@example.org")
    assert Name("Ann") != "Ann"
    with pytest.raises(TypeError) as caught:
        _ = Name("Ann Alder") < "Ann Alder"
    assert not reveals(str(caught.value))
    with pytest.raises(TypeError):
        _ = Name("Ann Alder") < Email("ann.alder@example.org")


def test_the_one_door_gives_the_text() -> None:
    assert [reveal(value) for value in ALL] == ["ann.alder@example.org", "Ann Alder", "6175550123"]


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("Ann Alder", "Ann Alder", True),
        ("Ann Alder", "Ann", True),
        ("Ann Alder", "A. Alder", True),
        ("Ann Alder", "Annie Miller", True),
        ("Ann Alder", "Alder, Ann", True),
        ("Ann Alder", "Dr. Ann Alder", True),
        ("Ann Alder", "Alder", True),
        ("Ann Alder", "Ben Alder", False),
        ("Ann Alder", "Ben Birch", False),
        ("李小明", "李大华", False),
    ],
)
def test_names_that_may_be_one_persons_are_akin(one: str, other: str, akin: bool) -> None:
    first, second = Name.parse(one).folded(), Name.parse(other).folded()
    assert first.akin(second) is second.akin(first) is akin


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("ann+jpp@example.org", "ann@example.org"),
        ("ann+a+b@example.org", "ann@example.org"),
        ("ann@example.org", "ann@example.org"),
    ],
)
def test_an_address_without_its_tag(address: str, bare: str) -> None:
    assert Email.parse(address).untagged() == Email.parse(bare)


def test_text_is_taken_where_a_value_is_declared_and_nothing_else_is() -> None:
    adapter = TypeAdapter(Email)
    assert adapter.validate_python("Ann@Example.org") == Email("ann@example.org")
    assert adapter.validate_json('"ann@example.org"') == Email("ann@example.org")
    with pytest.raises(ValidationError, match="text is expected here"):
        adapter.validate_python(Name("Ann"))


# ── errors say place, fact, rule and next step ──


def test_an_error_says_place_fact_rule_and_next_step_in_that_order() -> None:
    error = FixTheData("the date is impossible", where="Events!A2", rule="VM-R1", next_step="mend")
    assert str(error) == "Events!A2: the date is impossible (VM-R1)\nNext: mend"
    assert str(ClerkError("it rains")) == "it rains"


def test_every_kind_of_error_has_an_exit_code_of_its_own() -> None:
    kinds = [*ClerkError.__subclasses__()]
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes) >= 5
    assert not {0, 1, 2} & set(codes)


@pytest.mark.parametrize(
    "text",
    ["ann.alder@example.org", "ann.alder @ example.org", "ann.alder＠example.org",
     "d'alder@example.org",
     "'ann.alder@example.org'", "mailto:ann.alder@example.org", "<ann.alder@example.org>,",
     "ann.alder%40example.org", "ann.alder (at) example.org", "ann.alder[at]example.org",
     "ann.alder (at) example dot org", "ann.alder [at] example [dot] org"],
)  # fmt: skip
def test_however_an_address_is_written_it_is_masked_in_a_text(text: str) -> None:
    said = redact_addresses(f"Potluck {text} 7pm")
    assert "alder" not in said
    assert "example" not in said
    assert MASK in said
    assert "Potluck" in said
    assert said.endswith("7pm")


@pytest.mark.parametrize("text", ["Forum @ 7", "Potluck @ Anna's", "Meet (at) the library"])
def test_a_place_behind_the_sign_is_no_address(text: str) -> None:
    assert redact_addresses(text) == text
