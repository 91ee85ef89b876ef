"""Which rules count a contest: the edition's, the contest's own reading, or public defaults.

A chapter's contest may name another reading only where the edition names it as an alternative;
anything else would be a rule nobody passed. A public contest may set everything, as long as the
settings do not contradict one another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from models.bylaws.cited import Cited
from models.bylaws.counting import CountingRules
from models.bylaws.tally_rules import (
    Base,
    Comparison,
    CountRules,
    Overvotes,
    Setting,
    SettingValue,
    StopLine,
    Threshold,
    TieRule,
    in_words,
)
from models.contests.contest import (
    Contest,
    Question,
    Ranked,
    RatifyOrPrefer,
    SingleChoice,
    UpOrDown,
)
from models.errors import FixTheSettings
from models.tally.outcome import RuleUsed

MemberVote = Ranked | SingleChoice | RatifyOrPrefer | UpOrDown | Question

PUBLIC: Mapping[str, Any] = {
    "threshold": Fraction(1, 2),
    "comparison": Comparison.MORE,
    "base": Base.CONTINUING,
    "stop_line": StopLine.STOP_LINE,
    "stop_at": 1,
    "ties": (TieRule.EARLIER_ROUNDS, TieRule.DECISION),
    "overvotes": Overvotes.EXHAUST,
    "exhaust_on_repeat": False,
    "max_skipped": -1,
}
"""Single-winner majority as most public elections count it."""


@dataclass(frozen=True)
class Chosen:
    """The rules of one contest, in force and otherwise.

    `others` holds, for each rule that the edition can be read otherwise on, the rules under that
    reading.
    """

    rules: CountRules
    used: tuple[RuleUsed, ...]
    others: tuple[tuple[RuleUsed, CountRules], ...]


def is_ranked(contest: Contest, edition: CountingRules) -> bool:
    """Whether voters rank: 3 or more candidates (EN-3), or a contest that says so."""
    if isinstance(contest, RatifyOrPrefer):
        return len(contest.candidates) >= edition.ranked.fewest_candidates.value
    return isinstance(contest, Ranked)


def choose(contest: MemberVote, edition: CountingRules) -> Chosen:
    """The rules a contest is counted by.

    Raises:
        FixTheSettings: the wrong kind for so many candidates, a reading that no edition names, or
            settings that contradict one another.
    """
    _right_kind(contest, edition)
    rows = _rows(contest, edition)
    given = contest.settings.given()
    if contest.rules == "public":
        _refuse_unused(contest, given, edition)
        values = {name: PUBLIC.get(name) for name in PUBLIC} | {"must_elect": _elects(contest)}
        used = tuple(
            _used("", name, value, "set by this contest")
            for name, value in (values | given).items()
        )
        return Chosen(_rules(contest, values | given, edition), used, ())
    for name, value in given.items():
        if name not in rows or value not in (rows[name].value, *rows[name].alternatives):
            said = in_words(_typed(Setting(name), value))
            raise FixTheSettings(
                f"{said} is not an interpretation that the bylaws allow for {name}",
                where=f"contest {contest.id} [settings] {name}",
                rule=rows[name].rule if name in rows else "",
                next_step='leave it out, or make this a separate contest with rules = "public"',
            )
    values = {name: row.value for name, row in rows.items()} | given
    used = tuple(_used(row.rule, name, values[name], row.cite) for name, row in rows.items())
    others = tuple(
        (
            _used(row.rule, name, other, row.cite),
            _rules(contest, values | {name: other}, edition),
        )
        for name, row in rows.items()
        if row.rule != "BA-3"
        for other in (row.value, *row.alternatives)
        if other != values[name]
    )
    return Chosen(_rules(contest, values, edition), used, others)


def _rows(contest: MemberVote, edition: CountingRules) -> dict[str, Cited[Any]]:
    """The edition's rules on this contest by setting."""
    confirms = isinstance(contest, UpOrDown) and contest.confirms
    bar = edition.confirmation if confirms else edition.endorsement
    rows: dict[str, Cited[Any]] = {
        "threshold": bar.threshold,
        "comparison": bar.comparison,
        "base": bar.base,
    }
    if is_ranked(contest, edition):
        ranked, errors = edition.ranked, edition.errors
        rows |= {
            "stop_line": ranked.stop_line,
            "stop_at": ranked.stop_at,
            "ties": ranked.ties,
            "overvotes": errors.overvotes,
            "exhaust_on_repeat": errors.exhaust_on_repeat,
            "max_skipped": errors.max_skipped,
        }
    return rows


def _rules(contest: MemberVote, values: Mapping[str, Any], edition: CountingRules) -> CountRules:
    threshold: Fraction = values["threshold"]
    bar = Threshold(
        threshold.numerator, threshold.denominator, values["comparison"] is Comparison.MORE
    )
    if threshold < Fraction(1, 2) or (threshold == Fraction(1, 2) and not bar.more_than):
        raise _contradiction(contest, "threshold", "two choices could reach it at once")
    if not is_ranked(contest, edition):
        # One choice: a ranked count of one rank in which nobody is ever eliminated.
        return CountRules(bar, values["base"], stop_at=len(contest.choices), max_ranks=1, ties=())
    must_elect = values.get("must_elect", False)
    if values.get("continue_until_two") and not must_elect:
        raise _contradiction(contest, "continue_until_two", "only a contest that must elect does")
    skipped = values["max_skipped"]
    return CountRules(
        bar,
        values["base"],
        stop_line=values["stop_line"],
        stop_at=values["stop_at"],
        must_elect=must_elect,
        ties=values["ties"],
        overvotes=values["overvotes"],
        exhaust_on_repeat=values["exhaust_on_repeat"],
        max_skipped=None if skipped < 0 else skipped,
        max_ranks=values.get("max_ranks"),
        batch_elimination=values.get("batch_elimination", False),
        continue_until_two=values.get("continue_until_two", False),
    )


OF_ONE_CHOICE: Final = ("threshold", "comparison", "base")
"""The settings of a contest in which nobody ranks."""


def _refuse_unused(contest: MemberVote, given: Mapping[str, Any], edition: CountingRules) -> None:
    """Refuse what only a ranked count would do: nothing would follow from it.

    Raises:
        FixTheSettings: the first of them.
    """
    unused = [name for name in given if name not in OF_ONE_CHOICE]
    if unused and not is_ranked(contest, edition):
        raise FixTheSettings(
            f"{unused[0]} is a setting of ranked contests, and in this one nobody ranks: after a "
            "tie, nobody is elected",
            where=f"contest {contest.id} [settings] {unused[0]}",
            next_step='write kind = "ranked", which also takes ballots with one choice; or leave '
            "the setting out",
        )


def _elects(contest: MemberVote) -> bool:
    return isinstance(contest, Ranked) and not contest.no_endorsement


def _right_kind(contest: MemberVote, edition: CountingRules) -> None:
    fewest = edition.ranked.fewest_candidates
    if contest.rules == "public":
        return
    if isinstance(contest, SingleChoice) and len(contest.candidates) >= fewest.value:
        raise _contradiction(
            contest, "kind", f"{len(contest.candidates)} candidates are ranked", fewest.rule
        )
    if isinstance(contest, Ranked) and len(contest.candidates) < fewest.value:
        raise _contradiction(
            contest,
            "kind",
            f"with {len(contest.candidates)} candidates there is one choice",
            "EN-4",
        )


def _contradiction(contest: Contest, name: str, why: str, rule: str = "") -> FixTheSettings:
    place = name if name == "kind" else f"[settings] {name}"
    return FixTheSettings(
        why,
        where=f"contest {contest.id} {place}",
        rule=rule,
        next_step="fix that key in the contest file; docs/count.md lists its keys",
    )


def _used(rule: str, name: str, value: Any, cite: str) -> RuleUsed:
    setting = Setting(name)
    return RuleUsed(rule, setting, _typed(setting, value), cite)


def _typed(setting: Setting, value: Any) -> SettingValue:
    """A value as a result holds it: files write any number as −1."""
    typed: SettingValue = None if setting is Setting.MAX_SKIPPED and value < 0 else value
    return typed
