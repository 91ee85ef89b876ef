"""The state goes to JSON and back, and letters read as they should."""

import json
from datetime import UTC, datetime

import pytest

from connectors.sandbox.mailchimp.letters import Draft, Letter, filled
from connectors.sandbox.mailchimp.state import MailchimpState


def test_the_state_survives_json() -> None:
    state = MailchimpState()
    audience = state.add_list("a", name="A chapter")
    state.add_merge_field("a", "CLVALID", "date")
    state.add_member("a", "ann@example.org", "unsubscribed", {"FNAME": "Ann"}, tags=["Crew"])
    audience.forgotten.add("0" * 32)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    state.outbox.append(Letter("c", "t", "ann@example.org", at, Draft("s"), {"FNAME": "Ann"}))
    again = MailchimpState().load(json.loads(json.dumps(state.dump())))
    assert again == state


def test_loading_nothing_forgets_everything() -> None:
    state = MailchimpState()
    state.add_list("a")
    assert state.load({}) == MailchimpState()


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("*|FNAME|*", "Ann & Co"),
        ("*|NOPE|*", "*|NOPE|*"),
        ("*|IF:DISTRICT=10th|*ten*|ELSE:|*other*|END:IF|*", "ten"),
        ("*|IF:DISTRICT=14th|*ten*|ELSE:|*other*|END:IF|*", "other"),
        ("*|IF:DISTRICT!=14th|*not*|END:IF|*", "not"),
        ("*|IF:EMPTY|*yes*|END:IF|*", ""),
        ("*|IF:DISTRICT=14th|*a*|ELSEIF:DISTRICT=10th|*b*|ELSE:|*c*|END:IF|*", "b"),
        ("*|IF:DISTRICT=14th|*a*|ELSEIF:DISTRICT=15th|*b*|ELSE:|*c*|END:IF|*", "c"),
        ("*|IF:DISTRICT=14th|*a*|ELSEIF:FNAME|*b*|ELSEIF:FNAME|*c*|END:IF|*", "b"),
        ("*|IF:EMPTY|*a*|ELSEIF:DISTRICT=15th|*b*|END:IF|*.", "."),
        ("*|IFNOT:EMPTY|*no*|END:IF|*", "no"),
        ("*|IF:FNAME|*Dear *|FNAME|**|END:IF|*.", "Dear Ann & Co."),
    ],
)
def test_merge_tags_and_conditions(words: str, read: str) -> None:
    values = {"FNAME": "Ann & Co", "DISTRICT": "10th", "EMPTY": ""}
    assert filled(words, values) == read


def test_values_are_text_in_html_unless_the_letter_says_otherwise() -> None:
    values = {"NOTE": "<b>*|OTHER|*</b>", "OTHER": "x"}
    assert filled("*|NOTE|*", values, escape=True) == "&lt;b&gt;*|OTHER|*&lt;/b&gt;"
    assert filled("*|HTML:NOTE|*", values, escape=True) == "<b>*|OTHER|*</b>"
