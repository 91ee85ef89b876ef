"""Dues to Progressive Mass are encouraged, in the same words to everybody (VM-3)."""

import pytest

from connectors.emails import preview_text
from tests.flows.town import Town
from tests.models.invented import JPP


def test_every_email_to_a_new_voting_member_encourages_dues_and_says_that_no_vote_needs_them(
    town: Town,
) -> None:
    """VM-3"""
    (said, said_es) = (JPP.editions[-1].dues.encouraged, JPP.editions[-1].dues.encouraged_es)
    assert "not required to vote" in said.value
    assert said.rule == "VM-3"
    with town.context() as context:
        letter = context.words("voting-member")
    for text in (letter.html, letter.text):
        assert text.count(said.value) == 1
        assert text.count(said_es.value) == 1
    assert said.value in preview_text(letter)


def test_the_encouragement_is_the_same_for_those_who_paid_and_those_who_did_not(
    town: Town,
) -> None:
    """VM-3"""
    with town.context() as context:
        words = context.words("voting-member")
    town.add_tab("dues", ["pat@example.org", town.clock().date().isoformat()])
    with town.context() as context:
        assert context.words("voting-member") == words


@pytest.mark.parametrize("kind", ["one-event-away", "status-lapses"])
def test_no_other_email_about_a_status_speaks_of_dues(town: Town, kind: str) -> None:
    """VM-3"""
    with town.context() as context:
        assert "dues" not in context.words(kind).text
