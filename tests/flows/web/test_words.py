"""Templates hold no words of their own, and each is used; each thing is asked for once."""

import re

from flows.web.pages import ASKED
from flows.web.texts import TEXTS

WEB = TEXTS.parent


def test_each_template_is_used_and_holds_no_english() -> None:
    code = "".join(file.read_text("utf-8") for file in WEB.rglob("*.py"))
    templates = {file.name: file.read_text("utf-8") for file in (WEB / "templates").glob("*.html")}
    for name, text in templates.items():
        others = "".join(one for other, one in templates.items() if other != name)
        assert name in code + others, name
        said = re.sub(r"(?s){#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", text)
        words = set(re.findall(r"\b[a-z]{4,}", said)) - {"clerk", "desk", "invite", "doctor"}
        assert words == set(), f"{name}: {sorted(words)}"


def test_each_thing_that_can_be_asked_for_is_asked_once() -> None:
    asked = [(one.method, one.path) for one in ASKED]
    assert len(asked) == len(set(asked))
