"""The inbox: emails as they look, whose links never leave the rehearsal."""

from datetime import timedelta

import pytest

from connectors.sandbox.invented import LIST, address_of, name_of
from connectors.sandbox.mailchimp.letters import Draft, Letter
from flows.rehearsal.pages.inbox import PAGE, who
from flows.rehearsal.pages.links import Leads, led
from tests.flows.rehearsal.pages.world import Pages
from tests.flows.web.desk import words
from tests.flows.web.walk import Parts

LEADS = Leads("https://votes.example.org/", "http://127.0.0.1:8765")
DRAFT = Draft("Hello *|FNAME|*", '<p>Dear *|FNAME|*</p><a href="*|UNSUB|*">leave</a>', "Dear")


def letter(pages: Pages, number: int, draft: Draft = DRAFT, minutes: int = 0) -> Letter:
    """An email to an invented person."""
    at = pages.world.clock.now() + timedelta(minutes=minutes)
    values = {"FNAME": name_of(number).split()[0], "UNSUB": unsubscribe(pages, number)}
    made = Letter("c1", "clerk: test", address_of(number), at, draft, values)
    pages.world.sandbox.mailchimp.outbox.append(made)
    return made


def unsubscribe(pages: Pages, number: int) -> str:
    member = pages.world.town.member(address_of(number))
    return f"https://sandbox.example.org/unsubscribe?u={member.id}&c=c1"


def test_the_newest_is_first_and_new_until_it_is_opened(pages: Pages) -> None:
    letter(pages, 1)
    letter(pages, 2, minutes=5)
    said = pages.text("/inbox")
    assert said.index(name_of(2), said.index("2 emails")) < said.index(
        name_of(1), said.index("2 emails")
    )
    assert said.count(" New ") == 2
    assert f"Hello {name_of(1).split()[0]}" in pages.text("/inbox/members/0")
    assert pages.text("/inbox").count(" New ") == 1
    assert "1 email is unread" in pages.text("/")


def test_one_persons_emails_are_shown_by_themselves(pages: Pages) -> None:
    letter(pages, 1)
    letter(pages, 2)
    said = pages.text(f"/inbox?member={who(address_of(1))}")
    assert "1 email" in said
    assert f"Hello {name_of(1).split()[0]}" in said
    assert f"Hello {name_of(2).split()[0]}" not in said


def test_what_officers_are_sent_is_there_too(pages: Pages) -> None:
    sent = Letter("c", "t", "officers@example.org", pages.world.clock.now(), DRAFT)
    pages.world.sandbox.mailchimp.test_outbox.append(sent)
    assert "The officers New" in pages.text("/inbox")
    assert pages.get("/inbox/officers/0").ok


def test_many_emails_have_pages(pages: Pages) -> None:
    for _ in range(PAGE + 1):
        letter(pages, 1)
    assert "Page 1 of 2" in pages.text("/inbox")
    assert "Before Page 2 of 2" in pages.text("/inbox?page=2")


def test_an_email_is_shown_in_a_frame_that_may_do_nothing(pages: Pages) -> None:
    letter(pages, 1)
    frame = next(had for tag, had in Parts(pages.get("/inbox/members/0").text).tags
                 if tag == "iframe")  # fmt: skip
    assert frame["sandbox"] == "allow-top-navigation-by-user-activation"
    answer = pages.get(frame["src"])
    assert f"Dear {name_of(1).split()[0]}" in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; ")
    assert policy.endswith("sandbox allow-top-navigation-by-user-activation")


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://docs.google.com/forms/d/e/ballot/viewform?usp=pp_url&entry.26=AB-CD",
         "/forms/ballot?usp=pp_url&entry.26=AB-CD"),
        ("http://127.0.0.1:99/forms/d/e/ballot/viewform", "/forms/ballot"),
        ("https://votes.example.org/spring/", "/published/spring/"),
        ("https://votes.example.org/spring/index.es.html", "/published/spring/index.es.html"),
        ("https://sandbox.example.org/unsubscribe?u=1&c=2", "/unsubscribe?u=1&c=2"),
        ("http://127.0.0.1:8765/published/x/", "/published/x/"),
        ("http://127.0.0.1:8765", "/"),
        ("https://votes.example.organization/", None),
        ("http://127.0.0.1:87651/", None),
        ("https://rivertown.example.org/about?a=1&b=2", None),
        ("mailto:hello@example.org", None),
        ("javascript:alert(1)", None),
        ("//evil.example.org", None),
        ("https://[", None),
        ("#part", "#part"),
    ],
)  # fmt: skip
def test_every_link_leads_within_the_rehearsal(link: str, path: str | None) -> None:
    found = LEADS.path(link)
    if path is None:
        assert found.startswith("/elsewhere?to=")
    else:
        assert found == path


HOSTILE = """<!doctype html><base href="https://a.example"><meta http-equiv="refresh" content="0">
<script>alert("<a href='x'>")</script><form action="https://a.example"><style>p > a { x }</style>
<a target="_blank" href=https://a.example/unquoted>1</a><A HREF='https://a.example?a=1&amp;b=2'>2</A>
<map><area href="https://a.example/area"/></map><p title="a &amp; b">&copy; &#233; 1 < 2</p>
<iframe src="https://a.example"></iframe><a name="x">3</a><a href="https://a.example/cut"""


def test_an_email_of_any_kind_leads_nowhere_else() -> None:
    shown = led(HOSTILE, LEADS)
    tags = Parts(shown).tags
    assert {tag for tag, _ in tags} == {"style", "a", "map", "area", "p"}
    hrefs = [had["href"] for _, had in tags if "href" in had]
    assert len(hrefs) >= 3
    assert all(href.startswith("/elsewhere?to=https%3A%2F%2Fa.example") for href in hrefs)
    assert {had["target"] for _, had in tags if "href" in had} == {"_top"}
    assert "b%3D2" in hrefs[1]
    assert "alert" not in shown
    assert '<p title="a &amp; b">&copy; &#233; 1 < 2</p>' in shown
    assert "p > a { x }" in shown


def test_a_link_out_of_the_rehearsal_is_told_and_not_followed(pages: Pages) -> None:
    said = pages.text("/elsewhere?to=https://rivertown.example.org/about")
    assert "https://rivertown.example.org/about" in said
    assert "opens nothing outside this computer" in said
    links = [
        had.get("href", "") for _, had in Parts(pages.get("/elsewhere?to=https://a.b").text).tags
    ]
    assert "https://a.b" not in links


def test_somebody_leaves_the_list_by_the_link_of_their_email(pages: Pages) -> None:
    letter(pages, 1)
    tags = Parts(pages.get("/inbox/members/0/email").text).tags
    link = next(had["href"] for _, had in tags if "href" in had)
    assert pages.world.town.member(address_of(1)).status == "subscribed"
    shown = Parts(pages.get(link).text)
    answer = pages.post("/unsubscribe", shown.forms[-1].hidden)
    assert f"{address_of(1)} left the mailing list." in words(answer)
    member = pages.world.town.audience.members[pages.world.town.member(address_of(1)).id]
    assert (member.status, member.sealed) == ("unsubscribed", True)
    assert pages.world.sandbox.mailchimp.lists[LIST] is pages.world.town.audience


@pytest.mark.parametrize(
    "path", ["/inbox/members/0", "/inbox/members/x", "/inbox/none/0", "/unsubscribe?u=x"]
)
def test_what_is_not_there_says_so(pages: Pages, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 409
    assert "The inbox lists the emails that are there" in words(answer)
