"""Who is in a segment: tags by their list, saved segments by their conditions.

Source: the condition types of `/lists/{list_id}/segments`. The ones a roll-keeper or its neighbour
would use are here; any other is refused rather than guessed at.
"""

from collections.abc import Callable, Mapping
from typing import Any

from connectors.sandbox.mailchimp.problems import unfit
from connectors.sandbox.mailchimp.state import Audience, Member, Segment

Test = Callable[[Member], bool]
MERGE_TYPES = {"TextMerge", "SelectMerge", "DateMerge", "BirthdayMerge", "AddressMerge"}
COMPARED: dict[str, Callable[[str, str], bool]] = {
    "is": lambda have, want: have == want,
    "not": lambda have, want: have != want,
    "contains": lambda have, want: want in have,
    "notcontain": lambda have, want: want not in have,
    "starts": lambda have, want: have.startswith(want),
    "ends": lambda have, want: have.endswith(want),
    "greater": lambda have, want: have > want,
    "less": lambda have, want: have < want,
    "blank": lambda have, want: not have,
    "blank_not": lambda have, want: bool(have),
}


def people(audience: Audience, segment: Segment) -> list[Member]:
    """The members of a segment, of every status but archived."""
    if segment.type == "saved":
        return matching(audience, segment.options)
    held = (audience.members.get(name) for name in segment.members)
    return [member for member in held if member and member.status != "archived"]


def matching(audience: Audience, options: Mapping[str, Any]) -> list[Member]:
    """The members that meet the conditions, `match` saying whether all or any must hold."""
    tests = [_test(audience, condition) for condition in options.get("conditions") or ()]
    hold = any if options.get("match") == "any" else all
    living = (member for member in audience.members.values() if member.status != "archived")
    return [member for member in living if not tests or hold(test(member) for test in tests)]


def _test(audience: Audience, condition: Mapping[str, Any]) -> Test:
    field, op, value = (condition.get(key, "") for key in ("field", "op", "value"))
    kind = condition.get("condition_type") or _usual_type(field)
    if kind == "StaticSegment" and op in ("static_is", "static_not"):
        segment = audience.segments.get(int(value))
        held = segment.members if segment else {}
        return lambda m: (m.id in held) == (op == "static_is")
    if kind == "VIP" and op in ("member", "notmember"):
        return lambda m: m.vip == (op == "member")
    if op in COMPARED and kind == "EmailAddress":
        return lambda m: COMPARED[op](m.email_address.lower(), str(value).lower())
    tags = {merge_field.tag for merge_field in audience.fields.values()}
    if op in COMPARED and kind in MERGE_TYPES and field in tags:
        return lambda m: COMPARED[op](str(m.merge_fields.get(field, "")), str(value))
    raise unfit("options.conditions", "The sandbox knows no such condition.")


def _usual_type(field: str) -> str:
    return {"static_segment": "StaticSegment", "EMAIL": "EmailAddress"}.get(field, "TextMerge")
