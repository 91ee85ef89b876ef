"""The way to the officers' page, which nobody sees without signing in: here by a click."""

from typing import Final
from urllib.parse import quote, urlsplit

from flows.context import open_chapter
from flows.rehearsal.pages.visits import Asked, Visit
from flows.web.access import session
from flows.web.app import cookie_of
from flows.web.rules import HERE as RULES
from flows.web.visits import GoTo, Page
from models.errors import FixTheData


def desk(visit: Visit) -> Page | GoTo:
    """Go there; whoever is not signed in chooses who to be first."""
    to = path_here(visit.wish("to"))
    if _is_signed_in(visit):
        return GoTo(visit.world.desk_url + to)
    world = visit.world
    shown = {"officers": list(enumerate(world.officers())), "onlookers": world.onlookers()}
    return Page("desk.html", shown)


def sign_in(visit: Visit) -> GoTo:
    """Be an officer, by a link that is good once."""
    chosen = visit.sent.one("officer")
    with visit.alone() as world:
        for number, officer in enumerate(world.officers()):
            if str(number) == chosen:
                return GoTo(world.sign_in_link(officer))
    say = visit.words.say
    raise FixTheData(say("rehearsal.no_officer"), next_step=say("desk.go_back"))


def rules(_: Visit) -> GoTo:
    """The rules stand on the officers' page; a text that names one leads there."""
    return GoTo(f"/desk?to={RULES}")


def way_to(visit: Visit, link: str) -> str:
    """A link of the guided half hour; to the officers' page it leads by way of signing in."""
    home = visit.world.desk_url
    if home and f"{link}/".startswith(f"{home}/"):
        return f"/desk?to={quote(link.removeprefix(home))}"
    return link


def path_here(asked: str) -> str:
    """A path of the page that is asked; no other address."""
    is_path = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    return asked if is_path else "/"


def _is_signed_in(visit: Visit) -> bool:
    """A browser sends the cookies of one host to all its ports, and so this page sees them."""
    key = visit.cookies.get(cookie_of(urlsplit(visit.world.desk_url).port or 0), "")
    with open_chapter(visit.world.folder, visit.world.clock.now) as context:
        return session(context, key) is not None


ASKED: Final = (
    Asked("GET", "/desk", desk),
    Asked("POST", "/desk", sign_in),
    Asked("GET", RULES, rules),
)
