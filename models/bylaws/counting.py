"""How votes are counted, as one edition of the bylaws fixes it: typed rules, numbers in TOML.

Each value carries the sentence of the bylaws it comes from, or the word "ruling" where the text is
silent; a ruling names its alternatives, and results say when one of them would end otherwise.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationError,
    model_validator,
)

from models.base import Value
from models.bylaws.cited import Cited
from models.bylaws.tally_rules import Base, Comparison, Overvotes, StopLine, TieRule
from models.errors import FixTheSettings
from models.faults import faults

_SHORT = re.compile(r"[0-9]{0,20}(\.[0-9]{1,20})?(\s*%|/[0-9]{1,20})?", re.ASCII)


def part(written: object) -> Fraction:
    """Read "60%", "3/5" or "0.6" as a fraction; never through floating point.

    Raises:
        ValueError: it is no part of a whole.
    """
    text = str(written).strip()
    try:
        if not _SHORT.fullmatch(text):
            raise ValueError("1e999999999 would be worked out digit by digit")
        if text.endswith("%"):
            read = Fraction(text.removesuffix("%").strip()) / 100
        else:
            read = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError('write a part of the votes like "60%" or "3/5"') from None
    if not 0 < read <= 1:
        raise ValueError("a part of the votes must be more than 0 and at most all of them")
    return read


Part = Annotated[Fraction, BeforeValidator(part), PlainSerializer(str)]


class EndorsementCount(Value):
    """The bar of every endorsement vote (EN-3, EN-4, EN-7, EN-12) and its base (EN-R1)."""

    threshold: Cited[Part]
    comparison: Cited[Comparison]
    base: Cited[Base]
    no_endorsement: Cited[str]  # how the choice of EN-5 is written on the ballot


class RankedCount(Value):
    """The rounds of a ranked count (EN-3, EN-R2, EN-R3, EN-R5)."""

    fewest_candidates: Cited[int]  # from how many candidates on voters rank them
    stop_line: Cited[StopLine]
    stop_at: Cited[Annotated[int, Field(ge=1, le=2)]]
    ties: Cited[tuple[TieRule, ...]]


class RankingErrors(Value):
    """What a mistaken ranking means (BA-3). `max_skipped` −1 is any number."""

    overvotes: Cited[Overvotes]
    exhaust_on_repeat: Cited[bool]
    max_skipped: Cited[Annotated[int, Field(ge=-1)]]


class ConfirmationCount(Value):
    """Slate and annual priorities (SC-1, SC-7, SC-R3)."""

    threshold: Cited[Part]
    comparison: Cited[Comparison]
    base: Cited[Base]


def _later(usual: Cited[Any]) -> Any:
    return Field(exclude_if=lambda said: said.value == usual.value)


Terms = Literal["annual meetings", "anniversary"]
"""What ends a term: the next choice in the first quarter in which it is due, or its own day."""
ANNUAL_MEETINGS = Cited[Terms](
    value="annual meetings",
    alternatives=("anniversary",),
    rule="SC-R5",
    cite="ruling: a seat lasts until the members confirm the next slate at an annual meeting",
)
CONSENSUS = Cited[Part](
    value=Fraction(1, 2),
    rule="SC-R6",
    cite="ruling: nobody is against it, and more than half of those present are for it",
)


class CommitteeCount(Value):
    """The committee's own votes (SC-1, SC-3 to SC-6, SC-R1, SC-R2, SC-R4 to SC-R6).

    What has a default came later than editions that chapters have written, and than digests of
    theirs: it stands in a digest only where it says something else.
    """

    threshold: Cited[Part]
    comparison: Cited[Comparison]
    quorum: Cited[Part]
    recall: Cited[Part]
    recall_comparison: Cited[Comparison]
    consensus: Annotated[Cited[Part], _later(CONSENSUS)] = CONSENSUS  # of those present
    co_chairs: Cited[int]
    co_chair_bar: Cited[Part]
    fewest_members: Cited[int]
    most_members: Cited[int]
    longest_leave_months: Cited[Annotated[int, Field(ge=0, le=1200)]]
    member_term_years: Cited[Annotated[int, Field(ge=1, le=100)]]
    co_chair_term_years: Cited[Annotated[int, Field(ge=1, le=100)]]
    terms: Annotated[Cited[Terms], _later(ANNUAL_MEETINGS)] = ANNUAL_MEETINGS
    nominee_events: Cited[int]  # within one calendar year (SC-2)
    # In what a nominee is active counts nothing: it stands in no digest.
    standing: Annotated[Cited[tuple[str, ...]], Field(exclude=True)] = Cited(
        value=(), rule="SC-2", cite=""
    )


FEDERAL = Cited[tuple[str, ...]](
    value=("President", "Senate", "Congress"),
    alternatives=((),),
    rule="EN-R9",
    cite="ruling: campaigns for them register with the FEC, and have no OCPF account",
)


class Offices(Value):
    """The offices that represent the neighbourhood (EN-2)."""

    focus: Cited[tuple[str, ...]]
    other: Cited[tuple[str, ...]]
    # Other names find an office and count nothing: they stand in no digest.
    aliases: Annotated[Cited[dict[str, str]], Field(exclude=True)] = Cited(
        value={}, rule="EN-2", cite=""
    )
    # Nor does it count anything whom one may invite.
    federal: Annotated[Cited[tuple[str, ...]], Field(exclude=True)] = FEDERAL

    @model_validator(mode="after")
    def _mean_an_office(self) -> Self:
        known = {*self.focus.value, *self.other.value}
        for number, office in enumerate(self.aliases.value.values(), start=1):
            if office not in known:
                raise ValueError(f"alias {number} refers to an office that is on neither list")
        return self


class CountingRules(Value):
    """What one edition says about votes: what is voted on, and how it is counted."""

    name: str
    offices: Offices
    endorsement: EndorsementCount
    ranked: RankedCount
    errors: RankingErrors
    confirmation: ConfirmationCount
    committee: CommitteeCount


def counting_rules_from(table: Mapping[str, Any], where: str) -> CountingRules:
    """Check a parsed file of counting rules. All its faults are told at once.

    Raises:
        FixTheSettings: unknown, missing or mistyped rules, each with its place.
    """
    try:
        return CountingRules.model_validate(table)
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(faults(exc, CountingRules)),
            where=where,
            next_step="compare it with the built-in bylaws in models/bylaws/editions; "
            "docs/adopting.md lists the keys",
        ) from None
