"""What alerts tell the committee's chat, phones and mail: counts, and nobody (DP-3, EN-13).

Every byte that the stand-ins got is searched for each person of the chapter, and until the result
is published for each contest and candidate. The lines of the file of addresses are searched for in
every file of the chapter, and in all that was said.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.alerts import telling
from flows.service.due_steps import run_due_steps
from flows.views.election import status
from models.errors import ClerkError
from tests.conftest import Clock
from tests.connectors.alerts.inbox import Inbox, mail, web
from tests.elections.polls import COUNTS, NAME, Poll, ranks
from tests.elections.test_ties import BALLOTS
from tests.flows.test_alerts import emptied
from tests.privacy.canaries import Canary, Search, letters

RACES_SAY = ("ada park", "bea stone", "cy rivers", "mayor", "endors", " tie", "ranked", "mayr")


@pytest.fixture
def word() -> str:
    """What each line of the file of addresses holds."""
    return letters(16)


@pytest.fixture
def inboxes() -> Iterator[list[Inbox]]:
    with ExitStack() as opened:
        yield [opened.enter_context(one()) for one in (web, web, mail)]


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path, word: str, inboxes: list[Inbox]) -> Poll:
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", people=12)
    phone, chat, box = inboxes
    file = poll.town.folder / "secrets" / "alerts"
    file.write_text(
        f"ntfy://{word}:{word}@127.0.0.1:{phone.port}/{word}\n"
        f"mmost://127.0.0.1:{chat.port}/{word}\n"
        f"mailto://{word}@example.org@127.0.0.1:{box.port}/{word}@example.org\n"
    )
    file.chmod(0o600)
    poll.town.rewrite("[network]", '[alerts]\nfile = "secrets/alerts"\n\n[network]')
    return poll


def strike(poll: Poll, said: list[str], *, night: bool = False) -> None:
    with poll.context() as context:
        try:
            run_due_steps(context, said.append, night=night)
        except ClerkError as fault:
            said.append(str(fault))


def test_a_chapter_s_worst_weeks_tell_of_nobody(
    poll: Poll, inboxes: list[Inbox], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    poll.opened()
    strike(poll, said, night=True)
    with emptied(poll.town):
        poll.clock.go(days=1)
        strike(poll, said, night=True)
    poll.form.accepting = False
    poll.form.items[1]["title"] = "Mayr of the City"
    poll.clock.go(days=2)
    strike(poll, said)
    poll.form.accepting = True
    poll.form.items[1]["title"] = "Mayor"
    for address, ranked in zip(sorted(poll.invited()), BALLOTS, strict=False):
        poll.votes(address, ranks(*ranked))
    inboxes[1].status = 404
    poll.clock.at = COUNTS + timedelta(minutes=30)
    strike(poll, said)
    with poll.context() as context:
        said.append(telling.tell_waiting(context))
        said.append(str(status(context, NAME)))
    said.append(capsys.readouterr().out)
    told = "\n".join(text for inbox in inboxes for text in inbox.texts())
    for known in (
        "safety limit stopped",
        "did not take place",
        "does not accept responses",
        "waits for a",
    ):
        assert known in told
    sent = b"\n".join(raw for inbox in inboxes for raw in inbox.raw) + told.encode()
    for member in poll.town.audience.members.values():
        assert member.email_address.encode() not in sent.lower()
        for name in ("FNAME", "LNAME"):
            if held := str(member.merge_fields.get(name) or ""):
                assert held.casefold().encode() not in told.casefold().encode().split(), name
    for one in RACES_SAY:
        assert one.encode() not in sent.lower().replace(b"=\r\n", b""), one
    _no_line(poll, said, word)


def _no_line(poll: Poll, said: list[str], word: str) -> None:
    """No part of an address in a file of the chapter, or in what was said."""
    search = Search([Canary("line", word, f"{word}@example.org")])
    hits = search.files(poll.town.folder) | search.bytes("said", "\n".join(said).encode())
    assert {hit.place for hit in hits} == {"file secrets/alerts"}
    with poll.town.ledger() as ledger:
        assert word not in (ledger.note("told alerts") or "") + (
            ledger.note("trouble of the officers' news") or ""
        )
    assert any("line 2 (mmost)" in line for line in said)
