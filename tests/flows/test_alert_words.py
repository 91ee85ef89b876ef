"""Every alert has words, and every one a next step."""

import pytest

from flows.alerts.words import next_step, sentence
from models.mail.alerts import Alert, AlertKind


@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_of_alert_has_its_own_words(kind: AlertKind) -> None:
    others = [one for one in AlertKind if one is not kind]
    alert = Alert(kind=kind, place="vote-spring")
    assert sentence(alert).endswith(".")
    assert sentence(alert) not in [sentence(Alert(kind=one, place="vote-spring")) for one in others]
    assert next_step(kind)
