"""The forms, answered as a member would: by the link of their email, or from the list."""

from itertools import count
from typing import Final

from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.linked_tab import answer
from flows.rehearsal.acts import moment_of_answer
from flows.rehearsal.drafts import BALLOT, form_of
from flows.rehearsal.pages import questions
from flows.rehearsal.pages.visits import Asked, Visit
from flows.web.visits import GoTo, Page
from models.errors import FixTheData, Refused

_ASKS_ADDRESS: Final = ("VERIFIED", "RESPONDER_INPUT")
ADDRESS: Final = "emailAddress"


def forms(visit: Visit) -> Page:
    """All forms, and whether they can be answered."""
    held = list(visit.world.sandbox.google.forms.values())
    shown = [(one, _can_be_emptied(one), _link_of(one)) for one in held]
    return Page("forms.html", {"forms": shown})


def make(visit: Visit) -> GoTo:
    """Make an empty form for the ballots of a vote, as one would in Google Forms."""
    with visit.alone() as world:
        forms = world.sandbox.google.forms
        number = next(n for n in count(1) if form_of(f"form-{n}") not in forms)
        title = visit.words.say("forms.untitled", n=number)
        made = world.sandbox.google.add_form(form_of(f"form-{number}"), title)
        world.save()
    return GoTo("/forms", said=(visit.words.say("forms.made", link=_link_of(made)),))


def empty(visit: Visit) -> GoTo:
    """Remove the questions of a ballot form that nobody has answered, as in Google Forms."""
    one, say = _form(visit), visit.words.say
    with visit.alone() as world:
        if one.responses:
            raise Refused(
                say("forms.has_answers", form=one.title), next_step=say("forms.has_answers_next")
            )
        if not _can_be_emptied(one):
            raise Refused(say("forms.no_ballot", form=one.title), next_step=say("desk.go_back"))
        one.items.clear()
        world.sandbox.google.wrote(one)
        world.save()
    return GoTo("/forms", said=(say("forms.emptied", form=one.title),))


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
        at = moment_of_answer(one, world.clock.now())
        answer(google, one, said, at, respondent_email=address)
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


def _can_be_emptied(one: Form) -> bool:
    return one.id.startswith(BALLOT) and bool(one.items) and not one.responses


def _link_of(one: Form) -> str:
    """What a draft asks for, of a ballot form that is empty; "" for all others."""
    is_empty = one.id.startswith(BALLOT) and not one.items
    return f"https://docs.google.com/forms/d/{one.id}/edit" if is_empty else ""


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
    Asked("POST", "/forms", make),
    Asked("GET", "/forms/{form}", form),
    Asked("GET", "/forms/{form}/sent", sent),
    Asked("POST", "/forms/{form}", send),
    Asked("POST", "/forms/{form}/empty", empty),
)
