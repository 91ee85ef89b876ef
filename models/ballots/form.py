"""The ballot as a form: what it asks for each contest, and whether a live form does.

A ranked race is a grid with a row for each choice and the ranks as columns, any other contest one
question; the first question asks for the code. What is read first are notes, which ask nothing. A
form built by hand may also have ranks as rows, and say what it asks where it likes (EN-R14).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from models.ballots.asked import marked
from models.ballots.form_texts import BETWEEN, CODE, help_of, notes_of
from models.ballots.headers import Sought, asks_rank
from models.ballots.layouts import ordinal, rank_of
from models.ballots.misspelt import further_ranks, headed_rightly, sharing_words
from models.bylaws.counting import CountingRules
from models.contests.asks import ENGLISH, Speaks
from models.contests.contest import Advisory, Approval, Contest
from models.intake.headers import Head
from models.lookalikes import meant
from models.privacy import redact_addresses
from models.tally.settings import is_ranked
from models.text.folding import folded, unmarked
from models.text.sentences import Joined, Sentence

ItemKind = Literal["text", "one", "several", "grid", "note"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a ballot form: a text to type, one or several options, a grid of rows, a note."""

    title: str
    kind: ItemKind
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    help: str = ""


def items_of(
    contests: Iterable[Contest],
    code_question: str,
    edition: CountingRules,
    also: Sequence[Speaks] = (),
) -> tuple[Item, ...]:
    """The form that these contests ask for, "no endorsement" included (EN-5).

    Args:
        also: the languages that the help speaks beside English.
    """
    code = BETWEEN.join(CODE[one.language] for one in (ENGLISH, *also))
    items = [Item(code_question, "text", help=code)]
    for contest in contests:
        items += [Item(name, "note", help=told) for name, told in notes_of(contest, also)]
        items.append(_item(contest, edition, help_of(contest, edition, also)))
    return tuple(items)


def _item(contest: Contest, edition: CountingRules, told: str) -> Item:
    choices = marked(contest)
    if is_ranked(contest, edition):
        ranks = tuple(ordinal(rank) for rank in range(1, len(contest.choices) + 1))
        return Item(contest.title, "grid", ranks, choices, told)
    kind: ItemKind = "several" if isinstance(contest, Approval | Advisory) else "one"
    return Item(contest.title, kind, choices, help=told)


def mismatches(
    live: Iterable[Item], contests: Sequence[Contest], code_question: str, edition: CountingRules
) -> Iterator[str]:
    """How a live form differs from what the contests ask; nothing when it fits.

    Who withdrew may be left out of it (EN-R11).
    """
    wanted = {folded(item.title): item for item in _questions(contests, code_question, edition)}
    own = {folded(contest.title): contest.own_ranks for contest in contests}
    gone = {folded(one.title): getattr(one, "excluded", ()) for one in contests}
    found: set[str] = set()
    live = list(live)
    ranked = [Sought.of(one, ranked=True) for one in contests if is_ranked(one, edition)]
    for item in live:
        if item.kind == "note":
            continue
        title = folded(item.title)
        want = wanted.get(title)
        if want is None and (asks := _rank_of_race(item, ranked)):
            race, rank = asks
            want = wanted[race]
            item = replace(item, kind="grid", options=(ordinal(rank),), rows=item.options)
            found.add(race)
        if want is None:
            near = _near(item.title, live, ranked, wanted.values())
            yield Sentence("{item} belongs to no contest{near}", item=_named(item.title), near=near)
        elif title in found:
            yield Sentence("{item} is asked twice", item=_named(item.title))
        else:
            name = folded(want.title)
            yield from _differs(item, want, own.get(name, {}), gone.get(name, ()))
        found.add(title)
    for title, want in wanted.items():
        if title not in found:
            yield Sentence("nothing asks {item}", item=Sentence("“{title}”", title=want.title))


def _questions(
    contests: Iterable[Contest], code_question: str, edition: CountingRules
) -> Iterator[Item]:
    return (item for item in items_of(contests, code_question, edition) if item.kind != "note")


def _rank_of_race(item: Item, ranked: Iterable[Sought]) -> tuple[str, int] | None:
    """The race, by its folded title, and its rank that the item asks: `Title, first choice`."""
    for one in ranked:
        if item.kind == "one" and (asked := asks_rank(item.title, one)):
            return folded(one.contest.title), asked.means or 0
    return None


def _near(
    title: str, live: Sequence[Item], ranked: Sequence[Sought], wanted: Iterable[Item]
) -> str:
    """What a misspelt title is nearest to, of what nothing asks, as the end of a sentence."""
    for one in ranked:
        there = [column for item in live if (column := asks_rank(item.title, one))]
        ranks = {column.means for column in there}
        for _, rank in further_ranks([Head.of(0, title)], one, ranks) if there else ():
            return Sentence(
                "; the closest is {item}", item=_named(headed_rightly(there, rank, one))
            )
    asked = {folded(item.title) for item in live}
    left = {unmarked(item.title): item for item in wanted if folded(item.title) not in asked}
    near = get_close_matches(unmarked(title), left, n=1)
    near = near or [one for one in left if sharing_words([title], one)][:1]
    return next(
        (Sentence("; the closest is {item}", item=_named(left[one].title)) for one in near), ""
    )


def _differs(
    item: Item, want: Item, own: Mapping[str, int], gone: Collection[str]
) -> Iterator[str]:
    if want.kind == "grid" and item.kind == "grid" and _are_ranks(item.rows, own):
        item = Item(item.title, "grid", item.rows, item.options)  # ranks as rows: the other layout
    if item.kind != want.kind:
        yield Sentence("{item} should be {kind}", item=_named(item.title), kind=_KINDS[want.kind])
        return
    asked = ((item.rows, want.rows), (item.options, want.options))
    for have, should in asked if want.kind != "grid" else asked[:1]:
        known = {*map(folded, have), *map(folded, gone)}
        missing = [text for text in should if folded(text) not in known]
        strange = [text for text in have if folded(text) not in map(folded, should)]
        if missing:
            yield Sentence(
                "{item} lacks {choices}", item=_named(item.title), choices=_listed(missing)
            )
        if strange:
            yield Sentence(
                "{item} offers {choices}, which is not a choice{near}",
                item=_named(item.title),
                choices=_listed(strange),
                near=Joined("", filter(None, (meant(text, missing) for text in strange))),
            )
    if want.kind == "grid" and not _are_ranks(item.options, own):
        yield Sentence("the columns of {item} are not all ranks", item=_named(item.title))
    elif want.kind == "grid":
        beyond = [text for text in item.options if (rank_of(text, own) or 0) > len(want.rows)]
        if beyond:
            yield Sentence(
                "{item} offers {choices}, which is above the number of choices",
                item=_named(item.title),
                choices=_listed(beyond),
            )


_KINDS = {
    "text": Sentence("a short answer"),
    "one": Sentence("a question with one choice"),
    "several": Sentence("checkboxes"),
    "grid": Sentence("a grid of choices and ranks"),
    "note": Sentence("a text"),
}


def _are_ranks(texts: Iterable[str], own: Mapping[str, int]) -> bool:
    return all(rank_of(text, own) is not None for text in texts)


def _listed(texts: Iterable[str]) -> Sentence:
    return Joined(", ", map(_named, texts))


def _named(text: str) -> Sentence:
    """A form's own text in a message; an address in it is not repeated (DP-3)."""
    return Sentence("“{title}”", title=redact_addresses(text))
