"""What the invented members do by themselves: they sign in, vote by their email, and leave."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from connectors.mailchimp import FIELD_OF
from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import address_of, name_of, serial
from connectors.sandbox.invented_election import questions
from connectors.sandbox.server import Sandbox
from connectors.settings import Chapter
from flows.rehearsal.notes import Notes
from flows.rehearsal.people import UNREACHED, VOTES
from flows.rehearsal.sheets import cells, headers
from flows.rehearsal.values import Act
from flows.votes.arrived import code_of
from models.ballots.received import Code
from models.bylaws.paths import Membership
from models.errors import Refused
from models.text.sentences import Sentence
from models.votes.election import Election

SIGN_IN, SOME, ALL, LEAVE = "sign-in", "vote-60", "vote-all", "unsubscribe"
TITLES = {
    SIGN_IN: Sentence("Everybody signs in at an event"),
    SOME: Sentence("60 percent of the members vote"),
    ALL: Sentence("Everybody else votes too"),
    LEAVE: Sentence("A voting member leaves the mailing list"),
}
BY_A_TROUBLE = "sign-in by a trouble"
"""Noted as done, and no button: nobody pressed it."""
_SHARES = {SOME: 0.6, ALL: 1.0}


def acts(is_open: bool) -> tuple[Act, ...]:
    """What they can do now."""
    keys = [SIGN_IN, *(_SHARES if is_open else ()), LEAVE]
    return tuple(Act(key, TITLES[key]) for key in keys)


def sign_in(
    sandbox: Sandbox, chapter: Chapter, membership: Membership, notes: Notes, now: datetime
) -> str:
    """Put an event of today into the sheets, and everybody's sign-in."""
    here = now.astimezone(chapter.tz)
    kinds = [k for k in membership.kinds.value if k not in membership.helping]
    number = sum(notes.acted.count(key) for key in (SIGN_IN, BY_A_TROUBLE)) + 1
    name = f"Rehearsal event {number}"
    tab = f"Rehearsal event {number} sign-in"
    row = {"day": serial(here.date()), "name": name, "kind": (kinds or ["meeting"])[0]}
    people = [n for n, _ in notes.plays]
    at = serial(here.date()) + (here.hour * 60 + here.minute) / 1440
    if not _add(sandbox, chapter, "events", [row | {"sign_in_tab": _own_tab(chapter, tab)}]):
        raise _nowhere("events")
    rows: list[Mapping[str, Any]] = [
        {"at": at, "event": name, "address": address_of(n), "name": name_of(n)} for n in people
    ]
    if not (
        _add(sandbox, chapter, "sign_ins", rows)
        or _add_tab(sandbox, chapter, tab, rows)
        or _fill_in(sandbox, chapter, rows, now)
    ):
        raise _nowhere("sign-ins")
    return f"{len(people)} people signed in at “{name}”. The next nightly run counts it."


def _nowhere(what: str) -> Refused:
    return Refused(
        f"no tab of the chapter holds {what}, so nobody can sign in",
        next_step="enter an event on the page of the sheets",
    )


def _add(sandbox: Sandbox, chapter: Chapter, kind: str, rows: list[Mapping[str, Any]]) -> bool:
    """Add rows to the first tab of a kind; False where there is none."""
    for workbook in chapter.workbooks:
        for title, holds in workbook.tabs().items():
            if holds == kind:
                columns = headers(chapter, kind)
                with sandbox.google.edit(workbook.id, title) as held:
                    held += [cells(columns, row) for row in rows]
                return True
    return False


def _own_tab(chapter: Chapter, title: str) -> str:
    if any(workbook.sign_ins for workbook in chapter.workbooks):
        return ""
    pattern = next((one.event_tabs for one in chapter.workbooks if one.event_tabs), "")
    return pattern.replace("*", title)


def _add_tab(sandbox: Sandbox, chapter: Chapter, title: str, rows: list[Mapping[str, Any]]) -> bool:
    for workbook in chapter.workbooks:
        if workbook.event_tabs:
            columns = headers(chapter, "event_sign_ins")
            table: list[list[Cell]] = [
                list(columns.values()),
                *(cells(columns, row) for row in rows),
            ]
            held = sandbox.google.workbooks[workbook.id]
            held.tabs.append(Tab(_own_tab(chapter, title), table, held.free_sheet_id()))
            sandbox.google.wrote(held)
            return True
    return False


def _fill_in(
    sandbox: Sandbox, chapter: Chapter, rows: list[Mapping[str, Any]], now: datetime
) -> bool:
    """Answer the chapter's sign-in form; False where there is none."""
    held = [form for form in chapter.forms if form.holds == "sign_ins"]
    if not held:
        return False
    form, columns = sandbox.google.forms[held[0].id], headers(chapter, "sign_ins")
    asked = dict(questions(form))
    fields = [name for name, title in columns.items() if title in asked]
    for row in rows:
        said = zip(fields, cells(fields, row), strict=True)
        form.submit({asked[columns[name]]: str(cell) for name, cell in said if cell}, now)
    return True


def vote(sandbox: Sandbox, election: Election, notes: Notes, now: datetime, key: str) -> str:
    """Let a share of those who were invited vote by their email, each once.

    A ballot that somebody filled in by hand is left alone: their code is in the form.
    """
    form = sandbox.google.forms.get(election.ballots.form)
    codes = list(_codes_sent(sandbox, election))
    if form is None or not codes:
        raise Refused(
            "nobody has an email with a ballot yet",
            where=election.name,
            next_step="let time pass until the vote opens",
        )
    if not form.accepting:
        raise Refused(
            "the ballot form does not accept responses",
            where=election.name,
            next_step="put that trouble back first",
        )
    question = election.ballots.code_question
    done, there = notes.voted.setdefault(election.name, []), _codes_in(form, question)
    wanted = round(len(codes) * _SHARES[key])
    many = 0
    for number, code in enumerate(codes[:wanted]):
        if code_of(code) not in there:
            form.submit(answers(form, code, number, question), moment_of_answer(form, now))
            done.append(code)
            there.add(code_of(code))
            many += 1
    members = "member" if many == 1 else "members"
    voted = sum(code_of(code) in there for code in codes)
    said = f"{many} {members} voted by the link in their email"
    return f"{said}; {voted} of the {len(codes)} who got one have voted."


def moment_of_answer(form: Form, now: datetime) -> datetime:
    """When the next answer arrives: a rehearsal's clock stands still, and no two come at once."""
    return max([now, *(one.submitted + timedelta(milliseconds=1) for one in form.responses)])


def _codes_in(form: Form, code_question: str) -> set[Code | None]:
    """Whose ballot has arrived, by code."""
    asked = {question for title, question in questions(form) if title == code_question}
    said = (said for one in form.responses for key, said in one.answers.items() if key in asked)
    return {code_of(text) for texts in said for text in texts}


def _codes_sent(sandbox: Sandbox, election: Election) -> dict[str, None]:
    """The code of each voter who has an email with one; the committee has its own field."""
    field, title = FIELD_OF[election.electorate], f"clerk: {election.name} "
    letters = (one for one in sandbox.mailchimp.outbox if one.title.startswith(title))
    return dict.fromkeys(code for one in letters if (code := one.values.get(field)))


def answers(form: Form, code: str, number: int, code_question: str) -> dict[str, str]:
    """What the number-th member marks: most of them the first choice of each question."""
    options = {
        question["questionId"]: [o["value"] for o in question["choiceQuestion"]["options"]]
        for question in form.questions()
        if "choiceQuestion" in question
    }
    said: dict[str, str] = {}
    for title, question in questions(form):
        if title == code_question:
            said[question] = code
        elif question in options and (held := options[question]):
            said[question] = held[min(number % 4 // 3 * (1 + number % 2), len(held) - 1)]
    return said | _ranks(form, number)


def _ranks(form: Form, number: int) -> dict[str, str]:
    """A grid: two choices are ranked, beginning with the first for most."""
    found: dict[str, str] = {}
    for item in form.items:
        group = item.get("questionGroupItem", {})
        columns = [o["value"] for o in group.get("grid", {}).get("columns", {}).get("options", [])]
        rows = [one["questionId"] for one in group.get("questions", [])]
        if not columns or not rows:
            continue
        start = number % 4 // 3 * (1 + number % 2) % len(rows)
        order = rows[start:] + rows[:start]
        found |= dict(zip(order[:2], columns[:2], strict=False))
    return found


def leave(sandbox: Sandbox, chapter: Chapter, notes: Notes, now: datetime) -> str:
    """Let a voting member click “unsubscribe”."""
    list_id = chapter.mailchimp.list_id
    members = sandbox.mailchimp.lists[list_id].members.values()
    left = {one.email_address for one in members if one.status == "unsubscribed"}
    for number, part in notes.plays:
        if part in (VOTES, UNREACHED) and address_of(number) not in left:
            sandbox.mailchimp.leave(list_id, address_of(number), now)
            return "A voting member left the mailing list. Someone has to call them."
    raise Refused("every voting member has left the list", next_step="go on with the rehearsal")
