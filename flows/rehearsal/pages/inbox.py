"""Everybody's emails as they look, newest first; their links work within the rehearsal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.mailchimp.state import subscriber_hash
from connectors.settings import load_chapter
from flows.rehearsal.pages.links import Leads, led
from flows.rehearsal.pages.visits import Asked, Document, Visit
from flows.rehearsal.world import World
from flows.web.outside import FRAMED
from flows.web.visits import GoTo, Page
from models.errors import FixTheData

PAGE: Final = 40
_CUT: Final = 10
"""Of a contact's id: as much as Mailchimp's links show."""
Box = Literal["members", "officers"]
CLICKABLE: Final = FRAMED.replace("sandbox", "sandbox allow-top-navigation-by-user-activation")
"""Of an email in its frame: it may do nothing but let a click lead to another page."""


@dataclass(frozen=True)
class Post:
    """An email in somebody's inbox."""

    box: Box
    number: int
    letter: Letter
    name: str
    is_new: bool

    @property
    def path(self) -> str:
        """Its page."""
        return f"/inbox/{self.box}/{self.number}"

    @property
    def whose(self) -> str:
        """Whose it is, as the filter names them."""
        return who(self.letter.to)


def inbox(visit: Visit) -> Page:
    """The emails of everybody, or of one person."""
    everything = list(posts(visit))
    people = sorted({(post.name, post.whose) for post in everything})
    wanted = visit.wish("member")
    shown = [post for post in everything if not wanted or post.whose == wanted]
    paged = visit.paged(len(shown), PAGE)
    return Page(
        "inbox.html",
        {
            "posts": shown[paged.shown],
            "many": len(shown),
            "people": people,
            "member": wanted,
            "page": paged.page,
            "pages": paged.pages,
        },
    )


def email(visit: Visit) -> Page:
    """One email."""
    post = _post(visit)
    visit.shared.seen.add((post.box, post.number))
    return Page("email.html", {"post": post})


def document(visit: Visit) -> Document:
    """The email itself, for its frame."""
    return Document(led(_post(visit).letter.html, leads(visit)), CLICKABLE)


def posts(visit: Visit) -> Iterator[Post]:
    """All emails, the newest first."""
    names, seen = _names(visit.world), visit.shared.seen
    boxes: Mapping[Box, list[Letter]] = {
        "members": list(visit.world.sandbox.mailchimp.outbox),
        "officers": list(visit.world.sandbox.mailchimp.test_outbox),
    }

    def called(box: Box, letter: Letter) -> str:
        is_ours = box == "officers" and letter.to.casefold() not in names
        return visit.words.say("inbox.officers") if is_ours else _name(letter, names)

    held = [
        Post(box, number, letter, called(box, letter), (box, number) not in seen)
        for box, letters in boxes.items()
        for number, letter in enumerate(letters)
    ]
    yield from sorted(held, key=lambda post: (post.letter.at, post.number), reverse=True)


def unread(visit: Visit) -> int:
    """How many nobody has opened yet."""
    chimp = visit.world.sandbox.mailchimp
    return len(chimp.outbox) + len(chimp.test_outbox) - len(visit.shared.seen)


def leads(visit: Visit) -> Leads:
    """How links lead here."""
    public = load_chapter(visit.world.folder).elections.public_url
    return Leads(public, visit.world.home_url)


def elsewhere(visit: Visit) -> Page:
    """Where a link would lead that leaves the rehearsal."""
    return Page("elsewhere.html", {"to": visit.wish("to")})


def leave(visit: Visit) -> Page:
    """The page of Mailchimp on which somebody leaves the list."""
    return Page(
        "unsubscribe.html", {"who": visit.wish("u"), "address": _address(visit, visit.wish("u"))}
    )


def left(visit: Visit) -> GoTo:
    """Somebody leaves the list."""
    address = _address(visit, visit.sent.one("u"))
    with visit.alone() as world:
        chimp = world.sandbox.mailchimp
        for list_id, audience in chimp.lists.items():
            if subscriber_hash(address) in audience.members:
                chimp.leave(list_id, address, world.clock.now())
        world.save()
    said = visit.words.say("inbox.left", address=address)
    return GoTo("/inbox", (said,))


def _address(visit: Visit, contact: str) -> str:
    """The address of a contact, by its id."""
    for audience in visit.world.sandbox.mailchimp.lists.values():
        if contact in audience.members:
            return audience.members[contact].email_address
    raise FixTheData(visit.words.say("inbox.nobody"), next_step=visit.words.say("inbox.gone_next"))


def _post(visit: Visit) -> Post:
    asked = visit.at["box"], visit.at["number"]
    for post in posts(visit):
        if (post.box, str(post.number)) == asked:
            return post
    raise FixTheData(visit.words.say("inbox.gone"), next_step=visit.words.say("inbox.gone_next"))


def _names(world: World) -> dict[str, str]:
    return {one.address.casefold(): one.name for one in world.people()}


def _name(letter: Letter, names: Mapping[str, str]) -> str:
    """Who they are; whom the rehearsal does not know goes by what the list calls them."""
    called = " ".join(filter(None, (letter.values.get(tag) for tag in ("FNAME", "LNAME"))))
    return names.get(letter.to.casefold()) or called or letter.to


def who(address: str) -> str:
    """Whose inbox it is, for an address line."""
    return subscriber_hash(address)[:_CUT]


ASKED: Final = (
    Asked("GET", "/inbox", inbox),
    Asked("GET", "/inbox/{box}/{number}", email),
    Asked("GET", "/inbox/{box}/{number}/email", document),
    Asked("GET", "/elsewhere", elsewhere),
    Asked("GET", "/unsubscribe", leave),
    Asked("POST", "/unsubscribe", left),
)
