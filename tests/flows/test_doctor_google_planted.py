"""Google's half of a wrongly set chapter: one run of doctor tells it all, and each fix cures."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from connectors.sandbox.google.workbook import SERVICE_ACCOUNT
from connectors.sandbox.invented import FORM, WORKBOOK
from flows.context import open_chapter
from flows.doctor import Check, examine
from tests.conftest import Clock
from tests.elections.conftest import poll as poll
from tests.elections.polls import BALLOT, Poll
from tests.flows.town import Town

SECOND = "rivertown-older"
"""A second workbook of the chapter's, with one more tab of sign-ins."""


class Planted(NamedTuple):
    """One thing that is wrong."""

    plant: Callable[[Poll], None]
    check: str
    found: str
    fix: str
    """Words of the next step."""
    mend: Callable[[Poll], None]
    """What whoever follows it does."""


def _retitled(old: str, new: str) -> Callable[[Poll], None]:
    def retitle(poll: Poll) -> None:
        poll.town.sandbox.google.workbooks[WORKBOOK].tab(old).title = new

    return retitle


def _headed(text: str) -> Callable[[Poll], None]:
    def head(poll: Poll) -> None:
        poll.town.sandbox.google.workbooks[SECOND].tabs[0].rows[0][1] = text

    return head


def _open(poll: Poll) -> None:
    link = {"type": "anyone", "role": "reader"}
    poll.town.sandbox.google.workbooks[WORKBOOK].grants.append(link)


def _reader(poll: Poll) -> None:
    book = poll.town.sandbox.google.workbooks[SECOND]
    book.shared_with, book.viewers = set(), {SERVICE_ACCOUNT}


PLANTED = {
    "a workbook that everybody with the link can open": Planted(
        _open,
        f"spreadsheet {WORKBOOK}: who can open it",
        "open to everyone who has the link",
        "Share → General access → Restricted",
        lambda poll: poll.town.sandbox.google.workbooks[WORKBOOK].grants.clear(),
    ),
    "a tab that somebody renamed": Planted(
        _retitled("Volunteering", "Volunteers"),
        f"spreadsheet {WORKBOOK}: tabs and headers",
        "no tab “Volunteering”; the closest is “Volunteers”",
        "rename the tab",
        _retitled("Volunteers", "Volunteering"),
    ),
    "a header that somebody changed": Planted(
        _headed("What"),
        f"spreadsheet {SECOND}: tabs and headers",
        "no header “Event”",
        "fix the header",
        _headed("Event"),
    ),
    "an account that may only read": Planted(
        _reader,
        f"spreadsheet {SECOND}: review tab",
        "the service account can read this spreadsheet but cannot write its",
        "as Editor",
        lambda poll: poll.town.sandbox.google.workbooks[SECOND].shared_with.add(SERVICE_ACCOUNT),
    ),
    "a form that was not shared": Planted(
        lambda poll: poll.town.sandbox.google.forms[FORM].shared_with.clear(),
        f"form {FORM}: questions",
        "is not shared with the service account",
        "share it with the service account's address",
        lambda poll: poll.town.sandbox.google.forms[FORM].shared_with.add(SERVICE_ACCOUNT),
    ),
    "a ballot form for one organisation": Planted(
        lambda poll: poll.form.responders.__setitem__(0, "domain"),
        "election spring: ballot form",
        "only accounts of one organization can respond; in the form, Publish → Responders",
        "restore the form: the voters and the count need it as approved",
        lambda poll: poll.form.responders.__setitem__(0, "anyone"),
    ),
    "more who see the ballots than were accepted": Planted(
        lambda poll: poll.form.shared_with.update({"ann@example.org", "ben@example.org"}),
        f"form {BALLOT}: who can open it",
        "3 editors, 0 viewers: 1 more than chapter.toml [sharing] allows",
        "remove people under Share, or allow this number in chapter.toml",
        lambda poll: poll.town.rewrite("editors = 2", "editors = 3"),
    ),
}


@pytest.fixture
def vote(poll: Poll, monkeypatch: pytest.MonkeyPatch) -> Poll:
    """An open vote of a chapter with two workbooks and a form, where all is well."""
    rows = [["Timestamp", "Event", "Email address", "Name"]]
    poll.town.sandbox.google.add_workbook(SECOND, "Older sign-ins", {"2025": rows})
    poll.town.rewrite('review = "Clerk – needs review"\n', "")
    file = poll.town.folder / "chapter.toml"
    second = f'[[workbooks]]\nid = "{SECOND}"\nsign_ins = ["2025"]\nreview = "To review"\n'
    file.write_text(f"{file.read_text()}\n[sharing]\neditors = 2\n\n{second}")
    poll.opened()
    poll.town.night()
    monkeypatch.setattr(
        "flows.doctor.run.open_chapter", lambda folder, _: open_chapter(folder, poll.clock)
    )
    return poll


def wrong(poll: Poll) -> dict[str, Check]:
    """What one run of doctor has to say, each with the reason that it tells itself."""
    found = [one for one in examine(poll.town.folder) if not one.fine]
    return {one.what: one for one in found if not one.same_as}


def test_all_that_is_wrong_at_google_is_told_in_one_run_and_each_fix_cures_it(vote: Poll) -> None:
    assert wrong(vote) == {}
    for one in PLANTED.values():
        one.plant(vote)
    told = wrong(vote)
    assert sorted(told) == sorted(one.check for one in PLANTED.values())
    for one in PLANTED.values():
        assert one.found in told[one.check].found
        assert one.fix in told[one.check].next_step
        assert "example.org" not in f"{told[one.check]}"
    for one in PLANTED.values():
        one.mend(vote)
        del told[one.check]
        assert sorted(wrong(vote)) == sorted(told)
    assert wrong(vote) == {}


@pytest.mark.parametrize(
    ("api", "at"),
    [
        ("sheets.googleapis.com", f"spreadsheet {WORKBOOK}: tabs and headers"),
        ("www.googleapis.com", f"spreadsheet {WORKBOOK}: access"),
        ("forms.googleapis.com", f"form {FORM}: questions"),
    ],
)
def test_an_api_that_is_off_is_told_once_and_hides_nothing_of_the_others(
    town: Town, clock: Clock, api: str, at: str
) -> None:
    clock.at = datetime.now(UTC)
    town.night()
    town.sandbox.google.apis_off.add(api)
    told = [one for one in examine(town.folder) if not one.fine]
    (reason,) = [one for one in told if not one.same_as]
    assert reason.what == at
    assert "an API is not switched on" in reason.found
    assert "enable the Sheets, Drive and Forms APIs" in reason.next_step
    town.sandbox.google.apis_off.clear()
    assert all(one.fine for one in examine(town.folder))
