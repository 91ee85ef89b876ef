"""Whatever comes in an answer's place, nothing but an error of ours comes out."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.sandbox.faults import STRANGERS
from connectors.sandbox.server import Sandbox
from flows.context import ChapterContext
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.connectors.answering import CALLS, Body, Played, play
from tests.elections.polls import Poll

DEEP = b"[" * 100_000 + b"]" * 100_000
ZONE = re.compile(rb"(?<=timeZone\W{3})[^\"]+")
AWKWARD: dict[str, bytes] = {
    "nothing": b"",
    "half an object": b'{"members": [{"email_add',
    "nested too deep": DEEP,
    "too deep inside": b'{"x": ' + DEEP + b"}",
    "a number of 5000 digits": b'{"total_items": ' + b"9" * 5000 + b"}",
    "no number": b'{"total_items": NaN}',
    "half a character": b'{"id": "\\ud800"}',
    "another charset": '{"name": "Años"}'.encode("latin-1"),
    "two bytes a character": '{"name": "x"}'.encode("utf-16"),
    "a text": b'"ok"',
    "a number": b"7",
    "true": b"true",
}
TEXTS = st.sampled_from(["", "x", "2026-04-01", "9" * 30, "ann@example.org", "'!", "|", "\0"])
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | TEXTS
ANY = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def poll(services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory) -> Poll:
    """A chapter with a vote."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    folder = tmp_path_factory.mktemp("answers") / "chapter"
    return Poll.prepare(sandbox, clock, folder, people=12)


@pytest.fixture(scope="module")
def calls(poll: Poll) -> dict[str, Played]:
    """Each call with its true answers."""
    return dict(play(poll))


@pytest.fixture
def context(poll: Poll, calls: dict[str, Played]) -> Iterator[ChapterContext]:
    with poll.context() as context:
        yield context


@pytest.mark.parametrize("name", CALLS)
def test_the_true_answers_are_taken(
    calls: dict[str, Played], context: ChapterContext, name: str
) -> None:
    calls[name].again(context, lambda key, body: body)


@pytest.mark.parametrize("name", CALLS)
def test_a_stranger_at_any_request_is_told_as_such(
    calls: dict[str, Played], context: ChapterContext, name: str
) -> None:
    """Each request of the call in turn, and again whenever it is made."""
    strange = {kind: (status, body) for kind, (status, _, body) in STRANGERS.items()}
    strange |= {kind: (200, body) for kind, body in AWKWARD.items()}
    for struck in calls[name].requests():
        if struck[1].endswith("/actions/send"):
            continue  # the campaign's own status tells, see test_campaigns
        for kind, stranger in strange.items():
            if kind == "nothing-204" and calls[name].said[struck][0][0] == 204:
                continue  # the service's own word for "done"
            if kind == "empty-200" and struck[1].endswith("/responses"):
                continue  # and for an answer to a form that nobody gave, if the form says its id

            def instead(key: Any, body: Body, struck: Any = struck, other: Body = stranger) -> Body:
                return other if key == struck else body

            with pytest.raises(TryAgainLater):
                calls[name].again(context, instead)


@pytest.mark.parametrize("many", [20, pytest.param(150, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", CALLS)
def test_any_part_of_an_answer_may_be_anything(
    calls: dict[str, Played], context: ChapterContext, name: str, many: int
) -> None:
    """A status nobody knows, a number for a text, a list for an object, a part left out."""
    played = calls[name]

    @settings(
        deadline=None, max_examples=many, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def trial(data: st.DataObject) -> None:
        struck = data.draw(st.sampled_from(played.requests()))

        def instead(key: Any, body: Body) -> Body:
            status, text = body
            if key != struck:
                return body
            changed = _changed(data, json.loads(text)) if text else data.draw(ANY)
            return status, json.dumps(changed).encode()

        with suppress(ClerkError):
            played.again(context, instead)

    trial()


def _changed(data: st.DataObject, told: Any) -> Any:
    """The same with one part, at whatever depth, replaced or left out."""
    told = deepcopy(told)
    at, steps = told, data.draw(st.integers(0, 6))
    for step in range(steps + 1):
        if not isinstance(at, dict | list) or not at:
            return data.draw(ANY)
        places = sorted(at) if isinstance(at, dict) else range(len(at))
        place = data.draw(st.sampled_from(list(places)))
        if step == steps or not isinstance(at[place], dict | list) or not at[place]:
            if data.draw(st.booleans()):
                at[place] = data.draw(ANY)
            else:
                del at[place]
            return told
        at = at[place]
    return told


def test_a_zone_that_only_google_knows_is_said(
    calls: dict[str, Played], context: ChapterContext
) -> None:
    """Google's own GMT-07:00 is read; what is neither that nor on the list is not."""
    for name in ("its tabs", "the ballots of a tab"):
        with pytest.raises(FixTheSettings, match="time zone is not in the common list"):
            calls[name].again(
                context,
                lambda _, body: (body[0], ZONE.sub(b"Nowhere/Land", body[1])),
            )


@pytest.mark.parametrize(
    "token",
    [b"<html>", b"null", b"[]", b"{}", b'"x"', b'{"access_token": 7, "expires_in": 3599}',
     b'{"access_token": "a b", "expires_in": 3599}', b'{"access_token": "a"}',
     b'{"access_token": "a", "expires_in": "soon"}', b'{"access_token": "", "expires_in": 9}'],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 201, 400, 401, 403])
def test_what_is_no_token_is_told_as_such(
    calls: dict[str, Played], context: ChapterContext, token: bytes, status: int
) -> None:
    with pytest.raises(TryAgainLater, match="this is not Google answering"):
        calls["a workbook's version"].again(
            context, lambda key, body: (status, token) if key[1].endswith("/token") else body
        )
