"""The call for proposals: an email to each voting member, once a year, with their own code (SC-7).

1. An officer looks at it and at how many it goes to, and approves exactly that by its fingerprint.
2. It is begun in the ledger before anything is sent, and brought to its end by the one engine for
   emails: whoever runs it again after a broken try sends nobody a second one.
3. Codes are made of the call's name. From here on they tell whose a proposal is, and the numbers of
   the list begin anew (`flows.nightly.proposals`).
"""

import hashlib
from typing import Final, NamedTuple

from connectors.ledger import Act, MailingState
from flows.committee.proposals import begin_list, year_due
from flows.context import ChapterContext
from flows.mail.mailing import finish_sending
from flows.votes.sending import reach
from models.errors import FixTheSettings, Refused
from models.intake.people import PersonId
from models.mail.notices import EmailContent
from models.privacy import Email
from models.votes.codes import code_for
from models.votes.events import ProposalsCalled

TEXTS: Final = "call-for-proposals"
TITLE: Final = "Priorities of {}"


class Call(NamedTuple):
    """The email as it would go out now."""

    year: int
    words: EmailContent
    to: dict[PersonId, Email]
    unreachable: int
    """Voting members whom no email reaches."""
    sent: int | None
    """To how many it went; None while it is still to be sent."""

    @property
    def name(self) -> str:
        """By which its codes are made."""
        return name_of(self.year)

    @property
    def fingerprint(self) -> str:
        """Of what it says and to whom, by their ids."""
        told = "\n".join([self.words.subject, self.words.text, self.words.html, *sorted(self.to)])
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def name_of(year: int) -> str:
    """By what its codes are made, and its mailing is found."""
    return f"proposals {year}"


def look(context: ChapterContext, form: str = "") -> Call:
    """The call as it would go out now, or that it has gone.

    Args:
        form: its id, where the proposals are read from a tab.

    Raises:
        FixTheSettings: no form for proposals is known, or it asks for no code.
    """
    year = year_due(context)
    held = context.ledger.mailings.call(name_of(year))
    reached = reach(context)
    voting = [entry.person.id for entry in reached.roll.voting()]
    to = {person: reached.mailboxes[person] for person in voting if person in reached.mailboxes}
    sent = held.people if held and held.is_over else None
    words = context.words(TEXTS, title=TITLE.format(year), year=year, link=_link(context, form))
    return Call(year, words, to, len(voting) - len(to), sent)


def send(context: ChapterContext, approve: str, by: str, form: str = "") -> int:
    """Send exactly what was approved; to how many it went.

    Raises:
        Refused: it has gone, is another than the one that was looked at, or reaches nobody.
    """
    with context.ledger.alone():
        call = look(context, form)
        if call.sent is not None:
            raise Refused(
                f"the call for proposals of {call.year} was already sent to {call.sent} people",
                rule="SC-7",
                next_step="one goes out each year; write to those whom it did not reach yourself",
            )
        if approve != call.fingerprint:
            raise Refused(
                f"the approval names {approve}, but the email is now {call.fingerprint}",
                next_step="run `clerk call-for-proposals` to see what changed, then approve that",
            )
        if not call.to:
            raise Refused(
                "there is no voting member whom an email reaches",
                next_step="run `clerk sync --apply` first; `clerk roll` shows who can vote",
            )
        begin_list(context, call.name)
        return _finish(context, call, by)


def _finish(context: ChapterContext, call: Call, by: str) -> int:
    mailing = context.ledger.mailings.begin_call(call.name, context.today)

    def filled() -> tuple[int, int]:
        codes = {
            box: code_for(context.ledger.key, call.name, person) for person, box in call.to.items()
        }
        refused = context.codes_field("proposals").fill(codes)
        segment, left = context.audience.fill_segment(f"clerk: {call.name}", codes.keys() - refused)
        if len(refused | left) == len(codes):  # it stays to be sent
            raise Refused(
                "the mailing list rejected every code, so the email was not sent",
                where="Mailchimp",
                next_step="run `clerk doctor` to check the audience and the account, and then "
                "this command again",
            )
        return segment, len(codes) - len(refused | left)

    went = finish_sending(context, mailing, call.name, lambda: call.words, filled)
    if went.how is not MailingState.SENT:
        raise Refused(
            "somebody stopped the email at Mailchimp, so it was not sent",
            where="Mailchimp",
            next_step="send the campaign there by hand, or write to the members yourself",
        )
    event = ProposalsCalled(year=call.year, people=went.people)
    context.ledger.votes.note("", Act(by, context.now(), event))
    return went.people


def _link(context: ChapterContext, form: str) -> str:
    """The form's prefilled link up to the code, which comes after it."""
    forms = [one.id for one in context.chapter.forms if one.holds == "proposals"]
    found = form or next(iter(forms), "")
    if not found:
        raise FixTheSettings(
            "no form for proposals is known",
            where="chapter.toml [[forms]]",
            rule="SC-7",
            next_step='add one with holds = "proposals", or name the form of your tab: --form ID',
        )
    live = context.ballot_forms.live(found)
    asked = {
        header for header in _code_headers(context) for _, one in live.headers if one == header
    }
    if not asked:
        raise FixTheSettings(
            "the form does not ask for the code, so nobody's proposal could be told from another's",
            where=f"form “{live.title}”",
            rule="SC-7",
            next_step="add “Code” to the form as a short-answer question",
        )
    return live.prefilled(min(asked))


def _code_headers(context: ChapterContext) -> tuple[str, ...]:
    said = context.chapter.columns_of("proposals").headers["code"]
    return (said,) if isinstance(said, str) else tuple(said)
