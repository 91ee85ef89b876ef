"""Who gets which letter, once, with what in it.

Rules: VM-4 (told automatically), VM-R4 (once a transition), VM-R5 (which letters), DP-4 (consent).
"""

from collections import Counter

import pytest

from connectors.sandbox.invented import address_of, second_day, serial
from connectors.sandbox.mailchimp.letters import Letter
from models.errors import FixTheSettings, TryAgainLater
from tests.conftest import Clock
from tests.flows.nursery import KILLED, Nursery
from tests.flows.town import MARKS, Town

HOSTILE = (
    "*|LIST:ADDRESS|* Ann",
    "<script>alert(1)</script> Ann",
    '=HYPERLINK("https://example.net";"click") Ann',
    "Ann\r\nBcc: everybody@example.org",
    "*|IF:FNAME|*Ann*|END:IF|*",
)
EVENTS = ("Climate forum", "Transit workstream", "Pride march with partners")


def joins(town: Town, address: str, name: str, events: tuple[str, ...] = EVENTS) -> None:
    """Somebody registers, asks for mail, and signs in."""
    today = serial(town.clock().date())
    with town.edit("Registrations") as rows:
        rows.append([today, name, address, "", "", "", "yes", "", "Yes"])
    with town.edit("Sign-ins") as rows:
        rows += [[today, event, address, name] for event in events]


def outbox(town: Town) -> list[Letter]:
    return town.sandbox.mailchimp.outbox


def test_the_baseline_can_tell_everybody(town: Town) -> None:
    """VM-4: only when asked to, and only those who may be mailed."""
    night = town.night(tell_everyone=True)
    told = {to for to, kind in town.letters() if kind == "voting-member"}
    assert told == town.tagged(MARKS.voting_tag)
    assert night.told_nobody == 0


@pytest.mark.parametrize("tracking", [False, True])
def test_openings_and_clicks_are_counted_only_where_the_chapter_says_so(
    town: Town, tracking: bool
) -> None:
    if tracking:
        town.rewrite("[[workbooks]]", "[emails]\ntracking = true\n\n[[workbooks]]")
    town.night(tell_everyone=True)
    campaigns = town.sandbox.mailchimp.campaigns.values()
    assert {value for one in campaigns for value in one.tracking.values()} == {tracking}


def test_who_voted_before_the_baseline_is_never_told_later(town: Town, clock: Clock) -> None:
    """VM-R4: the first night noticed them."""
    town.night()
    for _ in range(2):
        clock.go(days=1)
        town.night(full=True)
    assert town.letters() == {}


def test_one_campaign_a_kind_a_night(town: Town, clock: Clock) -> None:
    town.night()
    clock.go(days=1)
    second_day(town.sandbox, clock.today)
    joins(town, "nia.new@example.org", "Nia New", EVENTS[:2])
    joins(town, "noa.new@example.org", "Noa New")
    town.night()
    titles = [c.settings["title"].split()[1] for c in town.sandbox.mailchimp.campaigns.values()]
    assert Counter(titles) == {"voting-member": 1, "one-event-away": 1}
    assert town.letters()["nia.new@example.org", "one-event-away"] == 1
    assert town.letters()["noa.new@example.org", "voting-member"] == 1


def test_who_goes_on_to_vote_gets_one_letter_of_each_kind(town: Town, clock: Clock) -> None:
    """VM-R5"""
    town.night()
    address = "nia.new@example.org"
    for events in (EVENTS[:2], EVENTS[2:], ()):
        clock.go(days=1)
        joins(town, address, "Nia New", events)
        town.night()
    assert {kind: n for (to, kind), n in town.letters().items() if to == address} == {
        "one-event-away": 1,
        "voting-member": 1,
    }


def test_a_letter_that_is_turned_off_is_never_sent_late(town: Town, clock: Clock) -> None:
    """`[emails] send`: turning it on again is no reason to write about the past."""
    town.rewrite("[network]", '[emails]\nsend = ["voting-member"]\n[network]')
    town.night()
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New", EVENTS[:2])
    town.night()
    town.rewrite('send = ["voting-member"]', 'send = ["voting-member", "one-event-away"]')
    clock.go(days=1)
    town.night()
    assert town.letters() == {}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_wherever_it_goes(town: Town, clock: Clock, name: str) -> None:
    town.night()
    clock.go(days=1)
    joins(town, "ann@example.org", name)
    town.night()
    letter = next(letter for letter in outbox(town) if letter.to == "ann@example.org")
    assert "<script>" not in letter.html
    assert "\n" not in letter.subject
    fields = town.member("ann@example.org").merge_fields
    assert not [value for value in fields.values() if "*|" in value or "\n" in value]
    cells = [cell for row in town.rows("Clerk – needs review") for cell in row]
    assert not [cell for cell in cells if "Ann" in str(cell)]


def test_a_letter_carries_what_it_must(town: Town, clock: Clock) -> None:
    """The service's own link and postal address, and the reader's own numbers."""
    town.night()
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New")
    town.night()
    letter = next(letter for letter in outbox(town) if letter.to == "nia.new@example.org")
    for part in (letter.html, letter.text):
        assert "unsubscribe?u=" in part
        assert "1 Centre Street" in part
        assert "Nia" in part
        assert "*|" not in part
        assert "{{" not in part
    assert letter.subject


def own(town: Town, part: str, text: str) -> None:
    """Give the chapter a text of its own."""
    folder = town.folder / "our-letters" / "voting-member"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / part).write_text(text)
    if "our-letters" not in (town.folder / "chapter.toml").read_text():
        town.rewrite("[network]", '[emails]\nfolder = "our-letters"\n[network]')


def test_a_chapter_has_its_own_words(town: Town, clock: Clock) -> None:
    """What it does not write itself is taken from the built-in letter."""
    own(town, "subject.txt", "Bienvenue, *|FNAME|*")
    town.night()
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New")
    town.night()
    (letter,) = outbox(town)
    assert letter.subject == "Bienvenue, Nia"
    assert "You are now a voting member" in letter.text


@pytest.mark.parametrize("part", ["body.html", "body.txt"])
def test_a_letter_without_a_way_out_is_refused(town: Town, clock: Clock, part: str) -> None:
    """Nothing of it is made, and the others of the night are not held up for ever."""
    town.night()
    own(town, part, "Welcome! *|LIST:ADDRESS|*")
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New")
    with pytest.raises(FixTheSettings, match=r"lacks \*\|UNSUB\|\*"):
        town.night()
    assert town.letters() == {}
    own(town, part, "Welcome! *|LIST:ADDRESS|* *|UNSUB|*")
    clock.go(days=1)
    town.night()
    assert town.letters() == {("nia.new@example.org", "voting-member"): 1}


def stop_at(town: Town, method: str, path: str) -> None:
    """A night that stops where this request fails."""
    town.sandbox.faults.matching(method, path, "500")
    with pytest.raises(TryAgainLater):
        town.night()
    town.sandbox.faults.clear()


def test_a_draft_deleted_by_hand_is_not_sent_twice(town: Town, clock: Clock) -> None:
    """It may have been sent first: nobody gets it again, and the next transition gets its own."""
    town.night()
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New")
    stop_at(town, "PUT", "/campaigns/.*/content")
    (draft,) = town.sandbox.mailchimp.campaigns
    del town.sandbox.mailchimp.campaigns[draft]
    clock.go(days=1)
    joins(town, "noa.new@example.org", "Noa New")
    town.night()
    assert town.letters() == {("noa.new@example.org", "voting-member"): 1}


def test_a_letter_sent_by_hand_counts_as_sent(town: Town, clock: Clock) -> None:
    """A volunteer finds the draft in Mailchimp and presses the button."""
    town.night()
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New")
    stop_at(town, "POST", "/campaigns/.*/actions/send")
    (campaign,) = town.sandbox.mailchimp.campaigns.values()
    campaign.status, campaign.send_time = "sent", clock()
    clock.go(days=1)
    night = town.night()
    assert night.sent == ()
    assert town.letters() == {}


def test_a_letter_in_the_making_survives_a_week_without_nights(town: Town, clock: Clock) -> None:
    """The campaign is found again however late the next night comes."""
    town.night()
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New")
    with Nursery() as nursery:
        town.sandbox.faults.on_request = lambda number, moment, exchange: (
            nursery.kill() if moment == "after" and exchange.method == "POST"
            and exchange.path.endswith("/campaigns") else None
        )  # fmt: skip
        nursery.begin(town.folder, clock())
        assert nursery.end() == KILLED
    town.sandbox.faults.on_request = None
    clock.go(days=7)
    town.night()
    titles = [c.settings["title"].split()[1] for c in town.sandbox.mailchimp.campaigns.values()]
    assert titles.count("voting-member") == 1
    assert town.letters()["nia.new@example.org", "voting-member"] == 1


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/lists/[^/]+$"), ("GET", "/campaigns$")], ids=["waits", "open"]
)
def test_nobody_is_told_of_what_a_correction_took_back(
    town: Town, clock: Clock, method: str, path: str
) -> None:
    """A letter is withdrawn with its occasion, whether it waits or stands in an open batch."""
    town.night()
    clock.go(days=1)
    joins(town, "nia.new@example.org", "Nia New")
    stop_at(town, method, path)
    with town.edit("Sign-ins") as rows:
        del rows[-2:]
    town.rewrite(
        "[network]", "[safety_limits]\nshrink_at_least = 9\nunexpected_at_least = 9\n[network]"
    )
    clock.go(days=1)
    town.night()
    assert ("nia.new@example.org", "voting-member") not in town.letters()


def test_the_reader_is_who_the_letter_is_about(town: Town, clock: Clock) -> None:
    """A household on one address: the second person's standing is nobody else's mail."""
    town.night()
    household = address_of(5)
    clock.go(days=1)
    with town.edit("Sign-ins") as rows:
        day = serial(clock.today)
        rows += [[day, event, household, "Sol Fontaine"] for event in EVENTS]
    night = town.night()
    assert household not in {to for to, _ in town.letters()}
    assert night.roll.voting()
