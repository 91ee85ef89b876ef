"""A voter whose code the mailing list would not take gets no letter without one (BA-1)."""

from collections.abc import Mapping

import pytest

from connectors.mailchimp import BallotField
from models.ballots.received import Code
from models.privacy import Email
from models.unmask import reveal
from tests.elections.polls import OPENS, Poll


def test_nobody_is_invited_without_a_code(poll: Poll, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = BallotField.fill
    refused: set[Email] = set()

    def lacking(field: BallotField, codes: Mapping[Email, Code | None]) -> set[Email]:
        refused.add(min(codes))
        return refused | fill(field, {a: code for a, code in codes.items() if a not in refused})

    monkeypatch.setattr(BallotField, "fill", lacking)
    poll.approved().at(OPENS)
    told = {
        letter.to for letter in poll.town.sandbox.mailchimp.outbox if "invitation" in letter.title
    }
    assert told
    assert told.isdisjoint(map(reveal, refused))
