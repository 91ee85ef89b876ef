"""The committee's half hour, step by step, from the first night to the published result."""

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.sandbox.invented_election import CODE
from flows.rehearsal.acts import answers
from flows.rehearsal.world import World
from flows.web.access import sign_in
from models.errors import Refused
from models.membership.voting_status import Status
from tests.flows.rehearsal.stage import (
    OFFICER,
    approved,
    begun,
    next_,
    published,
    real,
    roll,
    sat_down,
)

pytestmark = pytest.mark.slow
"""It is a whole vote: ten days of nights."""


def done(world: World) -> list[int]:
    return [step.number for step in world.steps() if step.done]


def test_from_the_first_night_to_the_published_result(tmp_path: Path) -> None:
    with begun(real(tmp_path)) as world:
        assert [step.number for step in world.steps()] == list(range(1, 11))
        assert done(world) == []

        link = world.sign_in_link(world.officers()[0])
        with sat_down(world) as context:
            assert sign_in(context, link.rpartition("/")[2])
        assert done(world) == [1]

        assert any("The nightly run: " in line for line in next_(world, "night"))
        assert done(world) == [1, 2]

        with sat_down(world) as context:
            person = next(iter(context.ledger.standings()))
            context.ledger.officers.looked_at(OFFICER, [person], "why", context.now())
        assert done(world) == [1, 2, 3]

        assert world.act("sign-in").startswith("12 people signed in")
        assert 4 not in done(world)  # the rows are there, and nobody has read them
        next_(world, "night")
        assert roll(world)[Status.VOTING] == 10
        assert done(world) == [1, 2, 3, 4]

        with pytest.raises(Refused, match="no vote is open"):
            world.act("vote-60")
        approved(world)
        assert done(world) == [1, 2, 3, 4, 5]
        assert any("opened" in line for line in next_(world, ""))
        assert done(world) == [1, 2, 3, 4, 5, 6]

        vote_by_hand(world)
        assert done(world) == [1, 2, 3, 4, 5, 6, 7]
        world.act("vote-60")
        world.act("vote-all")
        assert done(world) == [1, 2, 3, 4, 5, 6, 7, 8]

        world.begin("closed-form")
        assert 9 not in done(world)
        assert any("not as approved" in line for line in next_(world))
        world.end("closed-form")
        assert done(world) == [1, 2, 3, 4, 5, 6, 7, 8, 9]

        said = next_(world, "close")
        assert any("closed" in line for line in said)
        next_(world, "")
        published(world)
        world.go(world.clock.now() + timedelta(minutes=5), lambda _: None)
        assert done(world) == list(range(1, 11))
        assert 1 in done(world)  # weeks later, nobody has been signed out by that

        pages = list((world.folder / "public").rglob("index.html"))
        assert "Made-up votes" in pages[0].read_text("utf-8")
        assert all(one.subject.startswith("[Rehearsal] ") for one in outbox(world))
        reported(world)


def vote_by_hand(world: World) -> None:
    """Somebody follows the link of an invitation."""
    form = world.sandbox.google.forms["rehearsal-ballot-rehearsal"]
    letter = next(one for one in outbox(world) if one.values.get(CODE))
    form.submit(answers(form, letter.values[CODE], 0, "Ballot code"), world.clock.now())


def outbox(world: World) -> list:  # type: ignore[type-arg]
    return world.sandbox.mailchimp.outbox


def reported(world: World) -> None:
    """The report has counts and sentences, and nobody in it."""
    report = world.report_so_far()
    html, text = world.report(), report.text()
    assert "“Rehearsal vote” was published: 10 voters; 9 ballots handed in, 1 " in text
    assert f"By {OFFICER}." in text
    assert "1 of them filled in by hand" in text
    for person in world.people():
        assert person.address not in html + text
        if person.name != OFFICER:
            assert person.name not in html + text
    assert "Power is cut in the middle of a nightly run" in text.partition("not tried")[2]
    assert "The ballot form stops accepting answers" not in text.partition("not tried")[2]
