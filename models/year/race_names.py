"""Which race of a tab a text means: by its office, with or without its district."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from models.bylaws.counting import Offices
from models.contests.offices import office_names, plain_words
from models.intake.locations import Ask
from models.text.folding import folded
from models.year.cells import nearest
from models.year.cycles import Race


class RaceNames:
    """The races of all cycles by every name that they go by."""

    def __init__(self, races: Sequence[Race], offices: Offices | None) -> None:
        self.races = races
        self._offices = office_names(offices) if offices else {}
        self._found: dict[str, list[int]] = {}
        for number, race in enumerate(races):
            for name in dict.fromkeys(self._names_of(race)):
                self._found.setdefault(name, []).append(number)

    def find(self, said: str, cycle: str = "") -> int | Ask:
        """The place of the race that is meant; or what is asked, because none or several fit."""
        cycles = {folded(race.cycle): race.cycle for race in self.races}
        if cycle and folded(cycle) not in cycles:
            near = (cycles[one] for one in get_close_matches(folded(cycle), cycles, n=1))
            return Ask(f"no race has this cycle{nearest(near)}", "correct the cycle")
        hits = [n for n in self._found.get(plain_words(said), []) if self._is_of(n, cycle)]
        if len(hits) == 1:
            return hits[0]
        if not hits:
            near = (self.races[self._found[one][0]].title for one in self._like(said))
            return Ask(
                f"no race of this name is in the tab with the races{nearest(near)}",
                "enter the race there, or correct the cell",
            )
        if len({folded(self.races[n].cycle) for n in hits}) > 1:
            return Ask("races of several cycles have this name", "fill in the cycle")
        titles = ", ".join(f"“{self.races[n].title}”" for n in hits[:3])
        return Ask("several races have this name", f"add the district, as in {titles}")

    def _is_of(self, number: int, cycle: str) -> bool:
        return not cycle or folded(self.races[number].cycle) == folded(cycle)

    def _like(self, said: str) -> list[str]:
        return get_close_matches(plain_words(said), self._found, n=3)

    def _names_of(self, race: Race) -> Iterator[str]:
        """An office by all its names; with its district after or before it."""
        names = {plain_words(race.called)}
        if race.office:
            names |= {name for name, office in self._offices.items() if office == race.office}
        yield from sorted(names)
        for district in (*race.districts, " ".join(race.districts)):
            if where := plain_words(district):
                for name in sorted(names):
                    yield f"{name} {where}"
                    yield f"{where} {name}"
