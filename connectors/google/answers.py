"""What Google answers, call by call: the parts that we read, and by what each proves itself.

Google leaves out what is empty: a tab without cells has no `values`, a question without options no
`options`. What names the thing asked about is always there, and is asked for with it.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Annotated

from pydantic import AfterValidator, Field

from connectors.net.responses import Answer
from models.dates import zone_named
from models.errors import FixTheSettings
from models.intake.tables import Cell as AnyCell
from models.text.folding import unmarked
from models.text.formulas import is_within

Id = Annotated[str, Field(min_length=1)]
Cell = bool | Annotated[int, Field(ge=-(2**63), lt=2**63)] | float | str | None
"""A cell's raw value; a longer whole number becomes the double that Google holds."""


class Token(Answer):
    """What opens the other calls for an hour."""

    access_token: Annotated[str, Field(pattern=r"^[\x21-\x7e]+$")]
    expires_in: Annotated[int, Field(gt=0, lt=10**6)]


def _utc(text: str) -> str:
    datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - google-auth reads it so
    return text


class ActingToken(Answer):
    """A token of the service account that others act for, until when."""

    token: Annotated[str, Field(alias="accessToken", pattern=r"^[\x21-\x7e]+$")]
    until: Annotated[str, Field(alias="expireTime"), AfterValidator(_utc)]


class Reason(Answer):
    """One of an error's reasons, for programs."""

    reason: str = ""


class Fault(Answer):
    """An error's body; its message may quote the request, so it is looked at and not repeated."""

    status: str = ""
    message: str = ""
    details: tuple[Reason, ...] = ()
    errors: tuple[Reason, ...] = ()

    def words(self) -> str:
        """All that tells one refusal from another."""
        reasons = (each.reason for each in (*self.details, *self.errors))
        return " ".join([self.status, self.message, *reasons])


class Error(Answer):
    """What comes with every refusal of Google's."""

    error: Fault


class TokenError(Answer):
    """Why no token is given."""

    error: str


# Drive and Sheets


class File(Answer):
    """A file of Drive's and its version."""

    id: Id
    version: Id


class Rights(Answer):
    """What our account may do with a file; what is false may be left out."""

    may_edit: bool = Field(False, alias="canEdit")


class OurFile(Answer):
    """A file of Drive's, and what our account may do with it."""

    id: Id
    rights: Rights = Field(alias="capabilities")


class Grid(Answer):
    """The size of a tab."""

    row_count: int = Field(0, alias="rowCount")
    column_count: int = Field(0, alias="columnCount")

    @property
    def cells(self) -> int:
        """How many it may have at most."""
        return self.row_count * self.column_count


class Tab(Answer):
    """A tab's properties. Google leaves out the number of the first, which is 0."""

    id: int = Field(0, alias="sheetId")
    title: str
    type: str = Field("GRID", alias="sheetType")
    grid: Grid = Field(Grid(), alias="gridProperties")

    @property
    def has_cells(self) -> bool:
        """A chart on a tab of its own has none, and a database's are not the chapter's."""
        return self.type == "GRID"


class Protection(Answer):
    """A protected part of a tab; what is false is left out."""

    warning_only: bool = Field(False, alias="warningOnly")
    may_edit: bool = Field(False, alias="requestingUserCanEdit")

    @property
    def keeps_us_out(self) -> bool:
        """Whether our account may not write there; a warning is for people."""
        return not (self.warning_only or self.may_edit)


def _formulas(row: dict[str, list[dict[str, dict[str, str]]]]) -> tuple[str, ...]:
    """Of a row's cells those with a formula: the others come empty."""
    cells = row.get("values", ())
    return tuple(text for cell in cells for value in cell.values() for text in value.values())


class FormulaGrid(Answer):
    """The formulas of a tab, by rows; only texts are kept: a large tab has millions of cells."""

    rows: list[Annotated[dict[str, list[dict[str, dict[str, str]]]], AfterValidator(_formulas)]] = (
        Field(default_factory=list, alias="rowData")
    )

    def texts(self) -> Iterator[str]:
        """All of them."""
        for row in self.rows:
            yield from row  # what `_formulas` made of it


class Sheet(Answer):
    """A tab of a workbook, with its formulas and protections where they were asked for."""

    properties: Tab
    protections: tuple[Protection, ...] = Field((), alias="protectedRanges")
    grids: tuple[FormulaGrid, ...] = Field((), alias="data")

    def stands_alone(self) -> bool:
        """Whether none of its formulas may bring data from elsewhere.

        A chart on a tab of its own has no cells; a tab of a database brings that database's.
        """
        if not self.grids:
            return self.properties.type == "OBJECT"
        return all(is_within(text) for grid in self.grids for text in grid.texts())


class DataSource(Answer):
    """A database that Google connects with a workbook."""


class About(Answer):
    """A workbook's own settings."""

    zone: Id = Field(alias="timeZone")
    locale: str = "en_US"


class Shape(Answer):
    """A workbook without its cells; every workbook has a tab."""

    id: Id = Field(alias="spreadsheetId")
    properties: About
    sheets: Annotated[tuple[Sheet, ...], Field(min_length=1)]
    sources: tuple[DataSource, ...] = Field((), alias="dataSources")

    def stands_alone(self) -> bool:
        """Whether nothing in it, on any tab, may bring data from elsewhere.

        A tab that we read may look at one that we do not, and that one at another workbook.
        """
        return not self.sources and all(sheet.stands_alone() for sheet in self.sheets)

    @property
    def tabs(self) -> list[Tab]:
        """Its tabs, in the workbook's order."""
        return [sheet.properties for sheet in self.sheets]

    def zone(self) -> tzinfo:
        """The zone its moments are in.

        Raises:
            FixTheSettings: one that only Google knows.
        """
        try:
            return zone_named(self.properties.zone)
        except ValueError:
            raise FixTheSettings(
                "its time zone is not in the common list, so its times cannot be read",
                where=f"workbook {self.id}",
                next_step="choose a city in Google Sheets: File, Settings, Time zone",
            ) from None


class Values(Answer):
    """The cells of one range; an empty one has no `values`."""

    range: Id
    rows: list[list[Cell]] = Field(default_factory=list, alias="values")


class Batch(Answer):
    """The cells of several ranges, in the order they were asked for."""

    id: Id = Field(alias="spreadsheetId")
    ranges: tuple[Values, ...] = Field(alias="valueRanges")

    def is_of(self, workbook: str, tabs: list[str]) -> bool:
        """Whether these are those tabs of that workbook, each of them, in this order."""
        ranges = [values.range for values in self.ranges]
        return (
            self.id == workbook
            and len(ranges) == len(tabs)
            and all(is_on(a1, tab) for a1, tab in zip(ranges, tabs, strict=True))
        )

    def grids(self) -> list[list[list[AnyCell]]]:
        """The rows of each range."""
        return [[list(row) for row in values.rows] for values in self.ranges]


class Changed(Answer):
    """A workbook after a batch of changes: a reply for each."""

    id: Id = Field(alias="spreadsheetId")
    replies: tuple[Answer, ...]


def is_on(a1: str, tab: str) -> bool:
    """Whether a range as Google writes it, quoted where it must be, is on a tab."""
    title = a1.rpartition("!")[0]
    if len(title) > 1 and title[0] == title[-1] == "'":
        title = title[1:-1].replace("''", "'")
    return unmarked(title) == unmarked(tab)
