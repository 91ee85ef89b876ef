"""Spreadsheets, tabs, and forms for a chapter that is there: the same questions on every face."""

from connectors.settings import Chapter
from flows.setup.consent import ask as ask_consent
from flows.setup.face import about
from flows.setup.file import Additions, extend
from flows.setup.forms import FormsAsked
from flows.setup.headers import Wordings
from flows.setup.interview import Interview
from flows.setup.trial import Trial
from flows.setup.workbooks import Books, account_of


def add(interview: Interview, trying: Trial, chapter: Chapter) -> Additions | None:
    """Ask for them and write them; nothing else in the chapter's file changes.

    Returns:
        What was added; None if nothing was.
    """
    wordings = Wordings(own={kind: dict(fields) for kind, fields in chapter.columns.items()})
    with trying.look_at(chapter) as context:
        account = account_of(context)
        interview.tell(f"Share each spreadsheet and form with {account} as Editor.", about("share"))
        books = Books(interview, context, wordings, chapter.workbooks)
        for book in chapter.workbooks:
            books.know(book)
        forms = FormsAsked(interview, context, wordings, chapter.forms)
        for form in chapter.forms:
            forms.know(form)
        known = len(wordings.uses)
        workbooks = books.ask()
        asked = forms.ask([one.id for one in chapter.workbooks] + [one["id"] for one in workbooks])
    if not workbooks and not asked:
        return None
    new = Wordings(uses=wordings.uses[known:])
    consent = ask_consent(interview, new, forms.boxes)
    more = Additions(workbooks, asked, wordings.headers(), consent)
    extend(trying.folder, more)
    return more
