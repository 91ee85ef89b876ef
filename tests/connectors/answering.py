"""Every call we make to Google and Mailchimp, with its true answers, to be answered otherwise.

Each call is made once on the sandbox; afterwards it is played again without any server, and a test
says what comes instead of an answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from connectors.google import Rows
from connectors.mailchimp import Audience
from connectors.net.retries import RetryPolicy
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.invented import LIST, WORKBOOK, address_of
from connectors.settings import OwnTab
from flows.context import ChapterContext
from models.ballots.form import Item
from models.ballots.received import Code
from models.mail.audience import Contact, ContactState, FieldNames
from models.mail.notices import EmailContent
from models.mail.plans import Change, ChangeKind
from models.privacy import Email, Name
from models.votes.election import BallotSource
from tests.elections.polls import BALLOT, Poll
from tests.flows.town import MARKS, REVIEW

Call = Callable[[ChapterContext], object]
Body = tuple[int, bytes]
"""Status and body of an answer."""
SINCE = "2026-03-01T00:00:00+00:00"
BOTH = "*|UNSUB|* *|LIST:ADDRESS|*"
WORDS = EmailContent("Hello", f"<p>Hello {BOTH}</p>", f"Hello {BOTH}")
NEW, THERE = Email("new@example.org"), Email(address_of(1))
GONE, LEAVER = Email(address_of(2)), Email(address_of(3))
SHEET = BallotSource(workbook="answers", tab="Form responses 1", link="https://example.org/?e=")
OTHER = FieldNames(status="CLOTHER", voting_tag="clerk: other", one_away_tag="clerk: another")


def _book(context: ChapterContext) -> Any:
    return context.chapter.workbooks[0]


def _tab(title: str = REVIEW) -> OwnTab:
    return OwnTab("review", WORKBOOK, title)


ROWS = Rows(rows=(("a", "b"),))


def _other(context: ChapterContext) -> Audience:
    return Audience(context.mailchimp, LIST, OTHER, RetryPolicy(1, 0))


def _changes(context: ChapterContext) -> list[Any]:
    changes = [
        Change(ChangeKind.ADD_CONTACT, NEW, name=Name("Nia New")),
        Change(ChangeKind.SET_FIELDS, THERE, fields=((MARKS.events, "3"),)),
        Change(ChangeKind.ADD_TAG, THERE, tag=MARKS.voting_tag),
        Change(ChangeKind.REMOVE_TAG, THERE, tag=MARKS.one_away_tag),
    ]
    return list(context.audience.write(changes, {THERE: Contact(THERE, ContactState.SUBSCRIBED)}))


def _drafted(context: ChapterContext) -> str:
    found = context.campaigns.find("clerk: a letter", SINCE)
    return found.id if found else "gone"


def _build(context: ChapterContext) -> None:
    with context.form_builder() as builder:
        items = [Item("Mayor", "one", ("Ada Park",)), Item("Code", "text")]
        builder.build("empty", items, "A vote", "")


CALLS: dict[str, Call] = {
    "a workbook's version": lambda context: context.workbooks.version(WORKBOOK),
    "its tabs": lambda context: context.workbooks.read(_book(context), context.chapter.columns_of),
    "a look at the review tab": lambda context: context.own_tabs.look(_tab()),
    "the review tab": lambda context: context.own_tabs.replace(_tab(), ROWS),
    "a new review tab": lambda context: context.own_tabs.replace(_tab("New"), ROWS),
    "a form's answers": lambda context: context.forms.read(
        context.chapter.forms[0],
        context.chapter.columns_of(context.chapter.forms[0].holds),
        context.today,
    ),
    "the ballot form": lambda context: context.ballot_forms.live(BALLOT).prefilled("Ballot code"),
    "who can open it": lambda context: context.drive.access(BALLOT),
    "and a workbook": lambda context: context.drive.access(WORKBOOK, is_workbook=True),
    "the ballots": lambda context: context.ballot_forms.arrived(BallotSource(form=BALLOT)),
    "the ballots of a tab": lambda context: context.ballot_forms.arrived(SHEET),
    "building a form": _build,
    "the audience's name": lambda context: context.audience.name(),
    "who else is told of it": lambda context: context.onlookers.told(),
    "the account": lambda context: context.account.account(),
    "its domains": lambda context: context.account.domains(),
    "the audience's settings": lambda context: context.account.settings(),
    "a census": lambda context: context.audience.census(),
    "all contacts": lambda context: context.audience.read(),
    "the merge fields": lambda context: context.audience.merge_fields(),
    "making merge fields": lambda context: _other(context).prepare(),
    "a batch of changes": _changes,
    "a segment": lambda context: context.audience.fill_segment("clerk: a segment", [THERE]),
    "an empty segment": lambda context: context.audience.fill_segment("clerk: empty", []),
    "leaving segments": lambda context: context.audience.leave_segments([LEAVER], "clerk: "),
    "erasing for good": lambda context: context.audience.delete_permanently(GONE),
    "writing codes": lambda context: context.codes_field().fill({THERE: Code("ABCDEFGH")}),
    "who has a code": lambda context: context.codes_field().holders(),
    "taking codes off": lambda context: context.codes_field().clear(),
    "making a campaign": lambda context: context.campaigns.create(
        "clerk: a letter", "Hello", context.audience.segment("clerk: a segment"), SINCE
    ),
    "its words": lambda context: context.campaigns.fill(_drafted(context), WORDS),
    "whom it goes to": lambda context: context.campaigns.make_sure(
        _drafted(context), context.audience.segment("clerk: a segment"), 1, context.now()
    ),
    "a test letter": lambda context: context.campaigns.send_test(_drafted(context), THERE),
    "sending": lambda context: context.campaigns.send(_drafted(context)),
    "taking a campaign away": lambda context: context.campaigns.delete(_drafted(context)),
}  # fmt: skip
"""In the order in which they are made."""


@dataclass
class Played:
    """One call: what it asked, and what the services truly said."""

    call: Call
    said: dict[tuple[str, str], list[Body]] = field(repr=False)

    def requests(self) -> list[tuple[str, str]]:
        """Method and path of each kind of request, the token's left out."""
        return [key for key in self.said if not key[1].endswith("/token")]

    def again(
        self, context: ChapterContext, instead: Callable[[tuple[str, str], Body], Body]
    ) -> object:
        """Make the call again; `instead` says what comes instead of an answer."""
        for knowing in ("audience", "onlookers", "campaigns"):
            context.__dict__.pop(knowing, None)  # each call finds out by itself what is there
        asked: dict[tuple[str, str], int] = {}

        def send(
            adapter: HTTPAdapter, request: requests.PreparedRequest, **_: Any
        ) -> requests.Response:
            key = request.method or "", unquote(urlsplit(request.url or "").path)
            bodies = self.said.get(key, [(404, b"<h1>nobody asked this before</h1>")])
            number = asked[key] = asked.get(key, -1) + 1
            response = requests.Response()
            response.request, response.url = request, request.url or ""
            body = bodies[min(number, len(bodies) - 1)]
            response.status_code, response._content = instead(key, body)
            response._content_consumed = True
            return response

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(HTTPAdapter, "send", send)
            return self.call(context)


def play(poll: Poll) -> Iterator[tuple[str, Played]]:
    """Make every call once, undisturbed, in the order of `CALLS`."""
    town, sandbox = poll.town, poll.town.sandbox
    sandbox.google.add_form("empty", "Untitled form")
    rows: list[list[Any]] = [["Timestamp", "Ballot code", "Mayor"], [46114.5, "ABCD", "Ada Park"]]
    sandbox.google.add_workbook("answers", "Answers", {SHEET.tab: rows})
    poll.answers("ABCDEFGH", {"Mayor [Ada Park]": "1st"})
    for name, call in CALLS.items():
        sandbox.reset()
        with town.context() as context:
            call(context)
        said: dict[tuple[str, str], list[Body]] = {}
        for exchange in sandbox.journal:
            said.setdefault(_key(exchange), []).append((exchange.status or 0, exchange.response))
        yield name, Played(call, said)


def _key(exchange: Exchange) -> tuple[str, str]:
    where = f"/google/{exchange.host}" if exchange.service == "google" else "/mailchimp"
    return exchange.method, where + exchange.path
