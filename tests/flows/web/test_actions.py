"""Calls to action on the officers' page: written, looked at, approved, sent, and what came."""

from collections import Counter
from collections.abc import Iterator

import pytest

from connectors.sandbox.invented import FORM as SIGN_IN
from connectors.sandbox.invented import address_of, serial
from connectors.sandbox.mailchimp.state import subscriber_hash
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from models.privacy import Email
from models.votes.events import VolunteersCalled
from tests.conftest import Clock
from tests.flows.test_volunteers import with_offers
from tests.flows.town import Town
from tests.flows.web.desk import LOOKS, OFFICERS, DeskClient, opened, words

NAME, EVENT, GOING = "canvass-may", "2026-05-02 Canvass", "come-along"
TEXT = {"subject_en": "Knock on doors with us", "text_en": "We meet at 10.\r\n\r\nBring water."}
CALL = {"name": NAME, "offers": ["canvass"], **TEXT}
LOOK = f"/actions/{NAME}/look"
TWO = (
    OFFICERS
    + '\n[approvals]\ncalls = 2\n\n[[officers]]\nname = "Omar Ray"\nmay = ["look", "act"]\n'
)


def volunteers(town: Town) -> Town:
    """Two who want a call for canvassers, one who phones, and one who wants none."""
    with_offers(town)
    town.settings = (town.folder / "chapter.toml").read_text().partition("\n[network]")[0]
    rows = [("canvass", "yes"), ("canvass, phone bank", "yes"), ("phone bank", "yes")]
    rows.append(("canvass", "no"))
    town.add_tab(
        "profiles",
        *(
            ["2026-01-05", address_of(n), said, None, None, yes]
            for n, (said, yes) in enumerate(rows)
        ),
    )
    return town


@pytest.fixture
def desk_(town: Town) -> Iterator[DeskClient]:
    volunteers(town).night()
    with opened(town) as desk:
        yield desk.sign_in()


@pytest.fixture
def guarded(town: Town) -> Iterator[DeskClient]:
    """A chapter in which two officers approve a call."""
    volunteers(town).night()
    with opened(town, TWO) as desk:
        yield desk.sign_in()


def write(desk: DeskClient, **more: str | list[str]) -> str:
    return words(desk.press("/actions/new", "/actions/new", {**CALL, **more}))


def look(desk: DeskClient) -> str:
    """Where the email is shown, as it would go out now."""
    seen = desk.ended(desk.press(f"/actions/{NAME}", LOOK))
    assert "/look/" in seen.url, words(seen)
    return seen.url.removeprefix(desk.home)


def approve(desk: DeskClient, path: str) -> str:
    return words(desk.ended(desk.press(path, path, {"sure": "yes"})))


def went(town: Town) -> Counter[str]:
    outbox = town.sandbox.mailchimp.outbox
    return Counter(one.to for one in outbox if one.title.startswith("clerk: action"))


def test_an_officer_writes_a_call_sees_it_with_its_count_and_sends_it_once(
    desk_: DeskClient,
) -> None:
    """ST-2, DP-4"""
    assert "There are no calls to action yet" in desk_.text("/actions")
    assert "Saved." in write(desk_)
    assert f"{NAME} not sent" in desk_.text("/actions")
    path = look(desk_)
    seen = desk_.text(path)
    for part in (
        "It goes to 2 volunteers.",
        "Subject: Knock on doors with us",
        "We meet at 10.",
        "Bring water.",
        "Fingerprint of exactly this: ",
    ):
        assert part in seen
    assert "@" not in seen
    assert not went(desk_.town)
    assert "Sent to 2 volunteers." in approve(desk_, path)
    assert went(desk_.town) == {address_of(0): 1, address_of(1): 1}
    assert "was already sent to 2 people" in approve(desk_, path)
    assert went(desk_.town) == {address_of(0): 1, address_of(1): 1}
    assert f"{NAME} sent to 2" in desk_.text("/actions")
    with desk_.town.ledger() as ledger:
        (line,) = [one for one in ledger.votes.lines("") if one.event.kind == "volunteers-called"]
    assert (line.who, line.event) == ("Ana Reyes", VolunteersCalled(call=NAME, people=2))


def test_nothing_goes_without_the_box(desk_: DeskClient) -> None:
    write(desk_)
    path = look(desk_)
    assert "the box was not ticked" in words(desk_.press(path, path))
    assert not went(desk_.town)


def test_a_text_that_changed_since_it_was_looked_at_is_not_sent(desk_: DeskClient) -> None:
    write(desk_)
    path = look(desk_)
    edit = f"/actions/{NAME}/edit"
    assert "Saved." in words(desk_.press(edit, edit, {**TEXT, "text_en": "We meet at 11."}))
    assert "but the email is now" in approve(desk_, path)
    assert not went(desk_.town)
    assert "We meet at 11." in desk_.text(f"/actions/{NAME}")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": "../up"}, "not a valid name"),
        ({"name": "new"}, "not a valid name"),
        ({"text_en": ""}, "there is no text below the subject"),
        ({"subject_en": ""}, "the text has no subject"),
        ({"text_en": "Ask ann@example.org"}, "contains an email address"),
        ({"offers": ["sing"]}, "the settings do not list one of them"),
    ],
)
def test_a_call_that_nobody_should_get_is_refused_and_what_was_typed_stays(
    desk_: DeskClient, more: dict[str, str | list[str]], said: str
) -> None:
    answer = desk_.press("/actions/new", "/actions/new", {**CALL, "times": "weekends", **more})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'value="weekends"' in answer.text
    assert "@example.org" not in answer.text
    assert "There are no calls" in desk_.text("/actions")


def test_two_officers_approve_where_the_chapter_asks_for_two(guarded: DeskClient) -> None:
    """The first approval of exactly this is kept; the second sends it, here or at a terminal."""
    write(guarded)
    path = look(guarded)
    assert "one more officer must approve" in approve(guarded, path)
    assert "one more officer must approve" in approve(guarded, look(guarded))  # the same one again
    assert not went(guarded.town)
    guarded.sign_in("Omar Ray")
    seen = guarded.text(path := look(guarded))
    assert "2 officers approve a call" in seen
    assert "Approved so far by Ana Reyes." in seen
    assert "Sent to 2 volunteers." in approve(guarded, path)
    assert went(guarded.town) == {address_of(0): 1, address_of(1): 1}


def test_an_approval_of_another_text_counts_for_nothing(guarded: DeskClient) -> None:
    write(guarded)
    approve(guarded, look(guarded))
    edit = f"/actions/{NAME}/edit"
    guarded.press(edit, edit, {**TEXT, "text_en": "Other.", "offers": ["canvass"]})
    guarded.sign_in("Omar Ray")
    path = look(guarded)
    assert "Approved so far" not in guarded.text(path)
    assert "one more officer must approve" in approve(guarded, path)
    assert not went(guarded.town)


def test_who_may_look_sees_calls_and_changes_none(desk_: DeskClient) -> None:
    write(desk_)
    desk_.sign_in(LOOKS)
    assert "Knock on doors" in (page := desk_.get(f"/actions/{NAME}")).text
    assert "<button>" not in page.text.partition("<main")[2]
    assert desk_.get("/actions/new").status_code == 409


def test_what_came_of_it_is_delivered_signed_up_and_came(town: Town, clock: Clock) -> None:
    """A reply becomes a sign-up, and from the event's day on participation by itself (VM-4)."""
    volunteers(town)
    town.sandbox.google.add_form(GOING, "Come along").add_text("Email address")
    holds = f'[[forms]]\nid = "{GOING}"\nholds = "event_sign_ins"\nevent = "{EVENT}"\n\n'
    town.rewrite(f'[[forms]]\nid = "{SIGN_IN}"', f'{holds}[[forms]]\nid = "{SIGN_IN}"')
    town.settings = (town.folder / "chapter.toml").read_text().partition("\n[network]")[0]
    with town.edit("Events") as rows:
        rows.append([serial(clock().date()) + 32, "Canvass", "volunteer activity"])
    town.night()
    with opened(town) as desk:
        write(desk.sign_in(), replies=EVENT)
        path = look(desk)
        assert "Sign up: https://docs.google.com/forms/d/e/come-along/viewform" in desk.text(path)
        town.sandbox.mailchimp.bounces[subscriber_hash(address_of(1))] = "soft"
        approve(desk, path)
        asked = words(desk.ended(desk.press(f"/actions/{NAME}", f"/actions/{NAME}/ask")))
        assert "Emails that were delivered: 1. Emails that came back: 1." in asked
        form = town.sandbox.google.forms[GOING]
        question = form.questions()[0]["questionId"]
        form.submit({question: address_of(0)}, clock())
        town.night()
        said = desk.text(f"/actions/{NAME}")
        assert "Answers of its form, as last read: 1" in said
        assert "Who came is known from the event’s day on" in said
        clock.go(days=33)
        town.night()
        said = desk.sign_in().text(f"/actions/{NAME}")
        assert "People who came: 1" in said
    with town.context() as context:
        facts = facts_of(context, known_sources(context.ledger))
        came = Email.parse(address_of(0))
        (who,) = [one.id for one in facts.known.people.values() if came in one.addresses]
        entry = facts.entry(who, context.today)
    assert entry
    assert "Canvass" in [event.name for event in entry.standing.counted]


def test_the_pages_of_calls_speak_spanish(desk_: DeskClient) -> None:
    write(desk_)
    desk_.press("/actions", "/language", {"language": "es", "back": "/actions"})
    assert "Convocatorias Una convocatoria es un mensaje" in desk_.text("/actions")
    assert "A quién se envía" in desk_.text(f"/actions/{NAME}")
    assert "Ofrecen" in desk_.text(f"/actions/{NAME}/edit")
    seen = desk_.text(look(desk_))
    assert "Se enviará a 2 personas voluntarias." in seen
    assert "Volver sin enviarlo" in seen
