"""Templates hold no words of their own; each thing can be asked for once."""

import re

from flows.web.pages import ASKED
from flows.web.texts import TEXTS

WEB = TEXTS.parent
TYPED = frozenset(("clerk", "desk", "invite", "doctor", "init"))
"""Commands, which are the same in each language."""
ATTRIBUTES = frozenset(("aria", "describedby", "invalid", "lang", "required", "true"))
"""Of a tag that a macro puts together."""


def test_no_template_holds_words_of_its_own() -> None:
    for file in (WEB / "templates").glob("*.html"):
        bare = re.sub(r"(?s){#.*?#}|{%.*?%}|{{.*?}}", "", file.read_text("utf-8"))
        said = re.sub(r"(?s)<[^>]*>", " ", bare)
        words = set(re.findall(r"\b[a-z]{4,}", said)) - TYPED - ATTRIBUTES
        assert words == set(), f"{file.name}: {sorted(words)}"


def test_each_thing_that_can_be_asked_for_is_asked_once() -> None:
    asked = [(one.method, one.path) for one in ASKED]
    assert len(asked) == len(set(asked))
