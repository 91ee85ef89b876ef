"""The chapter's ballot form: its items, its rows, and building it.

Reads: the form an election names, or the tab with its answers. Writes: the items of an empty form,
on `clerk election form --build` alone. Turnout needs times and codes; a count looks at more.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from connectors.google import wire
from connectors.google.form_answers import Built, Response
from connectors.google.hosts import SERVICE
from connectors.google.payloads import FormItem, NewForm
from connectors.google.responses import Responses, address
from connectors.google.sheets import Workbooks
from connectors.google.tabs import NotThere, find_cells
from connectors.net.responses import not_from
from connectors.net.retries import RetryPolicy
from models.ballots.drift import FormQuestion
from models.ballots.form import Item
from models.errors import FixTheData, FixTheSettings
from models.intake.layouts import lines_above
from models.intake.tables import Cell
from models.intake.twice import in_order
from models.intake.unsent import has_time
from models.privacy import redact_addresses
from models.text.folding import unmarked
from models.votes.codes import looks_like_one
from models.votes.election import BallotSource

if TYPE_CHECKING:
    from connectors.google.client import GoogleClient


@dataclass(frozen=True, slots=True)
class LiveForm:
    """A form as it is now."""

    title: str
    link: str
    """Where voters answer it."""
    items: tuple[Item, ...]
    headers: tuple[tuple[str, str], ...]
    """Question id and header, as a sheet of its answers would have it."""
    accepting: bool
    collects_addresses: bool
    asked: tuple[FormQuestion, ...] = ()
    """Its questions, as they are held fast at an approval."""
    has_responders: bool = True
    """Whether who may answer it is a permission of its own; a form of the old kind has none."""
    linked: str = ""
    """The workbook into which its answers go too."""

    def prefilled(self, code_question: str) -> str:
        """The link up to the code, which comes after it.

        Raises:
            FixTheSettings: the form does not ask for a code.
        """
        for question, header in self.headers:
            if unmarked(header) == unmarked(code_question):
                return f"{self.link}?usp=pp_url&entry.{_entry(question)}="
        raise FixTheSettings(
            f"no question “{code_question}” on the form",
            where=f"form “{self.title}”",
            rule="BA-1",
            next_step="add it as a short-answer question, or set yours as code_question in "
            "election.toml",
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it arrived."""

    place: str
    at: AwareDatetime | None
    code: str = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)
    gone: bool = False
    """It also answers a question that is no longer on the form."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """All rows of a ballot source, in the order they arrived, under their headers."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    unsent: int = 0
    """Rows of a tab that no voter sent: helper values that were filled down, sums below (BA-7)."""


class BallotForms:
    """The calls a vote makes to Google."""

    def __init__(self, client: "GoogleClient", patience: RetryPolicy) -> None:
        self._client, self._again = client, patience
        self._books, self._forms = Workbooks(client, patience), Responses(client, patience)

    def live(self, form_id: str) -> LiveForm:
        """The form as it is now."""
        form = self._forms.form(form_id)
        state = form.publishing.state
        return LiveForm(
            title=redact_addresses(form.info.title or form_id),
            link=form.link,
            items=tuple(item for each in form.items if (item := wire.item(each))),
            headers=tuple(header for each in form.items for header in wire.headers(each)),
            accepting=state is None or state.accepting,
            collects_addresses=form.settings.collects
            not in ("DO_NOT_COLLECT", "EMAIL_COLLECTION_TYPE_UNSPECIFIED"),
            has_responders=state is not None,
            linked=form.linked,
            asked=tuple(asked for each in form.items if (asked := wire.asked(each))),
        )

    def asked(self, source: BallotSource) -> tuple[FormQuestion, ...]:
        """What a ballot source asks: a form's questions, or the headers of a tab."""
        if source.form:
            return self.live(source.form).asked
        heads = self._sheet(source).headers
        return tuple(FormQuestion(title=redact_addresses(head)) for head in heads if head.strip())

    def build(self, form_id: str, items: Sequence[Item], title: str, description: str) -> None:
        """Fill an empty form; all of it at once, or nothing.

        Raises:
            FixTheSettings: the form asks something already.
        """
        if self.live(form_id).items:
            raise FixTheSettings(
                "the form is not empty",
                where=f"form {form_id}",
                next_step="remove its questions, or check it as it is: `clerk election form NAME`",
            )
        form = NewForm(
            title=title,
            description=description,
            items=tuple(FormItem(**asdict(item)) for item in items),
        )

        def is_built(answer: Built) -> bool:
            made = [reply for reply in answer.replies if reply.created]
            return len(made) == len(items)

        where = address(form_id, ":batchUpdate")
        self._client.write(Built, "post", where, form, fits=is_built)

    def arrived(self, source: BallotSource) -> Arrived:
        """Everything that arrived so far."""
        return self._responses(source) if source.form else self._sheet(source)

    def _responses(self, source: BallotSource) -> Arrived:
        live = self.live(source.form)
        responses = self._forms.read(source.form)
        responses.sort(key=lambda response: (wire.moment(response), response.id))
        code = _code_column([header for _, header in live.headers], source, live.title)
        ids = [question for question, _ in live.headers]
        headers = tuple("" if i == code else header for i, (_, header) in enumerate(live.headers))
        rows = []
        for response in responses:
            cells = [_said(response, question) for question in ids]
            typed, cells[code] = cells[code], ""
            place = f"{live.title}!response {response.id}"
            gone = not response.answers.keys() <= set(ids)
            rows.append(Row(place, wire.moment(response), typed, tuple(cells), gone))
        return Arrived(headers, tuple(rows))

    def _sheet(self, source: BallotSource) -> Arrived:
        shape = self._books.shape(source.workbook)
        zone = shape.zone()
        try:
            tab = find_cells(source.tab, shape.tabs).title
        except NotThere as exc:
            raise FixTheSettings(
                str(exc),
                where=f"workbook {source.workbook}",
                rule="BA-2",
                next_step="rename the tab back; before approval, you can set yours as tab in "
                "election.toml [ballots]",
            ) from None
        (grid,) = self._books.values(source.workbook, [tab])
        above = _above(grid, source)
        heads, grid = _texts(grid[above] if grid else ()), grid[above + 1 :]
        codes = _code_columns(heads, source, source.tab)
        times = _places(heads, source.time_column)
        if len(times) != 1:
            raise FixTheSettings(
                f"{'no' if not times else 'more than one'} header “{source.time_column}”",
                where=f"{source.tab}!{above + 1}:{above + 1}",
                rule="BA-2",
                next_step="restore its title; before approval, you can set yours as time_column "
                "in election.toml",
            )
        rows, unsent = [], 0
        times_of = (row[times[0]] if times[0] < len(row) else None for row in grid)
        moments = in_order([wire.serial(cell, zone) for cell in times_of])
        for number, (raw, at) in enumerate(zip(grid, moments, strict=True), start=above + 2):
            cells = [wire.text(cell) for cell in raw]
            if not any(cells):
                continue
            cells += [""] * (len(heads) - len(cells))
            place = f"{source.tab}!{number}:{number}"
            time, typed = cells[times[0]], _one_code([cells[each] for each in codes], place)
            for each in (*codes, times[0]):
                cells[each] = ""
            if at or has_time(time) or looks_like_one(typed):
                rows.append(Row(place, at, typed, tuple(cells)))
            else:
                unsent += 1
        headers = tuple("" if i in (*codes, times[0]) else head for i, head in enumerate(heads))
        return Arrived(headers, tuple(rows), unsent)

    def elsewhere(self, source: BallotSource) -> tuple[BallotSource, ...]:
        """Other tabs of the workbook that hold answers and a code's question, unread.

        A form that is linked again writes to a new tab, “Form Responses 2”.
        """
        if source.form:
            return ()
        tabs = self._books.shape(source.workbook).tabs
        titles = [
            tab.title
            for tab in tabs
            if tab.has_cells and unmarked(tab.title) != unmarked(source.tab)
        ]
        tops = self._books.values(source.workbook, titles, "1:7")
        return tuple(
            source.model_copy(update={"tab": title})
            for title, top in zip(titles, tops, strict=True)
            if len(top) > (above := _above(top, source)) + 1
            and _places(_texts(top[above]), source.code_question)
        )


def _said(response: Response, question: str) -> str:
    """What was answered; several ticks parted by a bar, which no choice holds.

    A bar at the end says that a comma parts nothing here: the form told each tick by itself.
    """
    ticks = response.texts(question)
    return "|".join([*ticks, ""] if any("," in tick or ";" in tick for tick in ticks) else ticks)


def _entry(question: str) -> int:
    """The number that a prefilled link has for a question: its id, which is hexadecimal."""
    try:
        return int(question, 16)
    except ValueError:
        raise not_from(SERVICE) from None


def _above(grid: Sequence[Sequence[Cell]], source: BallotSource) -> int:
    """How many lines of a title stand above the headers of a tab."""
    return lines_above(grid, lambda row: bool(_places(_texts(row), source.code_question)))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [str(cell) if cell is not None else "" for cell in row]


def _places(headers: Sequence[str], title: str) -> list[int]:
    """Where a title stands, by the rule that finds the races' questions (BA-7)."""
    return [i for i, head in enumerate(headers) if unmarked(head) == unmarked(title)]


def _one_code(typed: Sequence[str], place: str) -> str:
    """The code of a row, from whichever column is filled; two that differ are refused."""
    found = {code.casefold(): code for each in typed if (code := each.strip())}
    if len(found) > 1:
        raise FixTheData(
            "two columns have different codes",
            where=place,
            rule="BA-1",
            next_step="clear the one that the voter did not type, or rename its column",
        )
    return next(iter(found.values()), "")


def _code_columns(headers: Sequence[str], source: BallotSource, where: str) -> list[int]:
    """The columns of a tab that ask for the code; if it was asked again, there are two."""
    places = _places(headers, source.code_question)
    return places if len(places) > 1 else [_code_column(headers, source, where)]


def _code_column(headers: Sequence[str], source: BallotSource, where: str) -> int:
    places = _places(headers, source.code_question)
    if len(places) != 1:
        raise FixTheSettings(
            f"{'no' if not places else 'more than one'} question “{source.code_question}”",
            where=where,
            rule="BA-1",
            next_step="give exactly one question this title; before approval, you can set yours "
            "as code_question in election.toml",
        )
    return places[0]
