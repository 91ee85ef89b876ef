"""The chapter's spreadsheets: pasted addresses, and what each tab of them holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.google import Gone, NotOpen
from connectors.settings import Workbook
from flows.context import ChapterContext
from flows.setup.face import About, Wrong, WrongHere, about
from flows.setup.headers import Use, Wordings
from flows.setup.interview import Interview
from flows.setup.reading import read_tab, settled
from flows.setup.sheet import Sheet
from flows.setup.shown import KINDS
from flows.setup.tabs import alike, checked, fits, is_named, is_ours, name_in, pattern_of, titles_in
from models.errors import FixTheSettings
from models.google_ids import google_id
from models.intake.columns import ALL_COLUMNS
from models.intake.headers import heads_of
from models.intake.proposals import header_row, propose, resolved
from models.privacy import one_line, redact_addresses
from models.text.folding import unmarked

_ROWS = "1:500"
_NONE = "-"
_MANY = ("sign_ins", "event_sign_ins")
"""Kinds of which a spreadsheet may have several tabs."""
_DAY_FIRST_ELSEWHERE = "en_US"


def account_of(context: ChapterContext) -> str:
    """With whom files are shared, in words."""
    return context.google.account.removeprefix("service account ")


def shared_with_us(fault: NotOpen, context: ChapterContext, what: str) -> FixTheSettings:
    """Say of a file that cannot be opened how it is shared."""
    return WrongHere(
        f"this {what} is not shared with the program's account, or does not exist"
        + (" (Google does not say which)" if isinstance(fault, Gone) else ""),
        About(f"not_shared_{what}"),
        next_step=f"in Google, open it, choose Share, and add the account that is named above as "
        f"Editor; then paste the {what}'s address again",
    )


def id_of(typed: str, what: str) -> str:
    """The id in an address that was pasted.

    Raises:
        ValueError: it is the address of something else.
    """
    other = {"spreadsheet": "forms", "form": "spreadsheets"}[what]
    if f"/{other}/" in typed:
        raise Wrong(
            f"this is the address of a {'form' if other == 'forms' else 'spreadsheet'}. Paste the "
            f"address of a {what}; "
            + ("forms are asked about afterwards" if what == "spreadsheet"
               else "spreadsheets were asked about before: run `clerk init …` again to add one"),
            About("is_a_form" if other == "forms" else "is_a_spreadsheet"),
        )  # fmt: skip
    if "/document/" in typed or "/presentation/" in typed or "/folders/" in typed:
        raise Wrong(
            f"this is not the address of a {what}; open the {what} and copy its own",
            About(f"not_a_{what}"),
        )
    if what == "spreadsheet" and "/d/e/" in typed:
        raise Wrong(
            "this is the address of a page that was published to the web; open the spreadsheet "
            "for editing and copy that address. Then stop publishing it: anyone can read that page",
            About("published"),
        )
    try:
        return google_id(typed)
    except ValueError as fault:
        name = "answering_link" if "filling in" in str(fault) else f"not_a_{what}"
        raise Wrong(str(fault), About(name)) from None


class Books:
    """Asks for spreadsheets, one after the other."""

    def __init__(
        self,
        interview: Interview,
        context: ChapterContext,
        wordings: Wordings,
        there: Sequence[Workbook] = (),
    ) -> None:
        self._interview, self._context, self._wordings = interview, context, wordings
        self._there = {book.id: book for book in there}
        self.zones: list[str] = []
        """The spreadsheets' own time zones."""

    def ask(self) -> list[dict[str, Any]]:
        """The `[[workbooks]]` that were added, or to which tabs were; each with its id first."""
        found: dict[str, dict[str, Any]] = {}

        def check(typed: str) -> str:
            book = id_of(typed, "spreadsheet")
            if len(found.get(book, ())) > 1:
                raise Wrong("this spreadsheet is in the list already; paste another",
                            About("spreadsheet_twice"))  # fmt: skip
            try:
                self.zones.append(str(self._context.workbooks.shape(book).zone()))
            except NotOpen as fault:
                raise shared_with_us(fault, self._context, "spreadsheet") from None
            return book

        def check_or_end(typed: str) -> str:
            if typed or self._there or any(len(one) > 1 for one in found.values()):
                return typed and check(typed)
            raise ValueError(
                "no tab of a spreadsheet is read yet; paste the address of one with the sign-ins "
                "or registrations, or stop here: `clerk init --template FOLDER` makes its sheets"
            )

        while True:
            first = not found and not self._there
            question = (
                f"Paste the address of {'a' if first else 'another'} spreadsheet, as your browser "
                "shows it" + ("" if first else " (press Enter if there are no more)")
            )
            book = self._interview.text(
                "spreadsheet",
                question,
                check_or_end,
                default=None if first else "",
                about=About("spreadsheet"),
            )
            if not book:
                return [one for one in found.values() if len(one) > 1]
            found[book] = {"id": book, **self._tabs(book)}

    def know(self, book: Workbook) -> None:
        """Take up how a spreadsheet that is in the settings is read: that must stay as it is."""
        shape = self._context.workbooks.shape(book.id)
        by_title = {unmarked(title): kind for title, kind in book.tabs().items()}
        for sheet in self._sheets(book.id, [tab.title for tab in shape.tabs if tab.has_cells]):
            kind = by_title.get(unmarked(sheet.title), "")
            if not kind and fits(book.event_tabs, sheet.title):
                kind = "event_sign_ins"
            if kind:
                self._wordings.uses.append(_as_set(sheet, kind, self._wordings))

    def _tabs(self, book: str) -> dict[str, Any]:
        """What each tab holds, as the settings name it."""
        shape = self._context.workbooks.shape(book)
        there = self._there.get(book)
        titles = [
            tab.title for tab in shape.tabs if tab.has_cells and not is_named(there, tab.title)
        ]
        table: dict[str, Any] = {}
        uses: dict[str, Use] = {}
        for sheets in alike(self._sheets(book, titles)):
            for sheet, use in self._asked(sheets, table, there):
                uses[sheet.title] = use
                name_in(table, use.kind, sheet.title)
        return self._with_pattern(book, table, uses, [tab.title for tab in shape.tabs], there)

    def _asked(
        self, sheets: list[Sheet], table: Mapping[str, Any], there: Workbook | None
    ) -> list[tuple[Sheet, Use]]:
        """Ask about tabs with the same headers: about one, then whether the others are alike."""
        taken = {*table, *(there.kinds() if there else ())}
        found: list[tuple[Sheet, Use]] = []
        while sheets:
            first, *sheets = sheets
            kinds = [kind for kind in KINDS if kind in _MANY or kind not in taken]
            use = self._settled(first, kinds)
            if use:
                found.append((first, use))
                taken.add(use.kind)
            if not sheets or (use and use.kind not in _MANY) or not self._are_alike(first, sheets):
                continue
            for other in sheets if use else ():
                same = self._same(other, use) if use else None
                if same := same or self._settled(other, [one for one in KINDS if one in _MANY]):
                    found.append((other, same))
            break
        return found

    def _are_alike(self, first: Sheet, others: Sequence[Sheet]) -> bool:
        named = ", ".join(other.place for other in others)
        return self._interview.confirm(
            f"{first.key} alike",
            f"These tabs have the same headers: {named}. The same for all of them?",
            default=True,
            about=about("alike", titles=tuple(other.shown for other in others)),
        )

    def _same(self, sheet: Sheet, use: Use) -> Use | None:
        """A tab that is read as another; None if it cannot be, whatever its headers."""
        same = Use(sheet.place, use.kind, use.heads, use.columns, use.is_roster)
        try:
            read_tab(sheet, same, self._wordings.columns_of(use.kind))
            self._wordings.add(same)
        except FixTheSettings as fault:
            self._interview.tell(str(fault), is_warning=True)
            return None
        return same

    def _settled(self, sheet: Sheet, kinds: Sequence[str]) -> Use | None:
        current = [sheet]

        def again() -> Sheet:
            current[0] = self._sheets(sheet.key.partition(" ")[0], [sheet.title])[0]
            return current[0]

        return settled(
            self._interview, sheet, self._wordings, kinds,
            lambda use, wanted: read_tab(current[0], use, wanted), again,
        )  # fmt: skip

    def _sheets(self, book: str, titles: list[str]) -> list[Sheet]:
        shape = self._context.workbooks.shape(book)
        grids = self._context.workbooks.values(book, titles, _ROWS) if titles else []
        return [
            Sheet(
                f"{book} {title}",
                title,
                f"“{one_line(redact_addresses(title))}”",
                grid,
                shape.properties.zone,
                shape.properties.locale != _DAY_FIRST_ELSEWHERE,
            )
            for title, grid in zip(titles, grids, strict=True)
        ]

    def _with_pattern(
        self,
        book: str,
        table: dict[str, Any],
        uses: Mapping[str, Use],
        titles: Sequence[str],
        there: Workbook | None,
    ) -> dict[str, Any]:
        """With the pattern by which the tabs of single events are found."""
        mine = [title for title, use in uses.items() if use.kind == "event_sign_ins"]
        if not mine:
            return table
        if there:
            mine += [one for one in titles if fits(there.event_tabs, one) and one not in mine]
        named = {unmarked(one) for one in [*titles_in(table), *(there.tabs() if there else ())]}
        others = [
            one
            for one in titles
            if one not in mine and unmarked(one) not in named and not is_ours(there, one)
        ]
        usual: str | None = pattern_of(mine)
        try:
            checked(usual or "", mine, others)
        except ValueError:
            usual = None
        said = self._interview.text(
            f"{book} pattern",
            "The tabs of single events are found by a pattern of their names, in which * is "
            "anything. Which one, or - to leave these tabs out"
            + (f" (press Enter for “{usual}”)?" if usual else "?"),
            lambda typed: typed if typed == _NONE else checked(typed, mine, others),
            default=usual,
            about=About("pattern", {"titles": tuple(map(redact_addresses, mine))}, none=_NONE),
        )
        if said != _NONE:
            return table | {"event_tabs": said}
        left_out = [use for use in uses.values() if use.kind == "event_sign_ins"]
        self._wordings.uses = [use for use in self._wordings.uses if use not in left_out]
        return table


def _as_set(sheet: Sheet, kind: str, wordings: Wordings) -> Use:
    wanted = ALL_COLUMNS[kind].renamed(wordings.own.get(kind, {}))
    row = header_row(sheet.grid, [wanted])
    found = propose(wanted, sheet.title, sheet.grid, row, sheet.zone, day_first=sheet.day_first)
    heads = heads_of([str(cell or "") for cell in (sheet.grid[row] if sheet.grid else ())])
    columns = resolved(wanted, heads)
    if found.meetings:
        columns = {name: at for name, at in columns.items() if name not in ("at", "event")}
    return Use(sheet.place, kind, tuple(heads), columns, bool(found.meetings))
