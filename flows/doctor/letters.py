"""What doctor says of letters that Mailchimp accepted: whether they are out."""

from collections.abc import Iterator
from functools import partial

from connectors.ledger import ElectionRecord, Ledger
from flows.context import ChapterContext
from flows.doctor.checks import Look
from flows.mail.delivered import NightLetter, known_of_nights, night_letter_name, why
from flows.mail.email_names import letter_name
from flows.votes.watch_emails import is_fresh
from models.errors import Refused
from models.votes.delivered import lost, short
from models.votes.notices import vote_letter


def letters_that_went(context: ChapterContext) -> Iterator[Look]:
    """The letters of the nights, and of each vote whose letters are still looked after."""
    yield "letters of the nights", partial(_of_nights, context.ledger)
    for vote in context.ledger.votes.all():
        if is_fresh(context, vote):
            yield f"vote {vote.name}: letters", partial(_of_vote, context.ledger, vote)


def _of_nights(ledger: Ledger) -> str:
    found = known_of_nights(ledger)
    _all_are_out([_said(one) for one in found if not one.is_short], "clerk emails again")
    return "; ".join(map(_said, found)) or "all out, as far as they were asked about"


def _said(one: NightLetter) -> str:
    called = night_letter_name(one.letter, one.day)
    if one.is_short:
        return f"{called} went to {one.people} of {one.booked}"
    return f"{called} did not go out: {why(one.word)}"


def _of_vote(ledger: Ledger, vote: ElectionRecord) -> str:
    lines = ledger.votes.lines(vote.name)
    _all_are_out(
        [
            f"{letter_name(vote, vote_letter(text))} did not go out: {why(one.campaign)}"
            for text, one in lost(lines).items()
        ],
        f"clerk emails again --election {vote.name} --by …",
    )
    fewer = [
        f"{letter_name(vote, vote_letter(text))} went to {one.people} of {one.booked}"
        for text, one in short(lines).items()
    ]
    return "; ".join(fewer) or "all out, as far as they were asked about"


def _all_are_out(wrong: list[str], command: str) -> None:
    """Complain of letters that are not."""
    if wrong:
        raise Refused(
            "; ".join(wrong),
            rule="EN-R13",
            next_step="look in Mailchimp for a message about a review of the account: what is "
            "paused there may go on after it; what is stopped for good, and went to nobody, "
            f"`{command}` brings again",
        )
