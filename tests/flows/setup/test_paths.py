"""A key's path, as people paste it."""

from pathlib import Path

import pytest

from flows.setup.keys import path_of
from tests.flows.setup.person import Stage


@pytest.mark.parametrize("paste", ["'{}'", '"{}"', " {} ", "escaped", "file"])
def test_a_key_is_found_as_its_path_was_pasted(stage: Stage, paste: str) -> None:
    stage.usual()
    key = stage.keys / "my key (1).json"
    (stage.keys / "google.json").rename(key)
    plain = str(key)
    escaped = plain.replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")
    typed = {"escaped": escaped, "file": key.as_uri()}.get(paste, paste.format(plain))
    assert stage.write(stage.person(**{"service account's key": typed})).google.key_file
    assert (stage.folder / "secrets" / "google.json").exists()


def test_a_file_with_the_mailchimp_key_too(stage: Stage) -> None:
    stage.usual()
    typed = f"'{stage.keys / 'mailchimp.key'}'"
    person = stage.person(**{"Mailchimp API key": typed})
    stage.write(person)
    assert person.was_asked("Mailchimp API key") == 1


def test_home_is_understood_in_quotes_and_a_backslash_of_the_name_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_of("'~/k.json'") == path_of("~/k.json") == tmp_path / "k.json"
    odd = tmp_path / "a\\b.json"
    odd.write_text("")
    assert path_of(str(odd)) == odd
