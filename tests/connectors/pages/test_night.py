"""The page of the nightly job."""

from datetime import date

from connectors.pages.night import NightPage, night_page
from models.membership.voting_status import Status


def test_days_and_numbers_are_written_as_people_write_them() -> None:
    statuses = {Status.VOTING: 1204, Status.ONE_AWAY: 2310, Status.NOT_YET: 20_000}
    nights = [NightPage(date(2027, 3, day), statuses, {"added": 1100}) for day in (3, 4)]
    page = night_page("JP Progressives", nights, [])
    assert "voter roll on March 4, 2027" in page
    assert "<h1>1,204 people" in page
    assert "2,310 are one event away. 20,000 are not voting members" in page
    assert '<th scope="col">March 3, 2027</th>' in page
    assert page.count("<td>1,100</td>") == 2


def test_the_same_in_spanish_links_to_the_other() -> None:
    statuses = {Status.VOTING: 1, Status.ONE_AWAY: 12}
    changes = {"subscribe": 3, "add tag clerk: voting member": 1, "letter voting-member": 1}
    night = NightPage(date(2027, 3, 4), statuses, changes)
    english, spanish = (
        night_page("JP Progressives", [night], [], language, ("en", "es"))
        for language in ("en", "es")
    )
    assert "<h1>1 person can vote" in english
    assert 'href="night.es.html"' in english
    assert "<h1>1 persona tiene derecho a voto" in spanish
    assert "Padrón al 4 de marzo de 2027" in spanish
    assert "contactos agregados" in spanish
    assert "etiqueta agregada: clerk: voting member" in spanish
    assert 'href="night.html"' in spanish


def test_one_language_links_to_none() -> None:
    night = NightPage(date(2027, 3, 4), {Status.VOTING: 1}, {})
    assert "night.es.html" not in night_page("JP Progressives", [night], [])
