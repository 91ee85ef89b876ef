"""Every event goes into the record and comes out of it as it was."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.ledger import Act
from flows.votes.history import facts, sentence
from models.ballots.boxes import RejectionReason
from models.base import Value
from models.errors import Refused
from models.tally.outcome import Outcome, OutcomeKind, WhyVoid
from models.votes import events
from models.votes.events import (
    AnnouncementsSettled,
    Approved,
    CandidateWithdrawn,
    Counted,
    Extended,
    RaceCancelled,
    TieDecided,
    VoteCancelled,
    VoterAdded,
    Written,
    as_json,
    from_json,
)

KINDS: tuple[type[Any], ...] = tuple(sorted(get_args(Written), key=lambda one: one.__name__))
NOW = datetime(2026, 4, 2, 13, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=OFFSETS)  # noqa: DTZ001 - the zone is drawn
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(1, 10**6),
    bool: st.booleans(),
    None: st.none(),
    type(None): st.none(),
    RejectionReason: st.sampled_from(RejectionReason),
    WhyVoid: st.sampled_from(WhyVoid),
    Outcome: st.builds(
        Outcome, st.sampled_from(OutcomeKind), st.lists(TEXTS, max_size=3).map(tuple)
    ),
}


def drawn(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return drawn(inner[0])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, UnionType):
        return st.one_of(*map(drawn, inner))
    if origin is tuple:
        return st.lists(drawn(inner[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(drawn(inner[0]), drawn(inner[1]), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return of_kind(annotation)
    if issubclass(annotation, datetime) or "AwareDatetime" in repr(annotation):
        return MOMENTS
    return st.dates()


def of_kind(kind: type[Any]) -> st.SearchStrategy[Written]:
    """Events of one kind."""
    named = {name: drawn(field.annotation) for name, field in kind.model_fields.items()}
    return st.builds(kind, **named)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_event_comes_back_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    event = data.draw(of_kind(kind))
    said = json.loads(json.dumps(as_json(event)))
    assert from_json(said) == event
    assert as_json(from_json(said)) == said


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_event_can_be_told(kind: type[Any], data: st.DataObject) -> None:
    event = data.draw(of_kind(kind))
    told = facts(event, ZoneInfo("America/New_York"))
    assert isinstance(sentence(event), str)
    assert all(isinstance(value, str | int) for value in told.values())


@pytest.mark.parametrize("kind", OutcomeKind)
def test_the_history_has_a_word_for_every_way_a_contest_can_end(kind: OutcomeKind) -> None:
    ended = Counted(
        received=1, counted=1, superseded=0, set_aside={}, outcomes={"Mayor": Outcome(kind)}
    )
    assert facts(ended, ZoneInfo("America/New_York"))["Mayor"]


def test_the_kinds_are_short_words_and_each_ones_own() -> None:
    """They stand in sealed lines: this list grows, and nothing in it changes."""
    assert [kind.model_fields["kind"].default for kind in KINDS] == [
        "announcement-cleared", "announcements-settled", "approval-given", "approval-withdrawn",
        "approved",
        "ballot-asked-after", "cancellation-published", "candidate-withdrawn",
        "clock-set-back", "closed", "codes-cleared", "codes-shown",
        "counted", "extended", "form-drifted", "form-mended",
        "letter-brought-again", "letter-delivered", "letter-sent", "letter-stopped",
        "letter-undelivered",
        "list-imported", "list-removed", "list-written", "members-emailed",
        "officer-invited", "officer-signed-out", "opened",
        "pages-renewed", "person-erased",
        "person-readmitted", "plan-approved", "proposals-called", "published",
        "quorum-not-met", "race-cancelled", "race-overruled", "race-voided",
        "request-decided", "result-announced", "result-seen", "roll-destroyed",
        "rows-destroyed", "settings-extended",
        "stopped-at-tie", "tie-decided", "volunteers-called", "vote-cancelled", "voter-added",
        "voter-struck",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"kind": "danced"},
        {"kind": "codes-shown"},
        {"kind": "codes-shown", "voters": -1},
        {"kind": "codes-shown", "voters": 1, "who": "ann@example.org"},
    ],
)
def test_what_is_no_event_is_refused_without_a_word_of_it(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error") as found:
        from_json(said)
    assert "ann@" not in str(found.value)


ADDRESS = "ask ann@example.org"


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (Extended(before=NOW, closes=NOW, reason=ADDRESS), "reason"),
        (TieDecided(race="mayor", picked="Ada", how=ADDRESS), "how"),
        (TieDecided(race="mayor", picked="Ada", how="a lot", tied=("Ada", ADDRESS)), "tied"),
        (VoteCancelled(reason=ADDRESS), "reason"),
        (RaceCancelled(race="mayor", reason="it is off", reason_es=ADDRESS), "reason_es"),
        (CandidateWithdrawn(race="mayor", candidate=ADDRESS, reason="ill"), "candidate"),
        (VoterAdded(reason=ADDRESS, roll="sha256:0", line=1), "reason"),
        (AnnouncementsSettled(people={ADDRESS: 1}), "people"),
        (
            Counted(received=1, counted=1, superseded=0, set_aside={},
                    outcomes={"mayor": Outcome(OutcomeKind.ENDORSED, (ADDRESS,))}),
            "outcomes",
        ),
        (
            Approved(opens=NOW, closes=NOW, record_date=NOW.date(), contests=(ADDRESS,)),
            "contests",
        ),
    ],
)  # fmt: skip
def test_no_act_holds_an_address_wherever_it_stands(event: Written, where: str) -> None:
    """A sealed line cannot be taken out again (DP-6)."""
    with pytest.raises(Refused, match="mail address") as said:
        Act("Thea Novak", NOW, event)
    assert said.value.where == where
    assert "ann@" not in str(said.value)


def test_no_act_is_anybodys_by_address() -> None:
    with pytest.raises(Refused, match="mail address"):
        Act("ann@example.org", NOW, events.Published())
