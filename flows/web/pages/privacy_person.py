"""A person's rights: to be shown all that is held on them, and to be erased (DP-6)."""

from contextlib import suppress
from typing import Any, Final

from flows.context import ChapterContext
from flows.privacy.household import sharing
from flows.privacy.person import Erasure, find, forget, held_on, many
from flows.views.roll import name_of
from flows.votes.fact_names import shown
from flows.web.pages import progress
from flows.web.visits import Asked, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import ClerkError, FixTheData
from models.intake.people import PersonId
from models.membership.voter_roll import Entry
from models.privacy import redact_addresses

MOST: Final = 50


def search(visit: Visit) -> Page | GoTo:
    """Find people by name, address or id; also those whom only the ledger remembers."""
    typed = visit.sent.one("wanted")
    found = visit.roll().find(typed) or visit.roll(planned=True).find(typed)
    if not found and typed:
        with suppress(ClerkError):
            found = [find(visit.context, typed)]
    seen = found[:MOST]
    visit.looked_at([one.person.id for one in seen], "searched for what is held")
    if len(found) == 1:
        return GoTo(f"/privacy/person/{visit.keep(found[0].person.id)}")
    people = [(name_of(one.person), visit.keep(one.person.id)) for one in seen]
    return Page("privacy-found.html", {"people": people, "more": len(found) - len(seen)})


def held(visit: Visit) -> Page:
    """All that is held on a person; addresses are dots, for pages show none."""
    entry = _entry(visit)
    visit.looked_at([entry.person.id], "all that is held")
    items = held_on(visit.context, entry)
    return Page(
        "privacy-held.html",
        {
            "name": name_of(entry.person),
            "many": many(items),
            "items": [one._replace(what=redact_addresses(one.what)) for one in items],
            "handle": visit.at["handle"],
        },
    )


def ask(visit: Visit) -> Page:
    """What erasing does, before it is done."""
    entry = _entry(visit)
    visit.looked_at([entry.person.id], "about to be erased")
    facts = {
        "name": name_of(entry.person),
        "many": many(held_on(visit.context, entry)),
        "votes": visit.context.ledger.erasing.votes_of(entry.person.id),
        "others": [name_of(one) for one in sharing(visit.context, entry.person)],
    }
    return Page("privacy-erase.html", facts)


def erase(visit: Visit) -> GoTo:
    """Erase a person everywhere the program can."""
    visit.must_be_sure()
    entry = _entry(visit)
    wishes = {name: visit.sent.ticked(name) for name in ("keep_contact", "others_too")}

    def job(context: ChapterContext, tell: Tell) -> Done:
        done = forget(context, entry, visit.by, **wishes)
        return Done(path=f"/privacy/erased/{visit.keep(_kept(done))}")

    return progress.start(visit, visit.words.say("privacy.erasing"), job, "/privacy")


def _kept(done: Erasure) -> tuple[Any, ...]:
    gone = tuple(f"{number} {shown(what)}" for what, number in done.counts.items() if number)
    return ("erased", done.contacts, gone, done.still_named, done.remains)


def erased(visit: Visit) -> Page:
    """What was erased, what the officers delete themselves, and what is kept."""
    match visit.kept(visit.at["handle"]):
        case ("erased", contacts, gone, still_named, remains):
            facts = {"contacts": contacts, "gone": gone, "named": still_named, "remains": remains}
            return Page("privacy-erased.html", facts)
    raise _lost(visit)


def _entry(visit: Visit) -> Entry:
    """Whom an address of this page means."""
    person = visit.kept(visit.at["handle"])
    if not isinstance(person, str):
        raise _lost(visit)
    known = PersonId(person)
    entry = visit.roll().entry(known) or visit.roll(planned=True).entry(known)
    return entry or find(visit.context, person)


def _lost(visit: Visit) -> FixTheData:
    return FixTheData(
        visit.words.say("desk.handle_lost"), next_step=visit.words.say("desk.search_again")
    )


ASKED: Final = (
    Asked("POST", "/privacy/find", search),
    Asked("GET", "/privacy/person/{handle}", held),
    Asked("GET", "/privacy/erase/{handle}", ask, "act"),
    Asked("POST", "/privacy/erase/{handle}", erase, "act"),
    Asked("GET", "/privacy/erased/{handle}", erased, "act"),
)
