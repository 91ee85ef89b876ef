"""Publish a counted vote, and announce it: each person reads of the races that exist for them.

The pages were made by the count; publishing copies them to a folder that any static host serves.
The announcement goes to everybody the chapter knows who may be mailed (EN-13), in one campaign for
each group of districts.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from connectors import elections, pages
from connectors.ledger import Act, Ledger
from connectors.mailchimp import Audience
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.votes import guide
from flows.votes.approvals import gather
from flows.votes.committee_result import committee_words
from flows.votes.lifecycle import look_at, state_label
from flows.votes.pages import PAGES
from flows.votes.sending import CLERK, Reach, begin, fill, letters_of, segment_of, send
from models.contests.asks import asked, on_the_slate
from models.contests.contest import Advisory, Contest, UpOrDown
from models.errors import Refused
from models.intake.people import PersonId
from models.mail.notices import EmailContent
from models.privacy import Email
from models.tally.digests import json_digest
from models.tally.outcome import Outcome, OutcomeKind
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import AnnouncementsSettled, ChangeOfRaces, ResultAnnounced
from models.votes.frozen_roll import spelled
from models.votes.history import last
from models.votes.notices import Announcement, vote_letter
from models.votes.replay import replayed
from models.votes.reports import Section, is_meant, section_of

ANNOUNCEMENT_TEXTS = "vote-announcement"
"""The folder of the announcement's texts."""


def publish(
    context: ChapterContext, vote: ElectionRecord, by: str, *, by_itself: bool = False
) -> None:
    """Put the pages where everybody can read them, and the guide beside them (EN-13).

    Args:
        by_itself: the clock does it, as the election says.

    Raises:
        Refused: there is no result yet (EN-R8).
        FixTheSettings: the guide's words are wrong; nothing was published.
        AskAPerson: the chapter asks for another officer's approval too.
    """
    name, chapter = vote.election.name, context.chapter
    if vote.state is not ElectionState.COUNTED:
        fact = f"there is no result to publish: the election is {state_label(vote)}"
        if vote.state is ElectionState.PUBLISHED:
            fact = "the result is already published"
        raise Refused(fact, where=name, rule="EN-R8", next_step=look_at(name))
    made = elections.folder_of(chapter.folder, name) / PAGES
    if not (made.is_dir() and any(made.iterdir())):
        raise Refused(
            f"the result pages are missing from {made}",
            where=name,
            next_step=f"to make them again, run `clerk election recount {name}`",
        )
    recorded = replayed(context.ledger.votes.lines(name)).pages
    if recorded not in (None, elections.pages_digest(made)):
        raise Refused(
            "the result pages were changed after the count",
            where=f"elections/{name}/{PAGES}",
            rule="BA-2",
            next_step=f"to restore them, run `clerk election recount {name}`",
        )
    public = vote.election.has_public_pages
    # Before anything is public: its words may be wrong.
    told = guide.files_of(context, vote) if public else {}
    if not by_itself:
        # Two officers approve one and the same: the result, its pages, and the guide.
        seen = [vote.result_digest, elections.pages_digest(made), dict(told)]
        gather(context, name, by, "publish", json_digest(seen))
    if public:
        elections.publish_pages(made, chapter.path(chapter.elections.public) / name)
        guide.put(context.chapter, vote, told)
    context.ledger.votes.publish(vote, by, context.now())


def goes_out_by_itself(vote: ElectionRecord) -> bool:
    """Whether the clock publishes a counted vote.

    Not one to which ballots came and none counts, as when the question for the code was retyped:
    “nobody voted” would be published of people who did. What the committee decided goes to the
    committee.
    """
    at_once = vote.election.publish == "at once" or not vote.election.has_public_pages
    return at_once and not (vote.result and vote.result.counts_none)


def announce(context: ChapterContext, vote: ElectionRecord, reached: Reach) -> None:
    """The announcement to the membership, each group once.

    Who reads which one is settled before the first goes out, and stands in the segments: if this
    job dies, and a district is corrected meanwhile, nobody gets two, and nobody none.
    """
    name = vote.election.name
    for letter, people in _settled(context, vote, reached).items():
        contests = [c for c in vote.election.contests if not c.districts or c.id in letter.races]
        words = (
            committee_words(context, vote)
            if vote.election.is_the_committees
            else announcement_words(context, vote, contests)
        )
        send(
            context,
            vote,
            letter,
            words,
            partial(_as_settled, context.audience, vote, letter, people),
        )
    context.ledger.votes.note(name, Act(CLERK, context.now(), ResultAnnounced()))


def announcement_words(
    context: ChapterContext, vote: ElectionRecord, contests: Sequence[Contest]
) -> EmailContent:
    """The announcement to whom these races are told."""
    assert vote.result is not None  # noqa: S101 - what is announced was counted
    election, outcomes = vote.election, vote.result.outcomes
    return context.words(
        ANNOUNCEMENT_TEXTS,
        title=election.title,
        parts=[
            _told(pages.words(tongue), vote, contests, outcomes)
            for tongue in context.chapter.languages
        ],
        titles=election.titles(context.chapter.languages),
        results_link=results_link(context.chapter, vote),
    )


def _settled(
    context: ChapterContext, vote: ElectionRecord, reached: Reach
) -> dict[Announcement, int]:
    """Each announcement and for how many it is, as first settled."""
    name, votes = vote.election.name, context.ledger.votes
    if told := last(votes.lines(name), AnnouncementsSettled):
        settled = ((vote_letter(text), people) for text, people in told.people.items())
        return {one: people for one, people in settled if isinstance(one, Announcement)}
    found: dict[Announcement, list[Email]] = {}
    for contests, people in _readers(context, vote, reached):
        theirs = Announcement(tuple(contest.id for contest in contests if contest.districts))
        found[theirs] = [reached.mailboxes[p] for p in people]
    # What an earlier try has filled, and nobody belongs to any more.
    for letter in letters_of(context.ledger, name):
        if isinstance(letter, Announcement):
            found.setdefault(letter, [])
    counts: dict[Announcement, int] = {}
    for one, addresses in found.items():
        begin(context, vote, one)
        counts[one] = fill(context.audience, vote, one, addresses)[1]
    facts = {str(letter): people for letter, people in counts.items()}
    votes.note(name, Act(CLERK, context.now(), AnnouncementsSettled(people=facts)))
    return counts


def _as_settled(
    audience: Audience, vote: ElectionRecord, letter: Announcement, people: int
) -> tuple[int, int]:
    return audience.segment(segment_of(vote, letter)), people


class Entry(NamedTuple):
    """A contest as the letter tells it, in one language."""

    title: str
    ended: str
    choice: str = ""
    """Who won it, by the choice's name; "" where nobody did."""
    question: bool = False
    against: bool = False
    listed: Sequence[str] = ()
    statement: str = ""
    """The committee's reason."""
    foreign: bool = False
    """Whether the reason stands there in English for want of Spanish."""
    ad_hoc: bool = False
    """Whether the bylaws now ask for an ad hoc committee (SC-8)."""


def is_announced(ledger: Ledger, vote: ElectionRecord) -> bool:
    """Whether every group has its letter."""
    return last(ledger.votes.lines(vote.name), ResultAnnounced) is not None


def _readers(
    context: ChapterContext, vote: ElectionRecord, reached: Reach
) -> list[tuple[tuple[Contest, ...], list[PersonId]]]:
    """The membership by districts; of the committee's votes its roll alone (BA-6)."""
    if not vote.election.is_the_committees:
        return groups(vote, reached)
    roll = {voter.person for voter in context.ledger.votes.roll(vote.name) if voter.on_roll}
    return [(vote.election.contests, sorted(roll & reached.mailboxes.keys()))]


def groups(
    vote: ElectionRecord, reached: Reach
) -> list[tuple[tuple[Contest, ...], list[PersonId]]]:
    """People by the races that exist for them; a race of some districts is only theirs (EN-13)."""
    found: dict[tuple[str, ...], list[PersonId]] = {}
    by_id = {contest.id: contest for contest in vote.election.contests}
    for person in sorted(reached.mailboxes):
        typed = reached.roll.entries[person].person.district
        district = spelled(typed, vote.election.districts)
        theirs = tuple(
            name for name, c in by_id.items() if not c.districts or district in c.districts
        )
        found.setdefault(theirs, []).append(person)
    return [(tuple(by_id[name] for name in ids), found[ids]) for ids in sorted(found)]


def _told(
    said: pages.PageTexts,
    vote: ElectionRecord,
    contests: Sequence[Contest],
    outcomes: Mapping[str, Outcome],
) -> dict[str, object]:
    """What the letter says in one language: the groups of the result's page, and their races."""
    found: dict[str, list[Entry]] = {group: [] for group in pages.GROUPS}
    for contest in contests:
        outcome, off = outcomes[contest.id], contest.id in vote.changes.overruled
        won = None if off else section_of(contest, outcome)
        names, ended = said.names(contest), pages.ended(said, contest, outcome)
        found["overruled" if off else pages.group_of(contest, outcome)].append(
            Entry(
                title=said.title(contest),
                choice=names.get(outcome.choices[0], outcome.choices[0]) if won else "",
                question=won is Section.QUESTIONS,
                against=won is Section.AGAINST,
                listed=() if off else _listed(said, contest, outcome),
                ended=said.say("overruled.brief", ended=ended) if off else ended,
                # Once, where it was not translated: both languages stand in one letter.
                statement=_statement(said, contest, outcome) if won else "",
                ad_hoc=not off and outcome.kind is OutcomeKind.NO_CONFIDENCE,
            )
        )
    sections = [
        {"heading": said.say(f"election.title_{group}"), "entries": _data(entries)}
        for group, entries in found.items()
        if entries
    ]
    withdrew = [one for one in vote.changes.candidates if one[1].race in {c.id for c in contests}]
    for key, changed in (("withdrawn", withdrew), ("cancelled", vote.changes.races)):
        entries = [_changed(said, key, event, contest) for _, event, contest in changed]
        sections += (
            [{"heading": said.say(f"{key}.short"), "entries": _data(entries)}] if entries else []
        )
    title = vote.election.title_in(said.language)
    return {"language": said.language, "title": title, "sections": sections}


def _data(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """As the letter's texts read them: they see plain data alone."""
    return [one._asdict() for one in entries]


def _changed(said: pages.PageTexts, key: str, event: ChangeOfRaces, contest: Contest) -> Entry:
    """A contest that was canceled or a candidate who withdrew, and why (EN-R11).

    Everybody was told of it by then.
    """
    spanish = said.language == "es"
    return Entry(
        title=said.title(contest),
        ended=said.say(f"{key}.brief", who=getattr(event, "candidate", "")),
        statement=(spanish and event.reason_es) or event.reason,
        foreign=spanish and not event.reason_es,
    )


def _listed(said: pages.PageTexts, contest: Contest, outcome: Outcome) -> Sequence[str]:
    """The nominees, the priorities, or the proposals by their support (EN-R14, SC-7)."""
    if isinstance(contest, Advisory):
        return [said.names(contest)[choice] for choice in outcome.choices]
    slate = on_the_slate(contest) if isinstance(contest, UpOrDown) else ()
    return [*slate, *map(str, asked(contest, said).priorities)]


def _statement(said: pages.PageTexts, contest: Contest, outcome: Outcome) -> str:
    own = said.statement_language(contest) == said.language
    return said.statement(contest) if own and is_meant(contest, outcome) else ""


def results_link(chapter: Chapter, vote: ElectionRecord) -> str:
    """Where a published result is on the web; "" where the chapter has no such place."""
    base = chapter.elections.public_url.rstrip("/")
    return f"{base}/{vote.election.name}/" if base else ""
