"""What `clerk election status` prints, of the facts that `flows.views.election.status` gathers."""

from collections.abc import Iterator, Mapping
from typing import Any

from connectors import pages
from flows import console
from flows.views.election import changes_told
from flows.votes.check import told_early
from models.votes.election_record import ElectionRecord


def show(told: Mapping[str, Any], vote: ElectionRecord) -> None:
    """Print how far an election has come, what is wrong, and how it ended."""
    state = told["state"].replace("cancelled", "canceled")
    console.title(f"{told['title']}: {state}. Next: {told['next']}")
    _say_how_far(told)
    _say_what_is_wrong(told, {one.id: one.title for one in vote.approved.contests})
    _show_outcome(told)
    if vote.result:
        console.table(("Contest", "Outcome"), list(outcome_rows(vote)))


def outcome_rows(vote: ElectionRecord) -> Iterator[tuple[str, str]]:
    """Each contest of a counted election and how it ended."""
    ended = outcomes(vote)
    return ((contest.title, ended[contest.id]) for contest in vote.election.contests)


def outcomes(vote: ElectionRecord, language: pages.Language = "en") -> dict[str, str]:
    """How each contest of a counted election ended, in the words of its announcement; by its id."""
    assert vote.result is not None  # noqa: S101 - it was counted
    said, found = pages.words(language), dict[str, str]()
    for contest in vote.election.contests:
        ended = pages.ended(said, contest, vote.result.outcomes[contest.id])
        off = contest.id in vote.changes.overruled
        found[contest.id] = said.say("overruled.brief", ended=ended) if off else ended
    return found


def _say_how_far(told: Mapping[str, Any]) -> None:
    if "ballots" in told:
        console.say(f"{told['ballots']} of {told['voters']} voters have voted.")
    if told.get("early"):
        console.say(f"{told_early(told['early'])}.")
    if many := told.get("cannot_be_mailed"):
        name = told["election"]
        console.say(f"We cannot email {many} voters. To list them: clerk election calls {name}")
    if "time_left" in told:
        console.say(f"Time left: {told['time_left']}.")
    if "reminders" in told:
        console.say(f"Reminders: {told['reminders']}.")


def _say_what_is_wrong(told: Mapping[str, Any], titles: Mapping[str, str]) -> None:
    for letter, why in told.get("lost", {}).items():
        console.say(f"Not delivered: {letter}. {why}. `clerk doctor` shows what you can do.")
    for line in changes_told(told, titles):
        console.say(line)
    for differs in told.get("form", ()):
        console.say(f"The ballot form is not as approved: {differs}.")
    for one in told.get("trouble", ()):
        times = "once" if one["times"] == 1 else f"{one['times']} times since {one['since']}"
        console.say(f"Failed {times}, last {one['last']}: {one['step']}. {one['said']}")
    if "note" in told:
        console.say(f"Note: {told['note']}.")
    for contest, asked in told.get("question", {}).items():
        console.say(f"{titles.get(contest, contest)}: {asked}")


def _show_outcome(told: Mapping[str, Any]) -> None:
    if told["letters"]:
        rows = [
            (
                one["letter"],
                one["sent"] if one["delivered"] else "not delivered",
                one["people"] if one["people"] == one["of"] else f"{one['people']} of {one['of']}",
            )
            for one in told["letters"]
        ]
        console.table(("Email", "Sent", "People"), rows)
    if "officers_told" in told:
        console.say(f"The officers got the tellers' report {told['officers_told']}.")
