"""What holds for every page of a rehearsal: marked, in both languages, closed to other sites."""

import re
from urllib.parse import urlsplit

import pytest

from flows.rehearsal.pages.app import ASKED
from flows.rehearsal.pages.render import HERE
from flows.rehearsal.pages.wording import TEXTS, wording
from tests.flows.rehearsal.pages.world import Pages, fields_of
from tests.flows.web.desk import words
from tests.flows.web.test_texts import blanks, leaves
from tests.flows.web.walk import Parts

PLAIN = [one.path for one in ASKED if one.method == "GET" and "{" not in one.path]


def test_every_page_is_marked_as_a_rehearsal(pages: Pages) -> None:
    for path in PLAIN:
        if path not in ("/report/page", "/unsubscribe"):
            assert "Rehearsal Everyone here is invented." in pages.text(path), path


def test_every_page_is_there_in_spanish(pages: Pages) -> None:
    pages.press("/", "/language", {"language": "es", "back": "/inbox"})
    for path in PLAIN:
        if path not in ("/report/page", "/unsubscribe"):
            answer = pages.get(path)
            assert '<html lang="es">' in answer.text
            assert "Ensayo Todas las personas son inventadas." in words(answer), path


def test_each_language_says_the_same() -> None:
    english, spanish = (dict(leaves(wording(one).texts)) for one in ("en", "es"))
    assert english.keys() == spanish.keys()
    assert {key for key in english if blanks(english[key]) != blanks(spanish[key])} == set()


def test_every_text_is_said_and_every_text_that_is_said_is_there() -> None:
    files = [*HERE.rglob("*.html"), *HERE.rglob("*.py")]
    source = "\n".join(file.read_text("utf-8") for file in files)
    named = set(re.findall(r"""["']([a-z_]+\.[a-z_.]*)(?=["'])""", source))
    named |= {f"count.{of}" for of in re.findall(r"""words\.count\([^\n]*?, "(\w+)"\)""", source)}
    begun = tuple(name for name in named if name.endswith("."))
    known = dict(leaves(wording("en").texts))
    own = {file.stem for file in (TEXTS / "en").glob("*.toml")} - {"count"}
    unsaid = [
        key for key in known
        if key.partition(".")[0] in own
        and not key.startswith(begun) and not {key, key.rpartition(".")[0]} & named
    ]  # fmt: skip
    assert unsaid == []
    whole = {name for name in named if name.partition(".")[0] in own and name not in begun}
    files_named = {name for name in whole if name.endswith((".html", ".css"))}
    there = known.keys() | {key.rpartition(".")[0] for key in known}
    assert whole - files_named - there == set()


def test_no_template_loads_anything_from_elsewhere_or_has_a_style_of_its_own() -> None:
    for file in HERE.rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"(src|href)=\"(https?:)?//", text), file.name
        assert "style=" not in text, file.name
        assert "|safe" not in text, file.name


@pytest.mark.parametrize("host", ["evil.example.org", "127.0.0.1:99"])
def test_a_name_that_leads_here_is_not_answered(pages: Pages, host: str) -> None:
    assert pages.get("/", Host=host).status_code == 421


@pytest.mark.parametrize("origin", ["https://evil.example.org", "null", ""])
def test_a_form_of_another_site_does_nothing(pages: Pages, origin: str) -> None:
    fields = fields_of(pages.get("/"), "/go")
    assert pages.post("/go", {**fields, "how": "day"}, Origin=origin).status_code == 403
    assert pages.world.done == []


@pytest.mark.parametrize("one", [one for one in ASKED if one.method == "POST"],
                         ids=lambda one: one.path)  # fmt: skip
def test_a_form_without_its_token_does_nothing(pages: Pages, one: object) -> None:
    path = re.sub(r"[{}]", "", one.path)  # type: ignore[attr-defined]  # it is an Asked
    answer = pages.post(path, {"how": "day", "key": "vote"})
    assert answer.status_code == 409
    assert "not by this page" in words(answer)
    assert pages.world.done == []


def test_a_token_of_another_form_does_nothing(pages: Pages) -> None:
    fields = fields_of(pages.get("/"), "/language")
    assert pages.post("/go", {**fields, "how": "day"}).status_code == 409
    assert pages.world.done == []


def test_every_answer_has_its_headers(pages: Pages) -> None:
    for path in (*PLAIN, "/nowhere", "/static/rehearsal.css", "/static/desk.css"):
        said = pages.get(path).headers
        assert "default-src 'none'" in said["content-security-policy"], path
        assert said["cache-control"] == "no-store", path
        assert said["x-content-type-options"] == "nosniff", path


@pytest.mark.parametrize("back", ["//evil.example.org", "/\\evil.example.org", "https://a.example"])
def test_no_form_leads_to_another_site(pages: Pages, back: str) -> None:
    pages.follow = False
    answer = pages.press("/", "/language", {"language": "es", "back": back})
    assert answer.headers["location"] == "/"


def test_what_stands_in_a_sheet_or_a_form_is_text(pages: Pages) -> None:
    """Whatever is typed anywhere, no page has a tag or a link of it."""
    evil = "<script>alert(1)</script>"
    google = pages.world.sandbox.google
    book = next(iter(google.workbooks.values()))
    book.title = evil
    for tab in book.tabs:
        tab.rows.append([evil, evil])
    form = next(iter(google.forms.values()))
    form.title = form.description = evil
    form.add_choice(evil, [evil])
    form.add_grid(evil, [evil], [evil])
    paths = ["/", "/sheets", "/forms", f"/forms/{form.id}?entry.1={evil}"]
    paths += [f"/sheets/{book.id}/{tab.sheet_id}?find=alert" for tab in book.tabs]
    paths += [f"/elsewhere?to={evil}", f"/inbox?member={evil}"]
    for path in paths:
        answer = pages.get(path)
        assert answer.ok, path
        parts = Parts(answer.text)
        scripts = [had["src"] for tag, had in parts.tags if tag == "script"]
        assert scripts == ["/static/htmx.min.js"], path
        assert not [url for url in parts.urls() if urlsplit(url).scheme in ("javascript", "data")]


def test_a_fault_says_where_it_was_and_the_next_page_is_there(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.world, "steps", lambda: 1 / 0)
    answer = pages.get("/")
    assert answer.status_code == 500
    assert "This did not work" in words(answer)
    monkeypatch.undo()
    assert "Let time pass" in pages.text("/")
