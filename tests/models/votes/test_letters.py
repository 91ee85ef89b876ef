"""Every letter of a vote has one text, and a text of before means what it meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import FixTheData
from models.votes.notices import (
    Announcement,
    CancellationNews,
    ExtensionNews,
    Invitation,
    RaceNews,
    Reminder,
    TellersReport,
    VoteLetter,
    WithdrawalNews,
    known_letter,
    vote_letter,
)

numbers = st.integers(1, 10**6)
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
letters = st.one_of(
    st.builds(Invitation, st.none() | numbers),
    st.builds(Reminder, numbers),
    st.builds(ExtensionNews, numbers),
    st.builds(Announcement, st.lists(slugs, max_size=3).map(tuple)),
    st.builds(TellersReport),
    st.builds(RaceNews, numbers),
    st.builds(WithdrawalNews, numbers),
    st.builds(CancellationNews),
)
OF_BEFORE: tuple[tuple[str, VoteLetter], ...] = (
    ("invitation", Invitation()),
    ("invitation 17", Invitation(added_by=17)),
    ("reminder 2", Reminder(2)),
    ("extension 1", ExtensionNews(1)),
    ("announcement to all", Announcement()),
    ("announcement question-6", Announcement(("question-6",))),
    ("announcement question-6+question-7", Announcement(("question-6", "question-7"))),
    ("tellers' report", TellersReport()),
    ("cancelled race 14", RaceNews(14)),
    ("withdrawn candidate 15", WithdrawalNews(15)),
    ("cancellation", CancellationNews()),
)


@given(letters)
def test_a_letters_text_means_that_letter(letter: VoteLetter) -> None:
    assert vote_letter(str(letter)) == letter


@given(letters, letters)
def test_two_letters_never_share_a_text(one: VoteLetter, two: VoteLetter) -> None:
    assert (str(one) == str(two)) == (one == two)


@pytest.mark.parametrize(("text", "letter"), OF_BEFORE)
def test_the_texts_stay_as_they_are(text: str, letter: VoteLetter) -> None:
    """Of letters on their way: their rows, segments and titles are found by them."""
    assert vote_letter(text) == letter
    assert str(letter) == text


@pytest.mark.parametrize(
    "text", ["", "clean-up", "invitation 0", "reminder", "reminder two", "reminder 2 ", "people"]
)
def test_what_is_no_letter_is_told_without_repeating_it(text: str) -> None:
    assert known_letter(text) is None
    with pytest.raises(FixTheData, match="does not know") as said:
        vote_letter(text)
    assert not text or text not in said.value.args[0]
