"""Requests follow every night that was applied, whatever came between the two (ST-3)."""

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from connectors.mailchimp import Audience
from connectors.sandbox.invented import FORM
from flows.requests import deciding
from flows.requests.nightly import bring_on, is_due
from flows.tabs.keep import after_a_night, at_a_strike
from flows.votes.lifecycle import sync_first
from models.errors import TryAgainLater
from models.privacy import Email
from models.year.request_queue import RequestState, RequestTold
from tests.flows.test_requests import ANN, BEN, ask, asking, bring, code, held, mail, queue
from tests.flows.town import Town

__all__ = ("asking",)


def days_later(town: Town, days: int) -> Callable[[], datetime]:
    """The town's clock, so many days on."""
    start = town.clock
    return lambda: start() + timedelta(days=days)


def strike(town: Town) -> None:
    with town.context() as context:
        at_a_strike(context, lambda _: None)


def test_a_google_form_is_read_like_a_tab(town: Town) -> None:
    """The receipt's code comes back by the same form, from whoever can read the mailbox."""
    sign_ins = f'[[forms]]\nid = "{FORM}"'
    town.rewrite(sign_ins, f'[[forms]]\nid = "ask-us"\nholds = "requests"\n\n{sign_ins}')
    form = town.sandbox.google.add_form("ask-us", "Ask us")
    address, kind, code_ = map(form.add_text, ("Email address", "Request", "Code"))
    town.night()
    form.submit({address: ANN, kind: "my status"}, town.clock())
    form.submit({address: BEN, kind: "see my data"}, town.clock() + timedelta(minutes=1))
    bring(town)
    assert mail(town) == [(ANN, "request 1 status"), (BEN, "request 2 receipt")]
    town.clock.go(days=1)  # type: ignore[attr-defined]  # the tests' clock
    form.submit({address: BEN, kind: "see my data", code_: code(town, 2)}, town.clock())
    bring(town)
    assert held(town, 2).state is RequestState.PROVED


def test_what_another_job_kept_from_being_taken_in_the_next_strike_takes_in(asking: Town) -> None:
    ask(asking, ANN, "my status")
    night = asking.night()
    with asking.ledger() as another, another.alone(), asking.context() as context:
        after_a_night(context, pytest.fail, night)
    assert queue(asking) == []
    strike(asking)
    assert mail(asking) == [(ANN, "request 1 status")]


def test_requests_follow_a_night_whose_job_died_once_and_no_strike_does_it_again(
    asking: Town,
) -> None:
    ask(asking, ANN, "my status")
    asking.night()
    with asking.context() as context:
        assert is_due(context)
    strike(asking)
    assert held(asking).state is RequestState.ANSWERED
    with asking.context() as context:
        assert not is_due(context)


def test_a_strike_tries_no_request_that_is_left_alone_for_now(asking: Town) -> None:
    ask(asking, ANN, "my status")
    asking.sandbox.faults.matching("POST", r"/campaigns$", "503-html")
    night = asking.night()
    with asking.context() as context:
        after_a_night(context, lambda _: None, night)
    for _ in range(2):
        strike(asking)
    tried = len(asking.sandbox.requests(writes_only=True))
    strike(asking)
    assert len(asking.sandbox.requests(writes_only=True)) == tried


def test_a_code_that_the_night_before_an_opening_read_counts_in_a_quiet_night(
    asking: Town,
) -> None:
    """DP-6: a code that came in time is no wrong one because a vote was opened in between."""
    ask(asking, ANN, "see my data")
    bring(asking)
    *before, last_day, next_day = [days_later(asking, days) for days in (4, 5, 7, 8)]
    for asking.clock in before:  # what April brings by itself
        bring(asking)
    asking.clock = last_day
    ask(asking, ANN, "see my data", None, None, code(asking))
    with asking.context() as context:
        sync_first(context)
    asking.clock = next_day
    night = asking.night()
    assert night.is_quiet
    with asking.context() as context:
        bring_on(context, night)
    assert held(asking).state is RequestState.PROVED


def test_a_quiet_night_after_one_whose_requests_went_on_judges_nobody(
    asking: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        bring(asking)
    night = asking.night()
    assert night.is_quiet
    monkeypatch.setattr("flows.requests.nightly.take_in", pytest.fail)
    with asking.context() as context:
        bring_on(context, night)
        assert not is_due(context)


def test_codes_nobody_waits_for_leave_the_list_though_an_email_is_kept_back(asking: Town) -> None:
    """DP-6"""
    ask(asking, BEN, "see my data")
    bring(asking)
    right = code(asking)
    assert asking.member(BEN).merge_fields["CLPROOF"] != ""
    with asking.context() as context:
        deciding.prove(context, 1, right, "Thea")
    ask(asking, ANN, "my status")
    asking.sandbox.faults.matching("POST", r"/campaigns$", "503-html")
    with pytest.raises(TryAgainLater):
        bring(asking)
    assert asking.member(BEN).merge_fields["CLPROOF"] == ""


def segments(town: Town) -> list[str]:
    """Those at the mailing list that would say who asked."""
    names = (one.name for one in town.audience.segments.values() if "request" in one.name)
    return [name.rpartition(" ")[0] for name in names]


def test_the_segment_of_an_email_that_reached_nobody_goes(
    asking: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DP-5"""
    filled = Audience.fill_segment

    def takes_nobody(
        audience: Audience, name: str, boxes: Collection[Email]
    ) -> tuple[int, set[Email]]:
        return filled(audience, name, boxes)[0], set(boxes)

    ask(asking, ANN, "my status")
    monkeypatch.setattr(Audience, "fill_segment", takes_nobody)
    bring(asking)
    assert (held(asking).told, mail(asking)) == (RequestTold.UNREACHED, [])
    assert (segments(asking), held(asking).segments) == ([], ())


def test_the_segment_of_an_email_that_somebody_stopped_goes_with_its_campaign(
    asking: Town,
) -> None:
    """Not before: a campaign without its segment might go to everybody."""
    ask(asking, ANN, "my status")
    asking.sandbox.faults.matching("POST", r"/actions/send$", "503-html")
    with pytest.raises(TryAgainLater):
        bring(asking)
    asking.sandbox.faults.clear()
    campaigns = asking.sandbox.mailchimp.campaigns
    ((key, campaign),) = [one for one in campaigns.items() if "request" in one[1].settings["title"]]
    campaign.status = "paused"
    bring(asking)
    assert held(asking).told is RequestTold.UNREACHED
    assert segments(asking) == ["clerk: request 1 status"]
    del campaigns[key]
    bring(asking)
    assert (segments(asking), held(asking).segments) == ([], ())


def test_the_segment_of_an_email_that_is_kept_back_stays_until_it_is_out(asking: Town) -> None:
    """Its campaign may be there though Mailchimp did not say so."""
    ask(asking, ANN, "my status")
    asking.sandbox.faults.matching("POST", r"/campaigns$", "503-html")
    with pytest.raises(TryAgainLater):
        bring(asking)
    assert segments(asking) == ["clerk: request 1 status"]
    asking.sandbox.faults.clear()
    bring(asking)
    assert mail(asking) == [(ANN, "request 1 status")]
    bring(asking)
    assert segments(asking) == []


@contextmanager
def restored_after(town: Town, where: Path) -> Iterator[None]:
    """What the block writes to the ledger is lost; what it sends is out."""
    shutil.copytree(town.folder / "ledger", where)
    yield
    shutil.rmtree(town.folder / "ledger")
    shutil.copytree(where, town.folder / "ledger")


def test_a_code_that_is_out_still_fits_after_a_restore(asking: Town, tmp_path: Path) -> None:
    """DP-6"""
    ask(asking, ANN, "see my data")
    with restored_after(asking, tmp_path / "backup"):
        bring(asking)
        mailed = code(asking)
    bring(asking)
    assert mail(asking) == [(ANN, "request 1 receipt")]
    assert code(asking) == mailed


def test_a_number_that_a_restore_gives_again_answers_whoever_has_it_now(
    asking: Town, tmp_path: Path
) -> None:
    """ST-3"""
    ask(asking, ANN, "my status")
    with restored_after(asking, tmp_path / "backup"):
        bring(asking)
    with asking.edit("Requests") as rows:
        del rows[1:]
    ask(asking, BEN, "my status")
    bring(asking)
    assert mail(asking) == [(ANN, "request 1 status"), (BEN, "request 1 status")]


def test_requests_go_by_what_the_night_found_of_people(
    asking: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is matched a second time for them."""
    ask(asking, ANN, "my status")
    night = asking.night()
    monkeypatch.setattr("flows.nightly.facts.gather", lambda *_: pytest.fail("matched again"))
    with asking.context() as context:
        bring_on(context, night)
    assert mail(asking) == [(ANN, "request 1 status")]
