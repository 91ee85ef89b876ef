"""What members will see: the ballot, and every email of a vote."""

from html import escape
from typing import Final, NamedTuple

from connectors.emails import preview, preview_text
from flows.context import ChapterContext
from flows.views.previews import OF_A_VOTE, examples_of, letter_words
from flows.votes.ballot_form import form_of
from flows.votes.drafts.folders import draft_of
from flows.web.pages import progress
from flows.web.pages.votes_check import complete
from flows.web.visits import Asked, Document, GoTo, Page, Visit
from flows.web.works import Done, Tell
from models.errors import FixTheData, Refused
from models.votes.election import Election


class _Email(NamedTuple):
    """One email as it will look; without its texts while there is nothing to tell."""

    letter: str
    subject: str = ""
    html: str = ""
    text: str = ""


_Emails = tuple[_Email, ...]


def ballot(visit: Visit) -> Page:
    """The ballot as its form will show it."""
    election = _election(visit, without_form=True)
    asks = form_of(visit.context, election)
    return Page("votes-ballot.html", {"election": election, "asks": asks})


def look_at_emails(visit: Visit) -> GoTo:
    """Fill in the emails; the link to the ballot is the form's own."""
    name = visit.at["name"]
    _election(visit)

    def job(context: ChapterContext, tell: Tell) -> Done:
        found = []
        for letter in OF_A_VOTE:
            tell(letter)
            found.append(_filled_in(context, letter, name))
        return Done(path=f"/votes/{name}/emails/{visit.keep(tuple(found))}")

    return progress.start(visit, visit.words.say("draft.filling_in"), job, f"/votes/{name}")


def _filled_in(context: ChapterContext, letter: str, name: str) -> _Email:
    try:
        words = letter_words(context, letter, name)
    except Refused:  # it tells of a result that there is not
        return _Email(letter)
    subject, _, text = preview_text(words).partition("\n\n")
    return _Email(
        letter,
        subject.removeprefix("Subject: "),
        preview(words, examples_of(context, letter)),
        text,
    )


def emails(visit: Visit) -> Page:
    """All of them, each in a frame."""
    found: _Emails = visit.kept(visit.at["seen"])
    facts = {"election": _election(visit), "emails": found, "seen": visit.at["seen"]}
    return Page("votes-emails.html", facts)


def email_html(visit: Visit) -> Document:
    """One email as mail programs show it."""
    return Document(_one(visit).html)


def email_text(visit: Visit) -> Document:
    """The same as plain text."""
    return Document(
        '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        "<title>Text</title><style>pre{font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap;"
        f"margin:16px}}</style><pre>{escape(_one(visit).text)}</pre>"
    )


def _one(visit: Visit) -> _Email:
    found: _Emails = visit.kept(visit.at["seen"])
    said = visit.at["number"]
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0
    if not 1 <= number <= len(found):
        raise FixTheData(
            visit.words.say("desk.handle_lost"), next_step=visit.words.say("desk.search_again")
        )
    return found[number - 1]


def _election(visit: Visit, *, without_form: bool = False) -> Election:
    """A vote as it was approved, or as its draft has it; its ballot needs no form."""
    name = visit.at["name"]
    if vote := visit.context.ledger.votes.get(name):
        return vote.election
    draft = draft_of(visit.context, name)
    if without_form and draft.sketch:
        return draft.sketch
    election = complete(draft).election
    assert election  # noqa: S101 - it is complete
    return election


ASKED: Final = (
    Asked("GET", "/votes/{name}/ballot", ballot),
    Asked("POST", "/votes/{name}/emails", look_at_emails),
    Asked("GET", "/votes/{name}/emails/{seen}", emails),
    Asked("GET", "/votes/{name}/emails/{seen}/{number}/html", email_html),
    Asked("GET", "/votes/{name}/emails/{seen}/{number}/text", email_text),
)
