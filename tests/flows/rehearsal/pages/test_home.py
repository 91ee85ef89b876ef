"""The first page: the clock, the steps, what members do; trouble, published pages, the report."""

from datetime import timedelta
from threading import Event
from time import sleep

import pytest

from connectors.ledger import KeyKind
from flows.rehearsal.values import Moment, Step
from tests.flows.rehearsal.pages.world import Pages, TownsWorld, fields_of
from tests.flows.web.desk import words


def test_the_time_the_next_step_and_what_is_coming_are_shown(pages: Pages) -> None:
    said = pages.text("/")
    assert "In the rehearsal, it is now Tuesday, March 31, at 2:00 AM" in said
    assert "Step 2: Open the vote On the officers’ page, approve it. Go there" in said
    assert "1 of 3 done" in said
    assert "The nightly run. Wednesday, April 1, at 2:00 AM" in said


@pytest.mark.parametrize(
    ("how", "to"),
    [
        ("moment", timedelta(hours=7)),
        ("day", timedelta(days=1, hours=7)),
        ("night", timedelta(days=1)),
        ("close", timedelta(days=9)),
    ],
)
def test_each_button_lets_time_pass_and_says_what_happened(
    pages: Pages, how: str, to: timedelta
) -> None:
    """The next day begins at nine in the morning of the chapter."""
    then = pages.world.clock.now() + to
    answer = pages.press("/", "/go", {"how": how})
    assert pages.world.done == [then]
    assert "The nightly run found 3 new voting members." in words(answer)
    said = pages.text("/")
    assert said.count("24 invitations were sent.") == 1  # told once above, and kept below
    assert "What happened so far" in said


def test_a_way_that_is_not_there_any_more_moves_nothing(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.world, "moments", tuple)
    for how in ("moment", "night", "close", "nonsense"):
        answer = pages.press("/", "/go", {"how": how})
        assert "This moment does not come any more" in words(answer)
    assert pages.world.done == []


def test_without_a_vote_under_way_there_is_no_close_to_go_to(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = Moment(pages.world.clock.now() + timedelta(hours=1), "The nightly run", "night")
    monkeypatch.setattr(pages.world, "moments", lambda: (night,))
    said = pages.text("/")
    assert "Next moment" in said
    assert "Next night" in said
    assert "The close of the vote" not in said


def test_members_act_by_themselves(pages: Pages) -> None:
    answer = pages.press("/", "/act", {"key": "vote"}, nth=1)
    assert pages.world.done == ["vote"]
    assert "14 members voted." in words(answer)
    assert "The members cannot do this now." in words(pages.press("/", "/act", {"key": "x"}))


def test_what_takes_long_shows_its_progress(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = Event()

    def go(_: TownsWorld, to: object, tell: object) -> tuple[str, ...]:
        tell("The nightly run of Tuesday begins.")  # type: ignore[operator]  # a callable
        assert goes_on.wait(20)
        return ("The night is over.",)

    monkeypatch.setattr(TownsWorld, "go", go)
    shown = pages.press("/", "/go", {"how": "night"})
    assert "/progress/" in shown.url
    assert "The nightly run of Tuesday begins." in words(shown)
    assert "Time is passing just now. See how far it is" in pages.text("/")
    goes_on.set()
    answer = shown
    while "/progress/" in answer.url:
        answer = pages.browser.get(shown.url, timeout=30)
        sleep(0.01)
    assert "The night is over." in words(answer)


def test_a_work_that_fails_says_why(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TownsWorld, "go", lambda *_: 1 / 0)
    answer = pages.press("/", "/go", {"how": "day"})
    while "/progress/" in answer.url and answer.ok:
        answer = pages.browser.get(answer.url, timeout=30)
    assert answer.status_code == 409
    assert "This did not work" in words(answer)
    assert "Let time pass" in pages.text("/")


def test_a_work_of_an_earlier_run_is_not_known(pages: Pages) -> None:
    assert "This work is not known any more" in words(pages.get("/progress/none"))


def test_the_invented_people_are_named_with_their_inbox(pages: Pages) -> None:
    said = pages.text("/people")
    for person in pages.world.people():
        assert f"{person.name} {person.address} {person.plays.capitalize()}" in said


def test_trouble_begins_and_is_put_back(pages: Pages) -> None:
    said = pages.text("/trouble")
    assert "Somebody empties the sign-in tab What you will see: The next run refuses" in said
    said = words(pages.press("/trouble", "/trouble/begin"))
    assert pages.world.broken == {"tab"}
    assert "Somebody empties the sign-in tab Now" in said
    assert "This goes wrong just now: Somebody empties the sign-in tab." in pages.text("/")
    assert "Put back: Somebody empties the sign-in tab." in words(
        pages.press("/trouble", "/trouble/end")
    )
    assert pages.world.broken == set()


def test_a_trouble_that_is_none_is_refused(pages: Pages) -> None:
    fields = fields_of(pages.get("/trouble"), "/trouble/begin")
    answer = pages.post("/trouble/begin", {**fields, "key": "none"})
    assert "There is no such trouble." in words(answer)


def test_published_pages_are_shown_with_a_way_back(pages: Pages) -> None:
    assert "No vote has been published yet." in pages.text("/published")
    folder = pages.world.folder / "public" / "spring"
    folder.mkdir(parents=True)
    text = "<!doctype html><html><body class='x'><h1>Result</h1></body></html>"
    (folder / "index.html").write_text(text)
    (folder / "secret.txt").write_text("not for the web")
    assert "spring" in pages.text("/published")
    answer = pages.get("/published/spring/")
    assert answer.url.endswith("/published/spring/index.html")
    assert words(answer) == "Rehearsal – back to the rehearsal Result"
    assert answer.headers["content-security-policy"].endswith("sandbox")
    for strange in (
        "spring/secret.txt",
        "spring/none.html",
        "..%2f..%2fchapter.toml/x",
        "%2e%2e/x",
    ):
        answer = pages.get(f"/published/{strange}")
        assert not answer.ok
        assert "not for the web" not in answer.text


def test_the_report_is_shown_in_a_frame(pages: Pages) -> None:
    assert "clerk rehearse --over" in pages.text("/report")
    answer = pages.get("/report/page")
    assert "3 of 10 steps" in answer.text
    assert answer.headers["content-security-policy"].endswith("sandbox")


def test_an_officer_signs_in_with_a_click_and_goes_straight_there_afterwards(pages: Pages) -> None:
    assert "Who are you at the officers’ page?" in pages.text("/desk?to=/roll")
    assert "Who can look, and not act: Lou Grant." in pages.text("/desk?to=/roll")
    pages.follow = False
    answer = pages.press("/desk", "/desk", {"officer": "1"})
    desk = pages.world.desk_url
    assert answer.headers["location"] == f"{desk}/sign-in/Lou"
    assert f"form-action 'self' {desk};" in pages.get("/desk").headers["content-security-policy"]
    with pages.world.town.context() as context:
        ends = context.now() + timedelta(hours=1)
        context.ledger.officers.add(KeyKind.SESSION, "k" * 30, "Ana Reyes", context.now(), ends)
    pages.browser.cookies.set("clerk_desk_8766", "k" * 30)
    pages.world.town.rewrite("[google]", '[[officers]]\nname = "Ana Reyes"\n\n[google]')
    for to, there in (("/roll", "/roll"), ("//evil.example.org", "/"), ("", "/")):
        assert pages.get(f"/desk?to={to}").headers["location"] == desk + there


def test_a_step_at_the_officers_page_leads_there_by_signing_in(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Step(1, "Ask why", "Look somebody up.", done=False, link=f"{pages.world.desk_url}/roll")
    monkeypatch.setattr(pages.world, "steps", lambda: (step,))
    assert 'href="/desk?to=/roll"' in pages.get("/").text


def test_nobody_else_is_signed_in(pages: Pages) -> None:
    fields = fields_of(pages.get("/desk"), "/desk")
    assert "Nobody of this name is an officer" in words(
        pages.post("/desk", {**fields, "officer": "7"})
    )
