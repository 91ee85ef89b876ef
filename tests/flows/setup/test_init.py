"""From an empty folder to the first plan."""

import pytest

from connectors.settings import load_chapter
from tests.flows.setup.person import BOOK, LIST, Stage


def test_from_nothing_to_the_first_plan(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.usual()
    person = stage.person()
    code = stage.init(person)
    said = capsys.readouterr().out
    print(said)
    print(stage.written)
    assert code == 0
    chapter = load_chapter(stage.folder)
    (book,) = chapter.workbooks
    assert (book.id, book.events, book.sign_ins) == (BOOK, "Events", ("Sign-ins",))
    assert (book.registrations, book.review) == ("Registrations", "Clerk – needs review")
    assert chapter.mailchimp.list_id == LIST
    assert chapter.consent == ("I agree to receive mail",)
    assert chapter.columns == {}
    assert "2 voting members" in said
