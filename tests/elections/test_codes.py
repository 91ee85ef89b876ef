"""A voter's code: unguessable, easy to type, silent about its holder (BA-1)."""

from hypothesis import given
from hypothesis import strategies as st

from models.ballots.received import Code
from models.intake.people import PersonId
from models.unmask import reveal
from models.votes.codes import ALPHABET, LENGTH, code_for, is_well_formed, written

SECRET = b"s" * 32
VOTERS = [PersonId(f"p-{number}") for number in range(2000)]
CODE = reveal(code_for(SECRET, "spring", VOTERS[0]))


def test_the_alphabet_is_a_prime_and_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == 23
    for pair in ("0O", "1I", "1L", "2Z", "5S", "6G", "8B", "UV"):
        assert len(set(pair) & set(ALPHABET)) <= 1


def test_every_voter_election_and_secret_has_another_code() -> None:
    codes = {code_for(SECRET, "spring", voter) for voter in VOTERS}
    codes |= {code_for(SECRET, "autumn", voter) for voter in VOTERS}
    codes |= {code_for(b"t" * 32, "spring", voter) for voter in VOTERS}
    assert len(codes) == 3 * len(VOTERS)
    assert all(is_well_formed(code) for code in codes)


def test_a_code_is_the_same_whenever_it_is_made() -> None:
    assert reveal(code_for(SECRET, "spring", VOTERS[0])) == CODE


def test_one_wrong_symbol_is_always_noticed() -> None:
    for place in range(LENGTH):
        for other in set(ALPHABET) - {CODE[place]}:
            assert not is_well_formed(Code(CODE[:place] + other + CODE[place + 1 :]))


def test_two_exchanged_symbols_are_always_noticed() -> None:
    for one in range(LENGTH):
        for two in range(one):
            typed = list(CODE)
            typed[one], typed[two] = typed[two], typed[one]
            assert is_well_formed(Code("".join(typed))) == (CODE[one] == CODE[two])


@given(st.text(max_size=30))
def test_anything_typed_is_judged_and_nothing_breaks(typed: str) -> None:
    try:
        code = Code.parse(typed)
    except ValueError:
        return
    assert is_well_formed(code) in (True, False)


def test_it_is_written_in_groups_and_read_however_it_is_typed() -> None:
    code = Code(CODE)
    assert written(code) == f"{CODE[:4]}-{CODE[4:8]}-{CODE[8:]}"
    for typed in (written(code), written(code).lower(), f" {CODE[:6]} {CODE[6:]} "):
        assert Code.parse(typed) == code
