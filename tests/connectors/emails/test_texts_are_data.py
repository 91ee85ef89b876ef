"""A chapter's letters are data: what is written in one can fill in, choose, repeat, and no more."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.emails import BUILT_IN, compose
from connectors.emails.texts import Texts
from models.errors import FixTheSettings
from tests.connectors.emails.invented import CARRIED, FACTS

NOT_DATA = (
    "{{ chapter.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__ }}",
    "{{ chapter.__class__ }}",
    "{{ chapter['__class__'] }}",
    "{{ chapter|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self }}",
    "{{ self.body() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner }}",
    "{{ namespace }}",
    "{{ chapter.format(1) }}",
    "{{ chapter.upper() }}",
    "{{ chapter.upper }}",
    "{{ '%s' % chapter }}",
    "{{ '{0.__class__}'.format(chapter) }}",
    "{{ races.append(1) }}",
    "{{ races[0].title }}",
    "{{ races }}",
    "{{ races.0 }}",
    "{{ races[0].clear() }}",
    "{{ range(10) }}",
    "{% for n in range(1000000000) %}{% endfor %}",
    "{{ 'x' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1 + 1 }}",
    "{{ -number }}",
    "{{ chapter ~ chapter }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ chapter|center(1000000000) }}",
    "{{ chapter|indent(1000000000) }}",
    "{{ chapter|replace('R', 'RRRRRRRRRRRRRRRR') }}",
    "{{ chapter|join(chapter) }}",
    "{{ chapter|default(chapter) }}",
    "{{ races|list }}",
    "{{ races|map(attribute='title')|join }}",
    "{{ chapter|safe }}",
    "{{ chapter|pprint }}",
    "{{ races|counted }}",
    "{% if chapter is callable %}{% endif %}",
    "{% if chapter is filter %}{% endif %}",
    "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
    "{% call chapter() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set twice %}{{ chapter }}{{ chapter }}{% endset %}",
    "{% set races.title = 1 %}",
    "{% with x = 1 %}{% endwith %}",
    "{% autoescape false %}{{ chapter }}{% endautoescape %}",
    "{% for race in races recursive %}{{ loop(races) }}{% endfor %}",
    "{% for race in races %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% import 'vote-base.txt' as base %}",
    "{% from 'vote-base.txt' import letter %}",
    "{% include chapter %}",
    "{% include ['vote-base.txt', 'vote-base.html'] %}",
    "{% extends chapter %}",
    "{% include '../chapter.toml' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'voting-member/../../secrets/mailchimp.key' %}",
    "{% include '__init__.py' %}",
    "{% include 'secrets/mailchimp.key' %}",
    "{% debug %}",
    "{% do races.clear() %}",
    "{{ [1, 2, 3] }}",
    "{{ {'a': 1} }}",
    "{{ 1, 2 }}",
    "{{ nobody }}",
    "{{ title. }}",
    "{% if %}",
    "{% endfor %}",
    "{{ " + "9" * 5000 + " }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "not " * 5000 + "1 }}",
    "{{ " + " and ".join(["1"] * 5000) + " }}",
    "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    "{% for a in races %}" * 30 + "{% endfor %}" * 30,
)


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def letter(own: Path | None, kind: str = "vote-invitation") -> str:
    return compose(kind, chapter="Rivertown", website="", own=own, **FACTS).text


def refusal(way: Callable[[], object]) -> FixTheSettings:
    with pytest.raises(FixTheSettings) as refused:
        way()
    return refused.value


@pytest.mark.parametrize(
    "kind", sorted(path.parent.name for path in BUILT_IN.glob("*/subject.txt"))
)
def test_every_built_in_letter_stays_what_it_was(kind: str) -> None:
    words = compose(kind, chapter="Rivertown", website="https://example.org", **FACTS)
    assert "{" not in words.subject + words.text
    assert all(tag in part for tag in CARRIED.split() for part in (words.html, words.text))


@pytest.mark.parametrize("text", NOT_DATA)
@pytest.mark.parametrize("part", ["body.txt", "body.html"])
def test_what_no_letter_needs_is_refused_with_its_line(
    tmp_path: Path, text: str, part: str
) -> None:
    write(tmp_path, f"vote-invitation/{part}", f"Dear member,\n{text}\n{CARRIED}")
    began = time.process_time()
    said = refusal(lambda: letter(tmp_path))
    assert time.process_time() - began < 5
    assert said.fact.startswith("a text of the letter cannot be filled in: ")
    assert said.where.startswith(f"emails/vote-invitation/{part}")
    assert len(str(said)) < 400


def test_the_line_is_the_one_at_work(tmp_path: Path) -> None:
    write(tmp_path, "vote-invitation/body.txt", f"a\n\n{{{{ 2 * 3 }}}}\n{CARRIED}")
    assert refusal(lambda: letter(tmp_path)).where == "emails/vote-invitation/body.txt, line 3"
    write(tmp_path, "vote-invitation/body.txt", f"a\n{{{{ nobody }}}}\n{CARRIED}")
    said = refusal(lambda: letter(tmp_path))
    assert said.where == "emails/vote-invitation/body.txt, line 2"
    assert "'nobody' is undefined" in said.fact


def test_the_line_of_an_included_text_is_told(tmp_path: Path) -> None:
    write(tmp_path, "vote-invitation/body.txt", "{% include 'ours/foot.txt' %}" + CARRIED)
    write(tmp_path, "ours/foot.txt", "a\nb\n{{ nobody }}\n")
    assert refusal(lambda: letter(tmp_path)).where == "emails/ours/foot.txt, line 3"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"body.txt": "{% include 'vote-invitation/body.txt' %}"}, "without end"),
        ({"body.txt": "{% extends 'vote-invitation/body.txt' %}"}, "without end"),
        (
            {"body.txt": "{% for a in races %}" * 4 + "{% endfor %}" * 4},
            "it takes more than 20000 steps",
        ),
        (
            {"body.txt": "{% for a in title %}" * 5 + "{% endfor %}" * 5},
            "it takes more than 20000 steps",
        ),
        (
            {f"{n}.txt": f"{{% include 'vote-invitation/{n + 1}.txt' %}}" * 2 for n in range(30)}
            | {"30.txt": "", "body.txt": "{% include 'vote-invitation/0.txt' %}"},
            "it takes more than 20000 steps",
        ),
        (
            {"body.txt": "{% for a in races %}{% for b in races %}" + "x" * 1000
             + "{% endfor %}{% endfor %}"},
            "it grows beyond 400000 letters",
        ),
        ({"body.txt": "x" * 64_001}, "longer than 64000 bytes"),
    ],
)  # fmt: skip
def test_a_text_without_end_ends(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        write(tmp_path, f"vote-invitation/{name}", text)
    began = time.process_time()
    assert said in refusal(lambda: letter(tmp_path)).fact
    assert time.process_time() - began < 5


def test_what_a_letter_needs_is_there(tmp_path: Path) -> None:
    write(
        tmp_path,
        "vote-invitation/body.txt",
        """\
{% extends "vote-base.txt" %}
{% block letter %}
{% set open = races | length > 0 and title is defined %}
{% if open and not website %}{{ title | upper }}{% else %}nothing{% endif %}

{% for race in races if race.recommendation == "Ann" %}
{{ loop.index }}/{{ loop.length }} {{ race.title }}{{ "." if loop.last else ";" }}
{% else %}
no race
{% endfor %}
{% for race, outcome in outcomes %}{{ race }}: {{ outcome }}. {% endfor %}
{{ reason | default("none") }}
{% include "vote-button-es.txt" %}
{% endblock %}
""",
    )
    said = letter(tmp_path)
    for each in ("SPRING VOTE", "1/30 Mayor;", "30/30 Mayor.", "Clerk: no consensus.", "snow",
                 "Este enlace es solo para usted"):  # fmt: skip
        assert each in said


def test_a_fact_is_text_and_no_merge_tag(tmp_path: Path) -> None:
    write(tmp_path, "vote-invitation/body.html", f"{{{{ title }}}} {CARRIED}")
    hostile = FACTS | {"title": "<b>*|EMAIL|*</b>"}
    html = compose("vote-invitation", chapter="R", website="", own=tmp_path, **hostile).html
    assert html.startswith("&lt;b&gt;* |EMAIL| *&lt;/b&gt;")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    key = write(tmp_path, "secrets/google.txt", f"secret {CARRIED}")
    own = tmp_path / "letters"
    (own / "vote-invitation").mkdir(parents=True)
    (own / "vote-invitation" / "body.txt").symlink_to(key)
    said = refusal(lambda: letter(own))
    assert said.fact == "this is a link to a file outside the letters' folder"
    assert said.where == "emails/vote-invitation/body.txt"
    (own / "vote-invitation" / "body.txt").unlink()
    (own / "vote-invitation").rmdir()
    (own / "vote-invitation").symlink_to(key.parent)
    write(own, "subject.txt", "")
    (key.parent / "subject.txt").write_text("secret")
    assert "outside" in refusal(lambda: letter(own)).fact


def test_a_link_within_the_folder_is_one_text_under_two_names(tmp_path: Path) -> None:
    file = write(tmp_path, "ours/body.txt", f"ours {CARRIED}")
    (tmp_path / "vote-invitation").mkdir()
    (tmp_path / "vote-invitation" / "body.txt").symlink_to(file)
    assert letter(tmp_path).startswith("ours")


@pytest.mark.parametrize("place", ["", "vote-invitation", "vote-invitation/body.txt"])
def test_a_text_that_others_can_write_is_refused(tmp_path: Path, place: str) -> None:
    own = tmp_path / "letters"
    write(own, "vote-invitation/body.txt", CARRIED)
    (own / place).chmod(0o775)
    said = refusal(lambda: letter(own))
    assert (said.rule, said.where) == ("DP-3", str(own / place))


@pytest.mark.parametrize("part", ["subject.txt", "body.txt", "body.html"])
@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("*{{ title }}*", {"title": "|EMAIL|"}),
        ("{{ star }}{{ title }}{{ star }}", {"title": "|EMAIL|", "star": "*"}),
        ("{{ star }}|{{ title }}|{{ star }}", {"title": "EMAIL", "star": "*"}),
        ("*|{{ title }}|*", {"title": "EMAIL"}),
        ("*|{{ title }}*", {"title": "EMAIL|"}),
        ("*|UNSUB|*{{ title }}*", {"title": "|EMAIL|"}),
        ('{{ "*" }}{{ title }}{{ "*" }}', {"title": "|EMAIL|"}),
        ('*{{ "|EMAIL|" }}*', {}),
        ('{{ "*" }}|EMAIL|*', {}),
        ("*{% for each in marks %}{{ each }}{% endfor %}*", {"marks": ["|", "EMAIL", "|"]}),
    ],
)
def test_nothing_filled_in_makes_a_merge_tag(
    tmp_path: Path, part: str, text: str, facts: dict[str, object]
) -> None:
    write(tmp_path, f"vote-invitation/{part}", f"{text} {CARRIED}")
    said = refusal(
        lambda: compose("vote-invitation", chapter="R", website="", own=tmp_path, **(FACTS | facts))
    )
    assert said.where == f"emails/vote-invitation/{part}"
    assert "what is filled in makes a merge tag" in said.fact
    assert "EMAIL" not in said.fact


def test_stars_and_bars_that_make_no_tag_are_filled_in(tmp_path: Path) -> None:
    write(tmp_path, "vote-invitation/body.txt", f"{{{{ title }}}}*|FNAME|* {CARRIED}")
    for title in ("*", "|", "*|", "|*", "*|*", "a|b", "**Ann**", "|| a"):
        facts = FACTS | {"title": title}
        said = compose("vote-invitation", chapter="R", website="", own=tmp_path, **facts).text
        assert said.endswith(f"*|FNAME|* {CARRIED}")


@pytest.mark.parametrize("text", [r'{{ "\ud800" }}', r'{{ reason | default("\udfff") }}'])
def test_half_a_character_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, "vote-invitation/body.txt", f"a\n{text}\n{CARRIED}")
    said = refusal(lambda: letter(tmp_path))
    assert said.where == "emails/vote-invitation/body.txt, line 2"
    assert "half a character" in said.fact


def test_switching_the_escapes_off_is_refused_with_its_line(tmp_path: Path) -> None:
    text = "a\n{% autoescape false %}\n{{ chapter }}\n{% endautoescape %}"
    write(tmp_path, "vote-invitation/body.html", f"{text}\n{CARRIED}")
    said = refusal(lambda: letter(tmp_path))
    assert said.where == "emails/vote-invitation/body.html, line 2"
    assert said.fact.endswith("autoescape has no place in a letter")


def test_a_text_in_another_encoding_is_named(tmp_path: Path) -> None:
    write(tmp_path, "vote-invitation/body.txt", "").write_bytes("señas".encode("latin-1"))
    said = refusal(lambda: letter(tmp_path))
    assert (said.fact, said.where) == ("line 1 is not UTF-8", "emails/vote-invitation/body.txt")


def test_a_message_names_nobody(tmp_path: Path) -> None:
    for text in ("{% include 'thea@example.org' %}", "{{ nobody | thea@example.org }}"):
        write(tmp_path, "vote-invitation/body.txt", text)
        assert "thea" not in str(refusal(lambda: letter(tmp_path)))


def test_a_text_is_made_to_work_once_and_a_changed_one_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, generate = [], Texts._generate
    monkeypatch.setattr(
        Texts, "_generate", lambda *a, **how: made.append(a[2]) or generate(*a, **how)
    )
    for said in ("one", "one", "another"):
        write(tmp_path, "vote-invitation/body.txt", f"{said} {tmp_path} {CARRIED}")
        assert letter(tmp_path).startswith(said)
    assert made.count("vote-invitation/body.txt") == 2
