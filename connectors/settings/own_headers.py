"""The section `[columns.…]`: a chapter's own headers, checked against kinds and their fields."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from connectors.files.old_names import tell
from models.faults import shown
from models.intake.columns import ALL_COLUMNS
from models.old_names import without_unread

Header = Annotated[str, Field(min_length=1)]


def _listed(written: Any) -> Any:
    """One header, several of which each is read, or none: the sheet has no such column."""
    return (written,) if isinstance(written, str) else written


Headers = Annotated[tuple[Header, ...], BeforeValidator(_listed)]
_ByKind = dict[str, dict[str, Headers]]


def _known(own: _ByKind) -> _ByKind:
    """Only kinds and fields that there are, and a header for each field that there must be.

    Raises:
        ValueError: one that there is not, or none.
    """
    own, unread = without_unread(own, "chapter.toml")
    tell(unread)
    for kind, fields in own.items():
        if kind not in ALL_COLUMNS:
            raise ValueError(f"unknown kind of table; known are {', '.join(ALL_COLUMNS)}")
        columns = ALL_COLUMNS[kind]
        if unknown := set(fields) - set(columns.headers):
            known = ", ".join(columns.headers)
            raise ValueError(f"{kind} has no field {shown(sorted(unknown)[0])}; it has {known}")
        for field in columns.required & fields.keys():
            if not fields[field]:
                raise ValueError(f"{kind} cannot do without {field}: name its header")
    return own


OwnHeaders = Annotated[_ByKind, AfterValidator(_known)]
"""By kind of table and by field."""
