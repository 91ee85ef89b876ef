"""An answer to a form that is linked to a workbook: Google adds a row to its tab.

A column a question, a row of a grid as `Title [Row]`, several ticks parted by a comma; the first
column is the time in the workbook's zone. A question that has no column yet gets one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.sandbox.google.cells import Cell, formatted, raw
from connectors.sandbox.google.form_state import Form, FormResponse
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.google.workbook import Tab, Workbook

TIME = "Timestamp"
TAB = "Form Responses {n}"


def answer(
    state: GoogleState,
    form: Form,
    answers: Mapping[str, str | Sequence[str]],
    at: datetime,
    respondent_email: str = "",
) -> FormResponse:
    """Answer a form as a person does: the answer is the form's, and a row of its tab."""
    response = form.submit(answers, at, respondent_email=respondent_email)
    if workbook := state.workbooks.get(form.linked_sheet_id):
        tab = _tab(workbook, form) or _new_tab(workbook)
        _append(workbook, tab, form, response)
        state.wrote(workbook)
    return response


def headers(form: Form) -> Iterator[tuple[str, str]]:
    """Each question's id, and its header in a sheet."""
    for item in form.items:
        if question := item.get("questionItem", {}).get("question"):
            yield question["questionId"], item.get("title", "")
        for row in item.get("questionGroupItem", {}).get("questions", []):
            yield row["questionId"], f"{item.get('title', '')} [{row['rowQuestion']['title']}]"


def _tab(workbook: Workbook, form: Form) -> Tab | None:
    """The tab that begins with the time and has at least half of what the form asks."""
    asked = {header for _, header in headers(form)}
    for tab in workbook.tabs:
        heads = _heads(workbook, tab)
        if heads[:1] == [TIME] and 2 * len(asked.intersection(heads)) >= len(asked):
            return tab
    return None


def _new_tab(workbook: Workbook) -> Tab:
    taken, n = {tab.title for tab in workbook.tabs}, 1
    while TAB.format(n=n) in taken:
        n += 1
    made = Tab(TAB.format(n=n), [[TIME]], workbook.free_sheet_id())
    workbook.tabs.insert(0, made)
    return made


def _heads(workbook: Workbook, tab: Tab) -> list[str]:
    return [formatted(cell, workbook.locale) for cell in tab.rows[0]] if tab.rows else []


def _append(workbook: Workbook, tab: Tab, form: Form, response: FormResponse) -> None:
    heads = _heads(workbook, tab)
    local = response.submitted.astimezone(ZoneInfo(workbook.time_zone))
    said: dict[int, Cell] = {0: local.replace(tzinfo=None, microsecond=0)}
    for question, header in headers(form):
        if header not in heads:
            tab.rows[0].append(header)
            heads.append(header)
        said[heads.index(header)] = raw(", ".join(response.answers.get(question, [])))
    while len(tab.rows) > 1 and not any(cell not in ("", None) for cell in tab.rows[-1]):
        del tab.rows[-1]
    tab.rows.append([said.get(place, "") for place in range(len(heads))])
