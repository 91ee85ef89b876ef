"""What a page names by an id or a command, it explains; numbers can be called."""

from flows.web.render import dialed
from flows.web.rules import ruled
from tests.flows.web.ballots import HERE, VoteDesk
from tests.flows.web.desk import DeskClient, words


def test_a_rule_that_is_named_carries_its_sentence() -> None:
    said = ruled("no ballot marks this race (EN-R12) <b>")
    assert 'href="/rules#EN-R12" title="A contest that no one marked decides nothing.' in said
    assert said.endswith(">EN-R12</a>) &lt;b&gt;")
    assert ruled("XX-9 and A-1") == "XX-9 and A-1"


def test_each_rule_can_be_looked_up(desk: DeskClient) -> None:
    said = desk.sign_in().text("/rules")
    assert "EN-9 Voting is open at least 5 days, ideally 10." in said


def test_what_officers_cannot_do_says_who_can(desk: DeskClient) -> None:
    said = words(desk.sign_in().get("/votes/none"))
    assert "create it with `clerk election new none`" in said
    assert "A command or a settings file is for whoever runs the program" in said


def test_a_number_can_be_called_by_a_touch(vote: VoteDesk) -> None:
    assert 'class="phone" href="tel:' in vote.desk.get(f"{HERE}/calls").text
    assert dialed("(617) 555-0100 ext. 12") == "6175550100"
    assert dialed("+1 617 555 0100") == "+16175550100"
