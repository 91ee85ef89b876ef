"""A correction says what the sheets have, and is carried out only if it changes that (ST-3)."""

import pytest

from flows.nightly.people import facts_on_record
from flows.privacy import person
from flows.requests import deciding
from flows.requests.corrections import is_at
from flows.requests.queue import request_called
from flows.views.requests import at_the_event, next_steps
from models.errors import Refused
from models.intake.participation import Event
from models.year.request_queue import RequestState
from tests.flows.test_requests import ANN, OFFICER, ask, asking, bring, held
from tests.flows.town import Town

__all__ = ["asking"]


def an_event(town: Town, *, attended: bool) -> Event:
    """One of the Events tab that took place, at which Ann was or was not."""
    with town.context() as context:
        facts = facts_on_record(context)
        who = person.find(context, ANN).person
        past = [e for e in facts.events if e.day <= facts.today and not e.of_the_log]
        return next(one for one in past if is_at(facts, who, one) is attended)


@pytest.mark.parametrize("attended", [True, False])
def test_what_would_change_nothing_is_refused_and_the_other_is_carried_out(
    asking: Town, attended: bool
) -> None:
    event = an_event(asking, attended=attended)
    ask(asking, ANN, "correct my attendance", str(event))
    bring(asking)
    with asking.context() as context:
        one, facts = request_called(context, 1), facts_on_record(context)
        there = "have" if attended else "do not have"
        assert at_the_event(one, facts) == f"The sheets {there} this person at “{event}”."
        with pytest.raises(Refused, match="nothing would change") as refused:
            deciding.accept(context, 1, OFFICER, stayed_away=not attended)
        assert ("--stayed-away" in refused.value.next_step) is attended
        assert deciding.accept(context, 1, OFFICER, stayed_away=attended).ended
    asking.night()
    with asking.context() as context:
        facts, who = facts_on_record(context), person.find(context, ANN).person
        assert is_at(facts, who, event) is not attended


def test_an_answer_that_carries_nothing_out_says_what_became_of_it(asking: Town) -> None:
    ask(asking, ANN, "correct my attendance", "the meeting in spring")
    bring(asking)
    with asking.context() as context:
        one, facts = request_called(context, 1), facts_on_record(context)
        assert at_the_event(one, facts).startswith("Which event it means is not clear")
        assert any("--stayed-away" in step for step in next_steps(one))
        with pytest.raises(Refused, match="carries nothing out") as refused:
            deciding.end(context, 1, RequestState.ANSWERED, " ", OFFICER)
        assert "clerk requests accept 1" in refused.value.next_step
        with pytest.raises(Refused, match="no text"):
            deciding.end(context, 1, RequestState.ANSWERED, "so \udcff", OFFICER)
        assert held(asking).waits
        deciding.end(context, 1, RequestState.ANSWERED, "You were counted already.", OFFICER)
    assert held(asking).state is RequestState.ANSWERED
