"""Whether a form says what it asks (EN-R14): one that we built does, one made by hand is read."""

from collections.abc import Iterable, Iterator

from models.ballots.form import Item
from models.ballots.headers import Sought, asks_rank
from models.contests.contest import Contest
from models.contests.unsaid import must_say
from models.faults import LONGEST_SHOWN
from models.privacy import redact_addresses
from models.text.folding import folded
from models.text.sentences import Joined, Sentence


def silent(live: Iterable[Item], contests: Iterable[Contest]) -> Iterator[str]:
    """Which words a live form lacks, so that a question does not say what it asks (EN-R14).

    They may stand in the question's title or description, or in any note of the form.
    """
    live = list(live)
    notes = [text for item in live if item.kind == "note" for text in (item.title, item.help)]
    for contest in contests:
        own = [item for item in live if item.kind != "note" and _is_of(item.title, contest)]
        said = [*notes, *(text for item in own for text in (item.title, item.help))]
        read = list(map(folded, said))
        lacks = [one for one in must_say(contest) if not any(folded(one) in text for text in read)]
        if lacks and own:  # what nobody asks is told by others
            yield Sentence(
                "“{title}” does not say {words}: add it to its description",
                title=contest.title,
                words=Joined(", ", (Sentence("“{words}”", words=_short(one)) for one in lacks)),
            )


def _is_of(title: str, contest: Contest) -> bool:
    return folded(title) == folded(contest.title) or bool(asks_rank(title, Sought.of(contest)))


def _short(words: str) -> str:
    """Enough of a text to find it."""
    told = redact_addresses(" ".join(words.split()))
    return told if len(told) <= LONGEST_SHOWN else f"{told[:LONGEST_SHOWN].rstrip()} …"
