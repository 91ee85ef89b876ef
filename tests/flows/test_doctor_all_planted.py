"""An account and workbooks set wrong in more than twelve ways: one run of doctor tells them all.

Each fix followed, the next run finds nothing, and the first night and its letters go out.
"""

import pytest

from connectors.mailchimp import CODE_TAG
from connectors.sandbox.google.workbook import EXCEL, SERVICE_ACCOUNT, SHEET, Tab
from connectors.sandbox.invented import FORM, WORKBOOK
from connectors.sandbox.mailchimp.state import Domain, MergeField
from flows.doctor import Check, examine
from tests.flows.test_doctor_planted import SENDER
from tests.flows.test_own_fields import fill_up
from tests.flows.town import MARKS, Town

MORE = """
[[workbooks]]
id = "excel"
volunteers = "Help"

[[workbooks]]
id = "charts"
volunteers = "Help"

[[workbooks]]
id = "nowhere"
event_tabs = "Door"
"""

SAID = {
    "Mailchimp account": [
        (
            "role “author”",
            "create a key as the account's owner, an admin, or a manager: Account,",
        )
    ],
    "email sender": [(f"the domain {SENDER} is not verified", "Domains")],
    "postal address in emails": [("lacks the street and the city", "fill in")],
    "merge fields": [
        (f"{MARKS.events} is a number", "another tag"),
        (f"{CODE_TAG} is a drop-down", "another tag"),
        ("30 of 30 fields are used", "delete"),
    ],
    f"spreadsheet {WORKBOOK}: who can open it": [
        ("open to everyone who has the link", "Restricted")
    ],
    f"spreadsheet {WORKBOOK}: tabs and headers": [("no tab “Volunteering”", "rename the tab")],
    f"spreadsheet {WORKBOOK}: review tab": [("is protected", "Protect sheets and ranges")],
    "spreadsheet excel: tabs and headers": [("an Excel file", "Save as Google Sheets")],
    "spreadsheet charts: tabs and headers": [("“Help” has no rows: it is a chart", "chapter.toml")],
    "spreadsheet nowhere: tabs and headers": [("time zone", "File, Settings, Time zone")],
    f"form {FORM}: questions": [("is not shared with the service account", "share it with")],
}
"""By check, what is said, and words of the fix."""


@pytest.fixture
def planted(town: Town) -> Town:
    """A chapter on its first evening, with everything wrong that somebody can set wrong."""
    mailchimp, audience, google = town.sandbox.mailchimp, town.audience, town.sandbox.google
    mailchimp.role = "author"
    mailchimp.domains = {SENDER: Domain(verified=False)}
    audience.contact |= {"address1": "", "city": ""}
    audience.fields[50] = MergeField(50, MARKS.events, "Events", "number")
    audience.fields[51] = MergeField(51, CODE_TAG, "Code", "dropdown", options={"choices": ["A"]})
    fill_up(town, 30)
    ours = google.workbooks[WORKBOOK]
    ours.grants.append({"type": "anyone", "role": "reader"})
    ours.tab("Volunteering").title = "Volunteers"
    ours.tabs.append(Tab("Clerk – needs review", [], 77))
    ours.tab("Clerk – needs review").protect("owner@example.org")
    google.add_workbook("excel", "Old list", {"Help": [["x"]]}, mime_type=EXCEL)
    google.add_workbook("charts", "Charts", {})
    google.workbooks["charts"].tabs.append(Tab("Help", [], 7, {"sheetType": "OBJECT"}))
    signed = [["Email address"], ["ann@example.org"]]
    google.add_workbook("nowhere", "Far away", {"Door": signed}, time_zone="Nowhere/Land")
    google.forms[FORM].shared_with.clear()
    settings = town.folder / "chapter.toml"
    settings.write_text(settings.read_text().replace("[[forms]]", f"{MORE}\n[[forms]]"))
    return town


def wrong(town: Town) -> dict[str, Check]:
    """What one run of doctor has to say, each with the reason that it tells itself."""
    return {one.what: one for one in examine(town.folder) if not (one.fine or one.same_as)}


def test_one_run_tells_all_of_it_and_each_fix_leaves_nothing_for_the_first_night(
    planted: Town,
) -> None:
    told = wrong(planted)
    assert sorted(told) == sorted(SAID)
    for what, facts in SAID.items():
        for fact, fix in facts:
            assert fact in told[what].found
            assert fix in told[what].next_step
    assert sum(map(len, SAID.values())) >= 12
    assert planted.writes() == []

    mailchimp, audience, google = (
        planted.sandbox.mailchimp,
        planted.audience,
        planted.sandbox.google,
    )
    mailchimp.role, mailchimp.domains[SENDER] = "manager", Domain()
    audience.contact |= {"address1": "1 Centre Street", "city": "Boston"}
    for number in (50, 51, max(audience.fields), max(audience.fields) - 1):
        del audience.fields[number]
    ours = google.workbooks[WORKBOOK]
    ours.grants.clear()
    ours.tab("Volunteers").title = "Volunteering"
    ours.tab("Clerk – needs review").protected.clear()
    google.workbooks["excel"].mime_type = SHEET
    google.workbooks["excel"].tab("Help").rows[:] = [["Date", "Activity", "Email address"]]
    planted.rewrite('id = "charts"\nvolunteers = "Help"', 'id = "charts"')
    google.workbooks["nowhere"].time_zone = "America/New_York"
    google.forms[FORM].shared_with.add(SERVICE_ACCOUNT)
    assert wrong(planted) == {}
    planted.night(tell_everyone=True)
    assert planted.letters()
