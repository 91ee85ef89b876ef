"""The reader's last day reads as people say it, and the footer tells them how they stand.

A vote's emails do not: who is on its frozen roll may have lapsed since, and can vote all the same.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from connectors.emails import BUILT_IN, compose, preview, preview_text, snippet
from connectors.emails.days import MOST_DAYS, mark, with_days
from connectors.emails.tags import decided
from connectors.sandbox.mailchimp.letters import filled
from models.membership.ways import ways_of
from models.membership.ways_es import ways_es_of
from tests.connectors.emails.invented import FACTS
from tests.models.invented import JPP

DAYS = (date(2027, 3, 4), date(2027, 5, 20))
MEMBERSHIP = JPP.editions[0].membership
KINDS = sorted(path.parent.name for path in BUILT_IN.glob("*/subject.txt"))
TO_MEMBERS = [kind for kind in KINDS if kind not in ("officers-news", "tellers-report")]
BESIDE = (
    "annual-meeting", "call-for-members", "call-for-proposals", "call-to-action",
    "chapter-near-you", "committee-result", "request-end", "request-receipt",
)  # fmt: skip
OF_VOTES = [kind for kind in TO_MEMBERS if kind.startswith("vote-") or kind in BESIDE]
TELLING = [kind for kind in TO_MEMBERS if kind not in OF_VOTES]
ONE = "You are one event away from becoming a voting member."
UNA = "Le falta una sola actividad para tener derecho a voto."
VOTING = {"CLSTATUS": "Voting member", "CLEVENTS": "4", "CLUNTIL": "2027-05-20"}
AWAY = {"CLSTATUS": "One event away", "CLEVENTS": "2", "CLUNTIL": "2027-03-04"}
NOT_YET = {"CLSTATUS": "Not yet", "CLEVENTS": "0", "CLUNTIL": ""}
STANDING = {
    "Voting member": (
        VOTING,
        "You are a voting member. Events counted: 4. Last day: May 20, 2027",
        "Usted tiene derecho a voto. Actividades contadas: 4. Último día: 20 de mayo de 2027",
    ),
    "One event away": (
        AWAY,
        f"{ONE} Events counted: 2. Last day to come: March 4, 2027",
        f"{UNA} Actividades contadas: 2. Último día para asistir: 4 de marzo de 2027",
    ),
    "Not yet": (
        NOT_YET,
        "You are not a voting member now. Events counted: 0.",
        "Ahora no tiene derecho a voto. Actividades contadas: 0.",
    ),
}


def letter(kind: str, *, spanish: bool = True) -> tuple[str, str]:
    """A letter's HTML and plain text."""
    ways = {"ways": ways_of(MEMBERSHIP), "ways_es": ways_es_of(MEMBERSHIP)}
    known = {"chapter": "JPP", "website": ""}
    facts = FACTS | ways
    words = compose(kind, **known, spanish=spanish, days=lambda: DAYS, **facts)  # type: ignore[arg-type]  # facts of many kinds
    return words.html, words.text


@pytest.mark.parametrize("kind", TELLING)
@pytest.mark.parametrize("status", STANDING)
def test_each_email_of_the_nights_tells_its_reader_how_they_stand(kind: str, status: str) -> None:
    values, english, spanish = STANDING[status]
    for text in letter(kind):
        said = filled(text, values | {"FNAME": "Ann"})
        assert english in said
        assert spanish in said
        assert "CLUNTIL" not in said
        assert "2027-" not in said


@pytest.mark.parametrize("kind", OF_VOTES)
@pytest.mark.parametrize("status", STANDING)
def test_no_email_of_a_vote_says_how_its_reader_stands(kind: str, status: str) -> None:
    for text in letter(kind):
        said = filled(text, STANDING[status][0] | {"FNAME": "Ann"})
        assert "Events counted" not in said
        assert "Actividades contadas" not in said


@pytest.mark.parametrize("base", ["email-base", "vote-base"])
@pytest.mark.parametrize("kind", OF_VOTES)
def test_nor_does_a_chapters_own_email_of_a_vote(kind: str, base: str, tmp_path: Path) -> None:
    for part in ("html", "txt"):
        file = tmp_path / kind / f"body.{part}"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'{{% extends "{base}.{part}" %}}{{% block letter %}}Hi{{% endblock %}}')
    own = compose(kind, chapter="JPP", website="", own=tmp_path, days=lambda: DAYS, **FACTS)  # type: ignore[arg-type]  # facts of many kinds
    for text in (own.html, own.text):
        assert "Events counted" not in text


@pytest.mark.parametrize("kind", TO_MEMBERS)
def test_a_newcomer_of_whom_nothing_is_known_reads_nothing_of_it(kind: str) -> None:
    for text in letter(kind):
        said = filled(text, {"CLSTATUS": "", "CLEVENTS": "", "CLUNTIL": ""})
        assert "Events counted:" not in said.split("--")[-1]
        assert "Last day" not in said
        assert "IF:" not in said


@pytest.mark.parametrize(
    ("held", "english", "spanish"),
    [
        ("2027-03-04", "March 4, 2027", "4 de marzo de 2027"),
        ("2029-09-09", "2029-09-09", "2029-09-09"),
        ("further notice", "further notice", "nuevo aviso"),
        ("", "", ""),
    ],
    ids=["a day on record", "a day that is not", "no end in sight", "nothing"],
)
def test_a_day_reads_as_people_say_it_and_else_as_the_field_has_it(
    held: str, english: str, spanish: str
) -> None:
    for language, wanted in (("en", english), ("es", spanish)):
        text = with_days(f"on {mark(language)}.", lambda: DAYS)  # type: ignore[arg-type]  # one of them
        assert filled(text, {"CLUNTIL": held}) == f"on {wanted}."
        assert decided(text, {"CLUNTIL": held}).replace("*|CLUNTIL|*", held) == f"on {wanted}."


def test_a_text_without_a_day_asks_for_none() -> None:
    def never() -> tuple[date, ...]:
        raise AssertionError

    assert with_days("Hello *|FNAME|* *|CLUNTIL|*", never) == "Hello *|FNAME|* *|CLUNTIL|*"


def test_a_letter_lists_so_many_days_and_no_more() -> None:
    many = [date.fromordinal(740_000 + n) for n in range(MOST_DAYS + 30)]
    text = with_days(mark("en"), lambda: many)
    assert text.count("IF:CLUNTIL=") == MOST_DAYS + 1  # and that there is no end
    assert many[-1].isoformat() in text


def test_no_choice_stands_in_another() -> None:
    """Mailchimp's help tells of it for one of its services alone."""
    for kind in TO_MEMBERS:
        for text in letter(kind):
            opened = 0
            for tag in re.findall(r"\*\|(IF:|END:IF)", text):
                opened += 1 if tag == "IF:" else -1
                assert opened in (0, 1)
            assert opened == 0


def test_a_chapter_that_speaks_english_alone_has_no_spanish() -> None:
    html, text = letter("voting-member", spanish=False)
    assert "derecho a voto" not in html + text


def test_a_preview_shows_what_a_reader_would_read() -> None:
    words = compose(
        "voting-member",
        chapter="JPP",
        website="",
        days=lambda: DAYS,
        ways=ways_of(MEMBERSHIP),
        ways_es=ways_es_of(MEMBERSHIP),
    )
    for page in (preview(words), preview_text(words)):
        assert "You are a voting member. Events counted: 3. Last day: March 4, 2027" in page
        assert "*|" not in page


def test_the_newsletters_snippet_says_the_same() -> None:
    said = snippet(days=lambda: DAYS)
    for values, english, spanish in STANDING.values():
        read = filled(said, values, escape=True)
        assert f'<p lang="en">{english}' in read
        assert f'<p lang="es">{spanish}' in read
    assert 'lang="es"' not in snippet(spanish=False)
