"""The page of the bylaws as tested is up to date, and every test on it names its rule."""

import re

from tests.bylaws.page import COPY, RULE, files, page, specified

SPECIFICATION = [test for file in files() for test in specified(file)]
MEMBERSHIP = {f"VM-{n}" for n in range(1, 6)} | {f"VM-R{n}" for n in range(1, 6)}


def test_the_copy_in_the_docs_is_fresh() -> None:
    assert COPY.read_text("utf-8") == page(), "run `python -m tests.bylaws` and commit the page"


def test_every_test_of_the_bylaws_names_its_rule() -> None:
    nameless = [f"{test.file.name} {test.name}" for test in SPECIFICATION if not test.rules]
    assert nameless == [], "give each a docstring with its rule's id"


def test_every_rule_of_membership_is_tested() -> None:
    tested = {rule for test in SPECIFICATION for rule in test.rules}
    assert tested >= MEMBERSHIP


def test_a_sentence_reads_as_one() -> None:
    (first, *_) = SPECIFICATION
    assert re.fullmatch(r"[A-Z0-9].*\.", first.sentence)
    assert "_" not in first.sentence


def test_a_rule_is_told_from_other_capitals() -> None:
    assert RULE.findall("VM-R1, EN-12; not UTF-8x, not vm-1") == ["VM-R1", "EN-12"]
