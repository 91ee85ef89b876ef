"""What a tab or form is, and which column is which: proposed by its headers, confirmed by a person.

Of its cells nothing is shown but what sort of thing they are (DP-3).
"""

from collections.abc import Mapping, Sequence

from flows.setup.face import About, Wrong, about
from flows.setup.headers import Use, Wordings, columns_of
from flows.setup.interview import Interview
from flows.setup.sheet import Sheet, trouble_of_a_roster
from flows.setup.shown import KINDS, LABELS, called, header, lettered, show, term
from models.intake.headers import Head, heads_of
from models.intake.locations import column_letter
from models.intake.proposals import (
    Proposal,
    has_address,
    header_row,
    is_known_header,
    likeliest,
    propose,
)
from models.intake.tables import Columns, lacking

NOTHING = "nothing"
_ALWAYS = {("registrations", "wants_email")}
"""A field that a table can do without and a chapter cannot: it decides who gets mail."""
_IN_TWO = ("first_name", "last_name")
_MEMBERSHIP = frozenset(("wants_email", "district", "phone"))
"""What a membership form asks and no sign-in sheet does: its yeses and noes are no meetings'."""


def ask_what(
    interview: Interview, sheet: Sheet, wordings: Wordings, kinds: Sequence[str]
) -> Use | None:
    """Ask what a tab or form is, and how it is read; None if it is not read.

    Args:
        kinds: those that it may be.
    """
    offered = {kind: wordings.columns_of(kind) for kind in kinds}
    row = header_row(sheet.grid, offered.values())
    heads = heads_of([str(cell or "") for cell in (sheet.grid[row] if sheet.grid else ())])
    key = f"{sheet.key} {sheet.digest}"
    if not heads:
        interview.tell(
            f"{sheet.place} is empty. It is not read.", about("empty", title=sheet.shown)
        )
        return None
    if not _has_headers(interview, key, sheet, heads, offered):
        return None
    proposals = {
        kind: propose(one, sheet.title, sheet.grid, row, sheet.zone, day_first=sheet.day_first)
        for kind, one in offered.items()
    }
    best = likeliest(list(proposals.values()))
    maybe = any(p.fits or (p.columns and p.is_hinted) for p in proposals.values())
    default = best.kind if best else None if maybe else NOTHING
    registers = best and best.kind == "registrations" and _MEMBERSHIP & best.columns.keys()
    if (
        not registers
        and "sign_ins" in offered
        and (trouble := trouble_of_a_roster(sheet, offered["sign_ins"], proposals["sign_ins"]))
    ):
        interview.tell(str(trouble), is_warning=True)
        default = None
    shown = {**{kind: KINDS[kind] for kind in kinds}, NOTHING: "nothing that is to be read"}
    kind = interview.choose(f"{key} kind", f"What is {sheet.place}?", shown, default,
                            about=about("kind", title=sheet.shown))  # fmt: skip
    if kind == NOTHING:
        return None
    return _confirmed(interview, f"{key} {kind}", sheet, offered[kind], proposals[kind])


def _has_headers(
    interview: Interview,
    key: str,
    sheet: Sheet,
    heads: Sequence[Head],
    offered: Mapping[str, Columns],
) -> bool:
    """Whether the row is one of headers: somebody's data are neither shown nor set."""
    if has_address(heads):
        interview.tell(
            f"{sheet.place}: row 1 has an address in it, so it is a person's row and not one of "
            "headers. It is not read.\nNext: write the headers in row 1, above the data "
            "(docs/sheets.md), and run `clerk init …` again",
            about("data_first", title=sheet.shown),
            is_warning=True,
        )
        return False
    if any(is_known_header(offered.values(), head) for head in heads):
        return True
    return interview.confirm(
        f"{key} headers",
        f"{sheet.place} has no header that the program knows. Is its first row one of headers, "
        "and not about a person?",
        default=False,
        about=about("headers", title=sheet.shown),
    )


def _confirmed(
    interview: Interview, key: str, sheet: Sheet, wanted: Columns, found: Proposal
) -> Use | None:
    """Show how it would be read, until that is right."""
    columns = _by_question(interview, key, wanted, found)
    while True:
        below = sheet.grid[found.row + 1 :]
        use = Use(sheet.place, wanted.kind, found.heads, columns, bool(found.meetings), below)
        if not interview.is_kept(f"{key} right"):
            show(interview, sheet, found, use)
        said = interview.choose(
            f"{key} right",
            "Is this right?",
            {
                "yes": "yes, read it this way",
                "change": "no, I say which column is which",
                "skip": f"do not read {sheet.place}",
            },
            "yes",
            about("right", title=sheet.shown),
        )
        if said == "skip":
            return None
        if said == "yes" and not (lack := _lacks(wanted, found, columns)):
            return use
        if said == "yes":
            needed = ", ".join(LABELS[name] for name in lack)
            lacks = About("lacks", {"labels": tuple(term(wanted.kind, name) for name in lack)})
            interview.refuse("Is this right?", Wrong(f"{needed}: a column is needed.", lacks))
        columns = _one_by_one(interview, key, wanted, found, columns)


def _lacks(wanted: Columns, found: Proposal, columns: Mapping[str, tuple[int, ...]]) -> list[str]:
    required = wanted.required - ({"event"} if found.meetings else set())
    return sorted(lacking(required, columns))


def _by_question(
    interview: Interview, key: str, wanted: Columns, found: Proposal
) -> dict[str, tuple[int, ...]]:
    """The columns that are proposed, and those that a person says where it is not clear."""
    columns = dict(found.columns)
    for name in wanted.headers:
        needed = name in _lacks(wanted, found, columns)
        always = (wanted.kind, name) in _ALWAYS
        if name in columns or not (name in found.doubtful or needed or always):
            continue
        near = [head for head in found.heads if head.index in found.doubtful.get(name, ())]
        taken = {place for places in columns.values() for place in places}
        near = [head for head in near if head.index not in taken]
        free = any(h.index not in taken and h.index not in found.meetings for h in found.heads)
        if not near and not needed and not (always and free):
            continue
        fixed = {} if needed and not near else columns  # where nothing is near, one may be moved
        said = _asked(interview, f"{key} {name}", wanted, found, name, near, fixed)
        moved = {place for places in said.values() for place in places}
        left = {other: tuple(p for p in at if p not in moved) for other, at in columns.items()}
        columns = {other: at for other, at in left.items() if at} | said
    return columns


def _one_by_one(
    interview: Interview,
    key: str,
    wanted: Columns,
    found: Proposal,
    now: Mapping[str, tuple[int, ...]],
) -> dict[str, tuple[int, ...]]:
    """All of them, field by field."""
    columns: dict[str, tuple[int, ...]] = {}
    for name in wanted.headers:
        if found.meetings and name in ("at", "event"):
            continue
        if name in _IN_TWO and ("name" in columns or name in columns):
            continue  # the name is in one column, or its two were told at once
        before = [head for head in found.heads if head.index in now.get(name, ())]
        columns |= _asked(interview, f"{key} {name} anew", wanted, found, name, (), columns, before)
    return columns


def _asked(
    interview: Interview,
    key: str,
    wanted: Columns,
    found: Proposal,
    name: str,
    near: Sequence[Head],
    taken: Mapping[str, tuple[int, ...]],
    now: Sequence[Head] | None = None,
) -> dict[str, tuple[int, ...]]:
    """Which columns a field has.

    Args:
        near: those that it may be.
        now: those that it has so far, which Enter keeps; None where nothing is proposed.
    """
    label = called(wanted.kind, name)
    heads = [head for head in found.heads if head.index not in found.meetings]
    used = {place: other for other, places in taken.items() for place in places}

    def check(typed: str) -> str:
        places = columns_of(typed, heads)
        if both := [place for place in places if place in used]:
            other = used[both[0]]
            raise Wrong(
                f"column {column_letter(both[0])} is {called(wanted.kind, other)} already",
                about("used", column=column_letter(both[0]), label=term(wanted.kind, other)),
            )
        if "+" in typed and (name != "name" or len(places) != 2):
            raise Wrong(
                "a plus sign is only for a name in two columns: first + last", About("plus")
            )
        return typed.upper().strip()

    maybe = f" It might be {' or '.join(map(lettered, near))}." if near else ""
    lines = [f"  {lettered(head)}" for head in heads if head.index not in used] if not near else []
    two = ", first and last name in two as B+C" if name == "name" else ""
    enter = "" if now is None else f" (press Enter for {_named(now) or '-'})"
    question = (
        f"Which column has {label}?{maybe} Type its letter{two}, several as B, C, or - if none"
        f"{enter}"
    )
    said = interview.text(
        key,
        "\n".join([*lines, question]),
        check,
        default=None if now is None else _named(now) or "-",
        about=About(
            "column",
            {"label": term(wanted.kind, name)},
            "columns",
            {head.letter: header(head) for head in near or heads if head.index not in used},
            "-",
            tuple(head.letter for head in now or ()),
            is_pair=name == "name",
        ),
    )
    places = columns_of(said, heads)
    if "+" in said:
        return {"first_name": places[:1], "last_name": places[1:]}
    return {name: places} if places else {}


def _named(heads: Sequence[Head]) -> str:
    return ", ".join(head.letter for head in heads)
