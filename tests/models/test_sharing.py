"""Who can open a file, read off Drive's permissions (DP-7)."""

import pytest

from models.mail.sharing import Access, Grant, Reach, access_of

OWNER, CLERK = Grant("user", "owner"), Grant("user", "writer")


@pytest.mark.parametrize(
    ("grant", "reach", "editing"),
    [
        (Grant("anyone", "reader"), Reach.LINK, False),
        (Grant("anyone", "commenter"), Reach.LINK, False),
        (Grant("anyone", "writer"), Reach.LINK, True),
        (Grant("anyone", "reader", findable=True), Reach.PUBLIC, False),
        (Grant("domain", "reader"), Reach.ORGANISATION, False),
        (Grant("domain", "writer", findable=True), Reach.ORGANISATION, True),
    ],
    ids=lambda value: str(value) if isinstance(value, Grant) else "",
)
def test_a_file_is_open_when_somebody_can_open_it_whom_nobody_named(
    grant: Grant, reach: Reach, editing: bool
) -> None:
    access = access_of([OWNER, CLERK, grant])
    assert access == Access(editors=2, open_to=reach, open_for_editing=editing)
    assert access.is_open


def test_named_people_and_groups_are_counted_by_what_they_may_do() -> None:
    grants = [Grant("user", "reader"), Grant("group", "writer"), Grant("group", "commenter")]
    access = access_of([OWNER, CLERK, *grants, Grant("user", "organizer")])
    assert access == Access(editors=4, viewers=2, groups=2)
    assert not access.is_open


def test_of_several_ways_in_the_widest_is_told() -> None:
    ways = [Grant("domain", "writer"), Grant("anyone", "reader", findable=True)]
    for order in (ways, ways[::-1]):
        assert access_of(order).open_to is Reach.PUBLIC


@pytest.mark.parametrize(
    ("answering", "who"),
    [((), None), (("user",), None), (("domain", "user"), Reach.ORGANISATION),
     (("domain", "anyone"), Reach.LINK)],
)  # fmt: skip
def test_who_may_answer_a_form_opens_nothing(answering: tuple[str, ...], who: Reach | None) -> None:
    asked = [Grant(kind, "reader", view="published") for kind in answering]
    assert access_of([OWNER, *asked]) == Access(editors=1, answers=who)
