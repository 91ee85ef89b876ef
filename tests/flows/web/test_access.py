"""Who comes in: a link that is good once, a session that is good for hours, nobody else (DP-3)."""

import pytest

from flows.web.forms import TOKEN, token_of
from flows.web.pages import ASKED
from flows.web.visits import Asked
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, words

EVERYTHING = [pytest.param(one, id=f"{one.method} {one.path}") for one in ASKED]


def _path(one: Asked) -> str:
    return one.path.replace("{", "").replace("}", "")


@pytest.mark.parametrize("one", EVERYTHING)
def test_nobody_sees_or_does_anything_without_a_session(desk: DeskClient, one: Asked) -> None:
    desk.follow = False
    answer = desk.get(_path(one)) if one.method == "GET" else desk.post(_path(one), {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("one", [one for one in EVERYTHING if one.values[0].method == "POST"])
def test_a_form_without_its_token_does_nothing(desk: DeskClient, one: Asked) -> None:
    answer = desk.sign_in().post(_path(one), {})
    assert answer.status_code == 409
    assert "made before you signed in, or not by this page" in words(answer)


@pytest.mark.parametrize("one", [one for one in EVERYTHING if one.values[0].needs == "act"])
def test_who_may_look_may_not_act(desk: DeskClient, one: Asked) -> None:
    path, fields = _path(one), {TOKEN: token_of(desk.sign_in(LOOKS).key, _path(one))}
    answer = desk.post(path, fields) if one.method == "POST" else desk.get(path)
    assert answer.status_code == 409
    assert "You may look, but not change anything." in words(answer)


def test_a_link_is_good_once(desk: DeskClient) -> None:
    key = desk.invitation()
    desk.get(f"/sign-in/{key}")  # a scanner that opens it does not use it up
    assert "Signed in as Ana Reyes" in words(desk.post("/sign-in", {"key": key}))
    desk.browser.cookies.clear()
    again = desk.post("/sign-in", {"key": key})
    assert again.status_code == 403
    assert "This link does not work" in words(again)


def test_a_link_ends_after_its_hours(desk: DeskClient) -> None:
    key = desk.invitation()
    desk.town.clock.go(days=2)  # type: ignore[attr-defined]  # the tests' clock
    assert desk.post("/sign-in", {"key": key}).status_code == 403


def test_a_session_ends_after_its_hours(desk: DeskClient) -> None:
    desk.sign_in()
    desk.town.clock.go(minutes=12 * 60 - 1)  # type: ignore[attr-defined]  # the tests' clock
    assert "Signed in as" in desk.text("/")
    desk.town.clock.go(minutes=1)  # type: ignore[attr-defined]  # the tests' clock
    assert "You need a sign-in link" in desk.text("/")


def test_who_is_taken_out_of_the_settings_is_out_at_once(desk: DeskClient) -> None:
    desk.sign_in()
    desk.town.rewrite('name = "Ana Reyes"', 'name = "Bea Stone"')
    assert "You need a sign-in link" in desk.text("/")


def test_sessions_can_be_revoked(desk: DeskClient) -> None:
    desk.sign_in()
    with desk.town.context() as context:
        assert context.ledger.officers.revoke(ACTS) == 1
    assert "You need a sign-in link" in desk.text("/")


def test_signing_out_ends_the_session_for_whoever_kept_its_key(desk: DeskClient) -> None:
    desk.sign_in()
    kept = desk.browser.cookies.copy()
    assert "You need a sign-in link" in words(desk.press("/", "/sign-out"))
    desk.browser.cookies.update(kept)
    assert "You need a sign-in link" in desk.text("/")


def test_signing_in_makes_a_new_session(desk: DeskClient) -> None:
    """A key that somebody else knows before is never made good (session fixation)."""
    name = next(iter(desk.sign_in().browser.cookies)).name
    desk.browser.cookies.clear()
    desk.browser.cookies.set(name, "known-to-another", domain="127.0.0.1")
    key = desk.invitation()
    desk.post("/sign-in", {"key": key})
    desk.browser.cookies.clear()
    desk.browser.cookies.set(name, "known-to-another", domain="127.0.0.1")
    assert "You need a sign-in link" in desk.text("/")


def test_the_cookie_is_for_this_page_and_no_script(desk: DeskClient) -> None:
    desk.follow = False
    key = desk.invitation()
    said = desk.post("/sign-in", {"key": key}).headers["set-cookie"]
    assert said.startswith("clerk_desk_")
    for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"):
        assert part in said


def test_the_ledger_holds_nothing_to_sign_in_with(desk: DeskClient) -> None:
    desk.sign_in()
    key = desk.key
    held = b"".join(file.read_bytes() for file in (desk.town.folder / "ledger").iterdir())
    assert key.encode() not in held


def test_guessing_is_slow(desk: DeskClient) -> None:
    answers = [desk.post("/sign-in", {"key": f"guess-{n}"}).status_code for n in range(31)]
    assert answers == [403] * 30 + [429]
