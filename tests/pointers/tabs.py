"""What people do to whole tabs: a form that is linked anew, an event that a partner ran."""

from collections.abc import Generator
from datetime import timedelta

from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import WORKBOOK, address_of, name_of, serial
from tests.pointers.night import Evening, Truth
from tests.pointers.scene import Rows, Said

scene = Rows("tabs")
Acts = Generator[None, Said, Truth | None]


@scene(
    "people signed in on a tab that is not read",
    r"; later events have none: \d{4}-\d\d-\d\d Book night",
    r"or enter the sign-ins",
    "who signed in elsewhere has the event, and nobody has lost one",
)
def unread_tab(at: Evening) -> Acts:
    google = at.town.sandbox.google
    day = at.day_of(at.town.rows("Events")[-1][0]) + timedelta(days=6)
    with at.tab("Events") as rows:
        rows.append([serial(day), "Book night", "forum", "", "", "", ""])
    header = list(at.town.rows("Sign-ins")[0])
    answer = [serial(day) + 0.8, "Book night", address_of(8), name_of(8)]
    google.workbooks[WORKBOOK].tabs.append(Tab("Form Responses 2", [header, answer], 77))
    google.wrote(google.workbooks[WORKBOOK])
    yield
    with at.tab("Sign-ins") as rows:
        rows.append(answer)
    expected = at.truth()
    new = {*expected[address_of(8)][1]} - {*at.before[address_of(8)][1]}
    assert [one[11:] for one in new] == ["Book night"]
    assert {**expected, address_of(8): 0} == {**at.before, address_of(8): 0}
    return expected


@scene(
    "a partner ran what people volunteered for, and nobody said whether it gives the vote",
    r"people volunteered at this event, but a partner ran it; is it enough for",
    r"if it is, write yes under “Counts”",
    "who volunteered is a voting member by it, once it says yes, and nobody before",
)
def partner_ran_it(at: Evening) -> Acts:
    day = at.day_of(at.town.rows("Sign-ins")[31][0]) + timedelta(days=1)
    with at.tab("Events") as rows:
        rows.append([serial(day), "Joint canvass", "volunteer activity", "", "", "Riders", ""])
    with at.tab("Sign-ins") as rows:
        rows.append([serial(day) + 0.5, "Joint canvass", address_of(8), name_of(8)])
    voted = at.before[address_of(8)][0]
    yield
    assert at.truth()[address_of(8)][0] != "Voting member" or voted == "Voting member"
    with at.tab("Events") as rows:
        rows[-1][3] = "yes"
    expected = at.truth()
    assert expected[address_of(8)][0] == "Voting member"
    assert {**expected, address_of(8): 0} == {**at.before, address_of(8): 0}
    return expected


@scene(
    "a partner ran what people volunteered for, and it does not give the vote",
    r"people volunteered at this event, but a partner ran it; is it enough for",
    r"if not, write “as an event”",
    "it is an event among others for whoever volunteered, as before",
)
def partners_own(at: Evening) -> Acts:
    day = at.day_of(at.town.rows("Sign-ins")[31][0]) + timedelta(days=1)
    with at.tab("Events") as rows:
        rows.append([serial(day), "Joint canvass", "volunteer activity", "", "", "Riders", ""])
    with at.tab("Sign-ins") as rows:
        rows.append([serial(day) + 0.5, "Joint canvass", address_of(8), name_of(8)])
    with at.tab("Volunteering") as rows:
        rows.append([serial(day), "Joint canvass", address_of(9), name_of(9)])
    waiting = at.truth()
    found = yield
    with at.tab("Events") as rows:
        rows[-1][3] = found.next_step.rpartition("write “")[2].partition("”")[0]
    return waiting
