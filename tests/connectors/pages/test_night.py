"""The page of the nightly job."""

from datetime import date

from connectors.pages.night import NightPage, night_page


def test_days_and_numbers_are_written_as_people_write_them() -> None:
    statuses = {"voting member": 1204, "one event away": 2310, "not yet": 20_000}
    nights = [NightPage(date(2027, 3, day), statuses, {"added": 1100}) for day in (3, 4)]
    page = night_page("JP Progressives", nights, [])
    assert "voter roll on March 4, 2027" in page
    assert "<h1>1,204 people" in page
    assert "2,310 are one event away. 20,000 need more" in page
    assert '<th scope="col">March 3, 2027</th>' in page
    assert page.count("<td>1,100</td>") == 2
