"""Before the annual meeting: nominees, dues, disclosures"""

from datetime import date

from models.committee.members import Committee, Member
from models.committee.nominees import TimesAttended
from models.intake.locations import SourceLocation
from models.intake.participation import Event
from models.membership.dues import paid_on
from models.year.annual import annual_meetings, due_this_year
from models.year.disclosures import Matter, conflicts, kept_from_forums
from models.year.nominations import nominated
from models.year.nominees import Prospect
from tests.cases.reading import EDITION
from tests.models.year.tabs import TODAY, asked, read
from tests.models.year.test_disclosures import SEATS, TIE
from tests.models.year.test_nominations import ANN

RULES = EDITION.committee
CAME = TimesAttended({2025: 3}, 2024, (True, "dues paid"))


def missing(**said: str | None) -> list[str]:
    """What a nominee lacks who is otherwise as the bylaws ask."""
    (one,) = nominated(read(nominations=[{**ANN, **said}]).nominations)
    return [reason.fact for reason in Prospect(one, CAME).reasons(RULES) if not reason.holds]


def test_a_nominee_who_meets_each_criterion_by_the_record_lacks_nothing() -> None:
    """SC-2"""
    assert missing() == []


def test_a_nominee_is_active_in_a_committee_that_the_bylaws_list() -> None:
    """SC-2: “at least one of JPP's committees”."""
    assert missing(committees=None) == ["active in no committee"]
    assert missing(committees="Zoology") == ["active in no committee"]
    assert missing(committees="diversity and inclusion") == []


def test_a_nominee_submits_a_bio_a_summary_and_activities() -> None:
    """SC-2, EN-R14: “proposed activities for the coming year as background for the vote”."""
    assert missing(bio=None) == ["no bio"]
    assert missing(summary=None) == ["no summary"]
    assert missing(activities=None) == ["does not propose activities for the coming year"]


def test_a_member_can_nominate_another_who_then_has_to_agree() -> None:
    """SC-2: “ability to join and nominate others”."""
    fact = "somebody else nominated them, and nothing says whether they agree"
    assert missing(other_address="bo@example.org") == [fact]
    assert missing(other_address="bo@example.org", consents="yes") == []


def test_dues_are_paid_at_the_time_of_confirmation() -> None:
    """SC-2: “at the time of confirmation”."""
    (ann,) = nominated(read(nominations=[ANN]).nominations)
    dues = read(
        dues=[{"address": "ann@example.org", "paid": "2026-01-01", "through": "2026-02-28"}]
    )
    on = [
        paid_on(dues.dues.periods(ann.addresses), date(2026, m, d))[0] for m, d in ((2, 28), (3, 1))
    ]
    assert on == [True, False]


def test_members_disclose_and_the_committee_may_ask_them_to_step_aside() -> None:
    """SC-5: “such as financial or family ties”."""
    kinds = ("paid work", "family tie", "financial tie", "donation")
    book = read(committee=SEATS, disclosures=[{**TIE, "kind": kind} for kind in kinds])
    assert asked(book) == []
    found = conflicts(book.disclosures, Matter("Mayor", ("Jo Rivera",)), TODAY)
    assert [one.kind for one in found] == ["paid work", "family tie", "financial tie"]


def test_who_works_for_a_campaign_works_on_no_forum_or_questionnaire() -> None:
    """SC-5: “paid by a campaign or working closely with a campaign”."""
    book = read(committee=SEATS, disclosures=[TIE, {**TIE, "kind": "family tie"}])
    kept = kept_from_forums(book.disclosures, Matter("Mayor", ("Jo Rivera",)), TODAY)
    assert [(one.member, one.kind) for one in kept] == [("Ann Alder", "paid work")]


def meeting(day: date, kind: str = "annual meeting") -> Event:
    return Event(place=SourceLocation("Events", "2:2"), day=day, name="Our year", kind=kind)


def test_the_annual_meeting_is_in_the_first_quarter() -> None:
    """SC-1: “at the annual meeting in the Q1 of each year”."""
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)]
    found = annual_meetings(map(meeting, days), 2026)
    assert [event.day for _, event in found] == days[1:3]


def due(today: date, *members: Member) -> list[str]:
    committee = Committee(members=members)
    found = due_this_year([], committee, [], [], today, RULES)
    return [one.fact.partition(":")[0] for one in found if one.look and one.rule != "SC-1"]


def test_co_chairs_are_due_in_the_first_quarter_of_every_other_year() -> None:
    """SC-3: “in the first quarter of every other year”."""
    last = date(2024, 2, 1)
    one = Member(name="Cleo", confirmed=last, co_chair_since=last)
    chairs, priorities = "the co-chairs, by the committee", "the annual priorities"
    assert due(date(2025, 2, 1), one) == [priorities]
    assert due(date(2026, 2, 1), one) == [priorities, chairs]
    assert due(date(2026, 4, 1), one) == []
