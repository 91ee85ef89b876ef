"""What must hold of a tab into which ballots come, before the vote opens and until it closes."""

from collections.abc import Iterator

from flows.context import ChapterContext
from flows.votes.unread_tabs import how_to_copy
from flows.votes.who_answers import workbook_reasons
from models.ballots.form_reader import FormReader
from models.contests.unsaid import must_say
from models.membership.reasons import Reason
from models.privacy import redact_addresses
from models.text.sentences import Joined, Sentence, in_english
from models.votes.election import BallotSource, Election
from models.votes.election_record import ElectionRecord


def check_tab(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """Whether the tab has what the contests ask (BA-2, BA-4, BA-7, EN-R14)."""
    arrived = context.ballot_forms.arrived(election.ballots)
    vote = context.ledger.votes.get(election.name)
    cancelled = vote.cancelled if vote else ()
    reader = FormReader(
        arrived.headers, election.contests, context.counting_of(election), cancelled
    )
    tab = election.ballots.tab

    def here(fact: str) -> Sentence:
        return Sentence("tab “{tab}”: {fact}", tab=tab, fact=in_english(fact))

    whole = Sentence("tab “{tab}” has a column for every contest", tab=tab)
    yield Reason("BA-4", whole, not reader.faults)
    cells = [row.cells for row in arrived.rows]
    faults = [*reader.faults, *reader.beyond(), *reader.forgotten(cells)]
    yield from (Reason("BA-4", here(fault), False) for fault in faults)
    yield from (Reason("BA-7", here(one), True, look=True) for one in reader.passed_over)
    for one in reader.unreadable(cells):
        mend = Sentence(
            "{rows}: ask whoever typed it there; a voter can vote again until the close",
            rows=in_english(one),
        )
        yield Reason("BA-2", here(mend), True, look=True)
    if arrived.unsent:
        many = Sentence(
            "{many} rows have neither a time nor a code, so they are not ballots",
            many=arrived.unsent,
        )
        yield Reason("BA-7", here(many), True, look=True)
    for other in context.ballot_forms.elsewhere(election.ballots):
        fact = Sentence(
            "the tab “{tab}” also has responses, but the program does not read it: {step}",
            tab=redact_addresses(other.tab),
            step=_what_to_do(vote, other),
        )
        yield Reason("BA-2", fact, True, look=True)
    yield from workbook_reasons(context.drive, election.ballots.workbook, Sentence("the workbook"))
    wanted = [words for contest in election.contests for words in must_say(contest)]
    if wanted:
        told = Sentence(
            "only you can see whether the form behind it says: {words}",
            words=Joined("; ", (Sentence("“{words}”", words=one) for one in wanted)),
        )
        yield Reason("EN-R14", here(told), True, look=True)


def _what_to_do(vote: ElectionRecord | None, other: BallotSource) -> str:
    """Of a tab that is not read, which a form that was linked anew may answer into."""
    if vote is None or not vote.opened:
        return Sentence(
            "if the form answers there now, name it as tab in election.toml [ballots] before the "
            "approval: “{tab}”",
            tab=redact_addresses(other.tab),
        )
    return Sentence(
        "if they are ballots of this vote, {step}, and look again before the close",
        step=how_to_copy(vote.election.ballots),
    )
