"""The call for proposals: to each voting member once, with a code that only they have (SC-7)."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import FORM as SIGN_IN
from flows import context as desks
from flows.cli.main import app
from flows.committee.proposals import judged
from flows.service.due_steps import run_night
from flows.votes.emails.call_for_proposals import look
from flows.votes.history import sentence
from models.errors import FixTheSettings
from models.votes.events import ProposalsCalled
from tests.elections.test_commands import told
from tests.flows.town import Town

FORM, TAG = "proposals-form", "CLPROPOSE"
CALL = "call-for-proposals"
Clerk = Callable[..., str]


@pytest.fixture
def clerk(town: Town, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A command on a chapter with a form for proposals, after a night."""
    form = town.sandbox.google.add_form(FORM, "Propose a priority")
    for title in ("Email address", "Proposal", "Code"):
        form.add_text(title)
    holds = f'[[forms]]\nid = "{FORM}"\nholds = "proposals"\n\n'
    town.rewrite(f'[[forms]]\nid = "{SIGN_IN}"', f'{holds}[[forms]]\nid = "{SIGN_IN}"')
    night(town)
    opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
    monkeypatch.setattr(opening, "__defaults__", (town.clock,))

    def run(*words: str) -> str:
        return told(CliRunner().invoke(app, [*words, "--chapter", str(town.folder)]))

    return run


def night(town: Town) -> None:
    with town.context() as context:
        run_night(context, lambda _: None)


def fingerprint(town: Town) -> str:
    with town.context() as context:
        return look(context).fingerprint


def called(town: Town) -> dict[str, str]:
    """Address → the code in its email."""
    outbox = town.sandbox.mailchimp.outbox
    return {one.to: one.values[TAG] for one in outbox if "clerk: proposals" in one.title}


def proposes(town: Town, address: str, text: str, code: str) -> None:
    form = town.sandbox.google.forms[FORM]
    ids = [question["questionId"] for question in form.questions()]
    form.submit(dict(zip(ids, (address, text, code), strict=True)), town.clock())


def test_it_is_looked_at_with_its_text_and_how_many_it_goes_to(town: Town, clerk: Clerk) -> None:
    said = clerk(CALL)
    assert "What should we work on in 2026?" in said
    assert "entry." in said
    assert f"--approve {fingerprint(town)}" in said
    assert called(town) == {}


def test_each_voting_member_gets_one_with_a_code_of_their_own(town: Town, clerk: Clerk) -> None:
    with town.context() as context:
        wanted = len(look(context).to)
    said = clerk(CALL, "--approve", fingerprint(town), "--by", "Thea")
    assert said == f"Sent to {wanted} voting members.\n"
    codes = called(town)
    assert len(codes) == len(set(codes.values())) == wanted > 3
    assert f"was sent to {wanted} voting members" in clerk(CALL)
    again = clerk(CALL, "--approve", fingerprint(town), "--by", "Thea")
    assert "was already sent" in again
    assert called(town) == codes
    with town.ledger() as ledger:
        (line,) = ledger.votes.lines("")
    assert (line.who, line.event) == ("Thea", ProposalsCalled(year=2026, people=wanted))
    assert sentence(line.event) == "sent the call for proposals"


def test_its_links_are_never_tracked(town: Town, clerk: Clerk) -> None:
    """DP-8"""
    file = town.folder / "chapter.toml"
    file.write_text(file.read_text() + "\n[emails]\ntracking = true\n")
    clerk(CALL, "--approve", fingerprint(town), "--by", "Thea")
    (campaign,) = (
        one
        for one in town.sandbox.mailchimp.campaigns.values()
        if one.settings["title"].startswith("clerk: proposals")
    )
    assert not any(campaign.tracking.get(one) for one in ("opens", "html_clicks", "text_clicks"))


def test_what_comes_back_by_the_link_counts_and_by_anothers_link_is_asked(
    town: Town, clerk: Clerk
) -> None:
    clerk(CALL, "--approve", fingerprint(town), "--by", "Thea")
    (ann, hers), (ben, _), *_ = sorted(called(town).items())
    proposes(town, ann, "Rents", hers)
    proposes(town, ben, "Trees", hers)
    night(town)
    with town.context() as context:
        found = judged(context)
    assert found.numbered == {1: "Rents"}
    assert [one.reason for one in found.review] == ["the code is not this member's"]


def test_a_night_passes_it_by(town: Town, clerk: Clerk) -> None:
    with town.context() as context:
        context.ledger.mailings.begin_named("proposals 2026", context.today)
    night(town)
    assert called(town) == {}
    clerk(CALL, "--approve", fingerprint(town), "--by", "Thea")
    assert called(town), "what was begun is brought to its end"


def test_a_broken_try_sends_nobody_a_second_one(
    town: Town, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from connectors.ledger.mailings import Mailings

    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("the power went out")

    with monkeypatch.context() as broken:
        broken.setattr(Mailings, "settle", dies)
        with pytest.raises(RuntimeError, match="power"):
            clerk(CALL, "--approve", fingerprint(town), "--by", "Thea")
    before = len([one for one in town.sandbox.mailchimp.outbox if "clerk: prop" in one.title])
    assert before
    assert "Sent to" in clerk(CALL, "--approve", fingerprint(town), "--by", "Thea")
    after = [one for one in town.sandbox.mailchimp.outbox if "clerk: prop" in one.title]
    assert len(after) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--approve", "000000000000", "--by", "Thea"), "the approval names 000000000000"),
        (("--approve", "000000000000"), "only a named officer can send it"),
    ],
)
def test_only_what_a_named_officer_looked_at_is_sent(
    town: Town, clerk: Clerk, options: tuple[str, ...], said: str
) -> None:
    assert said in clerk(CALL, *options)
    assert called(town) == {}


def test_a_form_without_the_code_is_refused(town: Town, clerk: Clerk) -> None:
    town.sandbox.google.forms[FORM].items.pop()
    with (
        town.context() as context,
        pytest.raises(FixTheSettings, match="does not ask for the code"),
    ):
        look(context)


def test_a_chapter_without_a_form_is_told_what_to_add(town: Town) -> None:
    with town.context() as context, pytest.raises(FixTheSettings, match="no form for proposals"):
        look(context)
