"""The forms, answered as a member would: by the link of their email, or from the list."""

from typing import Final

from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.linked_tab import answer
from flows.rehearsal.pages import questions
from flows.rehearsal.pages.visits import Asked, Visit
from flows.web.visits import GoTo, Page
from models.errors import FixTheData

_ASKS_ADDRESS: Final = ("VERIFIED", "RESPONDER_INPUT")
ADDRESS: Final = "emailAddress"


def forms(visit: Visit) -> Page:
    """All forms, and whether they can be answered."""
    return Page("forms.html", {"forms": list(visit.world.sandbox.google.forms.values())})


def form(visit: Visit) -> Page:
    """A form to answer, filled in as far as the link says."""
    one = _form(visit)
    return _shown(visit, one, questions.items(one, visit.asked), visit.wish(ADDRESS))


def send(visit: Visit) -> Page | GoTo:
    """Answer it."""
    one, address = _form(visit), visit.sent.one(ADDRESS)
    shown = questions.items(one, visit.sent.fields, sent=True)
    lacks_address = asks_address(one) and not address
    if not is_open(one) or lacks_address or any(item.wrong for item in shown):
        return _shown(visit, one, shown, address, lacks_address=lacks_address, status=422)
    with visit.alone() as world:
        google, said = world.sandbox.google, questions.answers(shown)
        answer(google, one, said, world.clock.now(), respondent_email=address)
        world.save()
    return GoTo(f"/forms/{one.id}/sent")


def sent(visit: Visit) -> Page:
    """What a member reads after they answered."""
    return Page("form-sent.html", {"form": _form(visit)})


def is_open(one: Form) -> bool:
    """Whether it takes answers."""
    return one.published and one.accepting


def asks_address(one: Form) -> bool:
    """Whether it collects addresses, which Google does above all questions."""
    return one.settings.get("emailCollectionType", "") in _ASKS_ADDRESS


def _shown(
    visit: Visit,
    one: Form,
    items: list[questions.Item],
    address: str,
    *,
    lacks_address: bool = False,
    status: int = 200,
) -> Page:
    facts = {
        "form": one,
        "items": items,
        "address": address,
        "asks_address": asks_address(one),
        "lacks_address": lacks_address,
        "wrong": lacks_address or any(item.wrong for item in items),
        "other": questions.OTHER,
    }
    if not is_open(one):
        return Page("form-closed.html", facts)
    return Page("form.html", facts, status)


def _form(visit: Visit) -> Form:
    if found := visit.world.sandbox.google.forms.get(visit.at["form"]):
        return found
    raise FixTheData(visit.words.say("forms.gone"), next_step=visit.words.say("forms.gone_next"))


ASKED: Final = (
    Asked("GET", "/forms", forms),
    Asked("GET", "/forms/{form}", form),
    Asked("GET", "/forms/{form}/sent", sent),
    Asked("POST", "/forms/{form}", send),
)
