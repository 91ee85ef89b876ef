"""The fields in which an officer says what a contest is: their controls, options and words."""

from collections.abc import Mapping
from typing import Final

from flows.votes.drafts.committee_items import NEEDS
from flows.votes.drafts.questions import Question
from flows.votes.drafts.races import offices_of
from flows.web.fields import Control, Field
from flows.web.visits import Visit
from models.bylaws.counting import CountingRules

CONTROLS: Final[Mapping[str, Control]] = {
    "candidates": "lines",
    "nominees": "lines",
    "priorities": "lines",
    "priorities_es": "lines",
    "districts": "lines",
    "explanation": "text",
    "explanation_es": "text",
    "statement": "text",
    "statement_es": "text",
    "previously_endorsed": "tick",
    "uncontested": "tick",
    "done": "ticks",
    "scope": "pick",
    "office": "pick",
    "needs": "pick",
    "recused_members": "lines",
}
"""How each answer is given; on a line where nothing else is said."""
_DONE: Final = ("research", "record review", "candidate conversation")
_SCOPES: Final = ("city", "county", "state", "national")


def field_of(
    visit: Visit, kind: str, asks: Question, value: str, errors: Mapping[str, str]
) -> Field:
    """The field of one question, as its kind of contest words it.

    Args:
        value: as typed, or as the file has it.
        errors: key → what is wrong with the answer, in words.
    """
    key, words = asks.key, visit.words
    control, options = CONTROLS.get(key, "line"), list[tuple[str, str]]()
    if key == "recommendation" and kind not in ("ranked", "single-choice", "ratify-or-prefer"):
        control = "pick"
        choices = ("Yes", "No", "No position") if kind == "question" else ("Yes", "No")
        options = [("", words.say("draft.none_yet")), *((one, one) for one in choices)]
        if value and value not in choices:
            options.append((value, value))
    elif key == "office":
        options = [(one, one) for one in offices_of(rules_of(visit).offices)]
        options.insert(0, ("", words.say("draft.none_yet")))
        if value not in dict(options):
            options.append((value, value))
    elif key == "scope":
        options = [("", words.say("draft.scope.districts"))]
        options += [(one, words.say(f"draft.scope.{one}")) for one in _SCOPES]
    elif key == "needs":
        options = [(one, words.say(f"draft.needs.{one.replace(' ', '_')}")) for one in NEEDS]
    elif key == "done":
        options = [(one, words.say(f"draft.done.{one.replace(' ', '_')}")) for one in _DONE]
    special = f"draft.label.{key}_{kind}"
    hint = next(
        (words.say(k) for k in (f"draft.hint.{key}_{kind}", f"draft.hint.{key}") if words.has(k)),
        "",
    )
    if key == "nominees":
        size = rules_of(visit).committee
        least, most = size.fewest_members.value, size.most_members.value
        hint = words.say("draft.person.how_many", least=least, most=most)
    if control == "pick":
        hint = ""
    return Field(
        key,
        words.say(special if words.has(special) else f"draft.label.{key}"),
        hint,
        control,
        value.strip("\n"),
        errors.get(key, ""),
        needed=asks.needed,
        soon=asks.before_approval,
        options=options,
        language="es" if key.endswith("_es") else "",
    )


def rules_of(visit: Visit) -> CountingRules:
    """The counting rules in force today."""
    return visit.context.bylaws.in_force(visit.context.today).counting
