"""Who comes in: a link that is good once, a session that is good for hours, nobody else (DP-3)."""

from collections.abc import Iterator
from itertools import count

import pytest

from connectors.sandbox.server import Sandbox
from flows.web.forms import TOKEN, token_of
from flows.web.pages import ASKED
from flows.web.visits import Asked
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.flows.town import Town
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, opened, words


@pytest.fixture(scope="module")
def one_page(
    services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskClient]:
    """One page for every route: what is refused at the door reaches no service."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    town = Town.found(sandbox, clock, tmp_path_factory.mktemp("door") / "chapter", people=12)
    town.night()
    empty(sandbox)
    with opened(town) as client:
        yield client


@pytest.fixture
def door(one_page: DeskClient, clock: Clock, minutes: Iterator[int]) -> DeskClient:
    """The same page a minute later: nobody is slowed down for asking much."""
    clock.go(minutes=next(minutes))
    one_page.browser.cookies.clear()
    one_page.follow = True
    return one_page


@pytest.fixture(scope="module")
def minutes() -> Iterator[int]:
    """One after the other."""
    return count(1)


EVERYTHING = [pytest.param(one, id=f"{one.method} {one.path}") for one in ASKED]


def _path(one: Asked) -> str:
    return one.path.replace("{", "").replace("}", "")


@pytest.mark.parametrize("one", EVERYTHING)
def test_nobody_sees_or_does_anything_without_a_session(door: DeskClient, one: Asked) -> None:
    door.follow = False
    answer = door.get(_path(one)) if one.method == "GET" else door.post(_path(one), {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("one", [one for one in EVERYTHING if one.values[0].method == "POST"])
def test_a_form_without_its_token_does_nothing(door: DeskClient, one: Asked) -> None:
    answer = door.sign_in().post(_path(one), {})
    assert answer.status_code == 409
    assert "made before you signed in, or not by this page" in words(answer)


@pytest.mark.parametrize("one", [one for one in EVERYTHING if one.values[0].needs == "act"])
def test_who_may_look_may_not_act(door: DeskClient, one: Asked) -> None:
    path, fields = _path(one), {TOKEN: token_of(door.sign_in(LOOKS).key, _path(one))}
    answer = door.post(path, fields) if one.method == "POST" else door.get(path)
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
    assert "You are not signed in." in desk.text("/")


def test_who_is_taken_out_of_the_settings_is_out_at_once(desk: DeskClient) -> None:
    desk.sign_in()
    desk.town.rewrite('name = "Ana Reyes"', 'name = "Bea Stone"')
    assert "You are not signed in." in desk.text("/")


def test_sessions_can_be_revoked(desk: DeskClient) -> None:
    desk.sign_in()
    with desk.town.context() as context:
        assert context.ledger.officers.revoke(ACTS) == 1
    assert "You are not signed in." in desk.text("/")


def test_signing_out_ends_the_session_for_whoever_kept_its_key(desk: DeskClient) -> None:
    desk.sign_in()
    kept = desk.browser.cookies.copy()
    assert "You are not signed in." in words(desk.press("/", "/sign-out"))
    desk.browser.cookies.update(kept)
    assert "You are not signed in." in desk.text("/")


def test_signing_in_makes_a_new_session(desk: DeskClient) -> None:
    """A key that somebody else knows before is never made good (session fixation)."""
    name = next(iter(desk.sign_in().browser.cookies)).name
    desk.browser.cookies.clear()
    desk.browser.cookies.set(name, "known-to-another", domain="127.0.0.1")
    key = desk.invitation()
    desk.post("/sign-in", {"key": key})
    desk.browser.cookies.clear()
    desk.browser.cookies.set(name, "known-to-another", domain="127.0.0.1")
    assert "You are not signed in." in desk.text("/")


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


def test_many_guesses_are_told_so_and_shut_nobody_out(desk: DeskClient) -> None:
    key = desk.invitation()
    answers = [desk.post("/sign-in", {"key": f"guess-{n}"}).status_code for n in range(31)]
    assert answers == [403] * 30 + [429]
    assert "Signed in as Ana Reyes" in words(desk.post("/sign-in", {"key": key}))


def test_strangers_slow_down_only_one_another(desk: DeskClient) -> None:
    desk.sign_in()
    stranger = DeskClient(desk.town, desk.home, follow=False)
    stranger.browser.headers["Cookie"] = "clerk_desk_" + desk.home.rpartition(":")[2] + "=nobody"
    answers = [stranger.get("/").status_code for _ in range(301)]
    assert answers == [303] * 300 + [429]
    assert "Signed in as Ana Reyes" in desk.text("/")
