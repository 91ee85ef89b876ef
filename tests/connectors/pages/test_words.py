"""Every text in both languages, and numbers that never mislead."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from string import Formatter
from typing import Any

import pytest

from connectors.pages.words import LANGUAGES, Language, PageTexts, key_of, other_language, words
from models.ballots.boxes import RejectionReason
from models.bylaws.tally_rules import (
    Base,
    CommitteeBase,
    Comparison,
    Overvotes,
    Setting,
    SettingValue,
    StopLine,
    Threshold,
    TieRule,
)
from models.tally.outcome import NoteKind, OutcomeKind

THREE_FIFTHS = Fraction(3, 5)


@pytest.fixture(params=LANGUAGES)
def said(request: pytest.FixtureRequest) -> PageTexts:
    language: Language = request.param
    return words(language)


def _texts(table: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    for key, text in table.items():
        if isinstance(text, Mapping):
            yield from _texts(text, f"{at}{key}.")
        else:
            yield f"{at}{key}", text


def test_both_languages_have_the_same_texts_with_the_same_fields() -> None:
    english, spanish = (
        {
            key: {field for _, field, _, _ in Formatter().parse(text) if field}
            for key, text in _texts(words(language).texts)
        }
        for language in LANGUAGES
    )
    assert english == spanish


def test_a_text_was_translated_and_not_copied() -> None:
    english, spanish = (dict(_texts(words(language).texts)) for language in LANGUAGES)
    same = {text for key, text in english.items() if text == spanish[key]}
    assert not [text for text in same if re.search(r"\w{3}", re.sub(r"{\w+}", "", text))]


def test_everything_a_count_can_say_has_a_text(said: PageTexts) -> None:
    wanted = {f"{style}.any.{kind.name.lower()}" for style in ("headline", "brief")
              for kind in OutcomeKind}  # fmt: skip
    wanted |= {f"note.{kind.name.lower()}" for kind in NoteKind}
    wanted |= {f"tie.settled.{key_of(way)}" for way in TieRule}
    wanted |= {f"reason.{key_of(reason)}" for reason in RejectionReason}
    wanted |= {f"base.{key_of(base)}.{many}" for base in (*Base, *CommitteeBase)
               for many in ("one", "many")}  # fmt: skip
    wanted |= {f"setting.{setting}.label" for setting in Setting}
    for setting, values in {
        "base": Base, "stop_line": StopLine, "overvotes": Overvotes, "ties": TieRule,
        "comparison": Comparison,
    }.items():  # fmt: skip
        wanted |= {f"setting.{setting}.value.{key_of(value)}" for value in values}
    assert {key for key in wanted if not said.has(key)} == set()


def test_a_missing_text_is_an_error_and_never_a_blank(said: PageTexts) -> None:
    with pytest.raises(KeyError, match=r"no text detail\.absent"):
        said.say("detail.absent")


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (THREE_FIFTHS, "60.0%"),
        (Fraction(6004, 10000), "60.04%"),  # EN-R1: more than 60%, and it must look so
        (Fraction(59999, 100000), "59.999%"),
        (Fraction(2, 3), "66.7%"),
        (Fraction(1), "100.0%"),
        (Fraction(0), "0.0%"),
    ],
)
def test_a_share_is_never_shown_on_the_wrong_side_of_the_bar(share: Fraction, shown: str) -> None:
    assert words("en").percent(share, THREE_FIFTHS) == shown


def test_spanish_in_the_united_states_writes_percentages_as_english_does() -> None:
    assert words("es").percent(Fraction(1, 4)) == "25.0%"


@pytest.mark.parametrize(
    ("bar", "english", "spanish"),
    [
        (Threshold(3, 5), "more than 60%", "más del 60%"),
        (Threshold(3, 5, more_than=False), "at least 60%", "al menos el 60%"),
        (Threshold(2, 3, more_than=False), "at least 2/3", "al menos 2/3"),
        (Threshold(1, 2), "more than 50%", "más del 50%"),
    ],
)
def test_a_bar_in_words(bar: Threshold, english: str, spanish: str) -> None:
    assert (words("en").bar(bar), words("es").bar(bar)) == (english, spanish)


@pytest.mark.parametrize(
    ("setting", "value", "english", "spanish"),
    [
        (Setting.THRESHOLD, Fraction(3, 5), "60%", "60%"),
        (
            Setting.QUORUM,
            Threshold(7, 10, more_than=False),
            "at least 70%",
            "al menos el 70%",
        ),
        (Setting.SEATS, 2, "2", "2"),
        (Setting.STOP_AT, 1, "one candidate left", "una sola candidatura"),
        (Setting.MUST_ELECT, True, "yes", "sí"),
        (Setting.MAX_SKIPPED, None, "no limit", "sin límite"),
        (Setting.MAX_SKIPPED, 0, "0", "0"),
        (
            Setting.TIES,
            (TieRule.EARLIER_ROUNDS, TieRule.DECISION),
            "earlier rounds, a recorded decision",
            "rondas anteriores, una decisión registrada",
        ),
    ],
)
def test_what_a_setting_is_set_to(
    setting: Setting, value: SettingValue, english: str, spanish: str
) -> None:
    told = words("en").value(setting, value), words("es").value(setting, value)
    assert told == (english, spanish)


def test_one_thing_and_many() -> None:
    assert [words("en").count(n, "votes") for n in (0, 1, 1204)] == [
        "0 votes",
        "1 vote",
        "1,204 votes",
    ]


def test_one_ballot_and_many() -> None:
    told = [words(language).base(Base.CONTINUING, 1) for language in LANGUAGES]
    assert told == ["1 ballot still active",
                    "1 papeleta que aún cuenta para una opción"]  # fmt: skip


def test_a_name_that_ends_in_a_point_ends_its_sentence() -> None:
    told = words("en").say("headline.any.endorsed", names="Ben Baker, Jr.")
    assert told == "The members endorse Ben Baker, Jr."


def test_each_language_links_to_the_other() -> None:
    assert [other_language(language) for language in LANGUAGES] == ["es", "en"]
