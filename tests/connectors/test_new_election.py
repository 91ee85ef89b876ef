"""A new election's folder says what was typed, whatever characters it holds."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors import elections
from connectors.files.toml_files import read_toml

TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@settings(deadline=None, max_examples=25)
@given(TYPED, TYPED)
@example("a \x7f “b” \"c\" 'd' \\ \t\r\n = # [e]", "\x01 \u2028 é")
def test_a_typed_text_comes_back_as_it_was_typed(title: str, name: str) -> None:
    table = {
        "title": title,
        "opens": datetime(2026, 10, 1, 9),  # noqa: DTZ001 - on the chapter's clock, as typed
        "record_date": date(2026, 10, 1),
        "ballots": {"form": title},
    }
    race = {
        "id": "mayor",
        "title": title,
        "seats": 2,
        "write_ins": True,
        "labels": [title, name],
        "candidates": [{"id": "a", "name": name}, {"id": "b", "name": title}],
    }
    with TemporaryDirectory() as folder:
        made = elections.write_new(Path(folder), "spring", table, [race])
        assert read_toml(made / "election.toml") == table
        assert read_toml(made / "contests" / "01-mayor.toml") == race
