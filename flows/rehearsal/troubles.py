"""What can go wrong, to be tried: begun, seen, and put back."""

from typing import Any, NamedTuple

from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.server import Sandbox
from connectors.settings import Chapter
from flows.rehearsal.drafts import BALLOT
from flows.rehearsal.notes import Notes
from flows.rehearsal.values import Trouble
from models.errors import Refused
from models.text.sentences import Sentence

EMPTIED, CLOSED, SLOW, POWER = "emptied-tab", "closed-form", "slow-mailchimp", "power-cut"
_ALWAYS = 1_000_000
_MAILCHIMP = r"^/3\.0/"


class Words(NamedTuple):
    """What a trouble is called, and what will be seen."""

    title: str
    seen: str


WORDS = {
    EMPTIED: Words(
        Sentence("Somebody empties the sign-in tab"),
        Sentence(
            "The next nightly run refuses to go on, because the tab lost rows. Nobody loses their "
            "vote. The officers’ page says what to do, and the officers get an email."
        ),
    ),
    CLOSED: Words(
        Sentence("The ballot form stops accepting answers"),
        Sentence(
            "Members who follow their link see that the form is closed. At the next "
            "scheduled check "
            "the officers get an email, and the page of the vote says it."
        ),
    ),
    SLOW: Words(
        Sentence("Mailchimp is slow"),
        Sentence(
            "Mailchimp takes too long to answer. The nightly run and the emails wait and are tried "
            "again, and nobody gets an email twice. Letting time pass takes longer too."
        ),
    ),
    POWER: Words(
        Sentence("Power is cut in the middle of a nightly run"),
        Sentence(
            "Everybody signs in at an event first, so that the run has work: whoever was one event "
            "away can vote afterwards. The next nightly run starts and is killed while "
            "it changes the "
            "mailing list. When you put the power back, it is finished from where it stopped."
        ),
    ),
}


def troubles(notes: Notes) -> tuple[Trouble, ...]:
    """All of them."""
    return tuple(Trouble(key, *words, key in notes.going_on) for key, words in WORDS.items())


def begin(sandbox: Sandbox, chapter: Chapter, notes: Notes, key: str) -> None:
    """Let a trouble of the services begin, and note what putting back needs.

    Raises:
        Refused: it goes on already, or there is nothing here that could go wrong this way.
    """
    if key in notes.going_on:
        raise Refused("this trouble goes on already", next_step="put it back first")
    notes.going_on[key] = _BEGIN[key](sandbox, chapter)


def end(sandbox: Sandbox, notes: Notes, key: str) -> None:
    """Put a trouble of the services back.

    Raises:
        Refused: it does not go on.
    """
    if key not in notes.going_on:
        raise Refused("this trouble does not go on", next_step="nothing to do")
    _END[key](sandbox, notes.going_on.pop(key))


def go_on(sandbox: Sandbox, notes: Notes) -> None:
    """After a new start, let go on what a stand-in's state does not hold."""
    if SLOW in notes.going_on:
        _be_slow(sandbox)


def _empty(sandbox: Sandbox, chapter: Chapter) -> Any:
    for workbook in chapter.workbooks:
        for title, kind in workbook.tabs().items():
            if kind == "sign_ins":
                return _emptied(sandbox, workbook.id, title)
        for tab in sandbox.google.workbooks[workbook.id].tabs if workbook.event_tabs else ():
            if tab.title not in workbook.tabs() and len(tab.rows) > 1:
                return _emptied(sandbox, workbook.id, tab.title)
    raise Refused("no tab holds sign-ins", next_step="try another trouble")


def _emptied(sandbox: Sandbox, workbook: str, title: str) -> Any:
    kept = sandbox.google.workbooks[workbook].tab(title).dump()["rows"][1:]
    with sandbox.google.edit(workbook, title) as rows:
        del rows[1:]
    return [workbook, title, kept]


def _fill(sandbox: Sandbox, kept: Any) -> None:
    workbook, title, dumped = kept
    with sandbox.google.edit(workbook, title) as rows:
        rows[1:1] = Tab.load({"title": title, "rows": dumped}).rows


def _close(sandbox: Sandbox, _: Chapter) -> Any:
    forms = [
        form for form in sandbox.google.forms.values() if form.accepting and _is_ballot(form.id)
    ]
    if not forms:
        raise Refused("no ballot form accepts answers", next_step="try another trouble")
    for form in forms:
        form.accepting = False
        sandbox.google.wrote(form)
    return [form.id for form in forms]


def _is_ballot(form_id: str) -> bool:
    return form_id.startswith(BALLOT)


def _open(sandbox: Sandbox, kept: Any) -> None:
    for form_id in kept:
        if form := sandbox.google.forms.get(form_id):
            form.accepting = True
            sandbox.google.wrote(form)


def _slow(sandbox: Sandbox, chapter: Chapter) -> Any:
    seconds = chapter.network.read_timeout + 0.5
    _be_slow(sandbox, seconds)
    return seconds


def _be_slow(sandbox: Sandbox, seconds: float = 2.5) -> None:
    sandbox.faults.matching("", _MAILCHIMP, "slow", times=_ALWAYS, seconds=seconds)


def _be_quick(sandbox: Sandbox, _: Any) -> None:
    sandbox.faults.clear()


_BEGIN = {EMPTIED: _empty, CLOSED: _close, SLOW: _slow}
_END = {EMPTIED: _fill, CLOSED: _open, SLOW: _be_quick}
