"""A voter's code: unguessable, easy to type, and it says nothing of who holds it (BA-1).

It is an HMAC of the election's secret, the election's name and the voter's id in the ledger, never
of an address. Its 23 letters and digits leave out all that look alike and all vowels. Twelve
symbols, the last of them a check: in arithmetic modulo a prime with a weight of its own for each
place, one mistyped symbol or two exchanged ones never pass.
"""

import hashlib
import hmac
import re

from models.ballots.received import Code
from models.intake.people import PersonId
from models.unmask import reveal

ALPHABET = "23456789CDFHJKMNPRTVWXY"
"""Without 0 O Q, 1 I L, 2's Z, 5's S, 6's G, 8's B, V's U, and the vowels that make words."""
LENGTH = 12
TEST_VOTER = PersonId("test")
"""Whose code goes out with a test letter; nobody holds it."""
_PAYLOAD = 23 ** (LENGTH - 1)


def code_for(secret: bytes, election: str, voter: PersonId) -> Code:
    """The code of a voter in an election: 49 bits that only the secret's holder can tell."""
    digest = hmac.digest(secret, f"{election}\0{voter}".encode(), hashlib.sha256)
    rest, values = int.from_bytes(digest) % _PAYLOAD, []
    for _ in range(LENGTH - 1):
        rest, value = divmod(rest, len(ALPHABET))
        values.append(value)
    # The weight of the last place is LENGTH; its inverse solves the check for zero.
    open_sum = sum(place * value for place, value in enumerate(values, start=1))
    values.append(-open_sum * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET))
    return Code("".join(ALPHABET[value] for value in values))


def secret_digest(secret: bytes) -> str:
    """What the record holds of an election's secret: 32 bytes of chance, which nobody can guess."""
    return "sha256:" + hashlib.sha256(secret).hexdigest()


def is_well_formed(code: Code) -> bool:
    """Whether a code could be one of ours; if not, somebody mistyped it."""
    text = reveal(code)
    if len(text) != LENGTH or set(text) - set(ALPHABET):
        return False
    values = enumerate(map(ALPHABET.index, text), start=1)
    return sum(place * value for place, value in values) % len(ALPHABET) == 0


def looks_like_one(typed: str) -> bool:
    """Whether a code was perhaps meant: about as long, with a digit in it; no number, no word."""
    tidy = re.sub(r"[^0-9A-Z]", "", typed.upper())
    digits = sum(map(str.isdigit, tidy))
    near = abs(len(tidy) - LENGTH) < 4 and 0 < digits < len(tidy)
    return near or (bool(tidy) and is_well_formed(Code(tidy)))


def is_one_error_from(code: Code, typed: Code) -> bool:
    """Whether one typing error makes the one of the other (BA-8).

    That is one symbol wrong, missing or too many, or two neighbours exchanged.
    """
    short, long = sorted((reveal(code), reveal(typed)), key=len)
    if len(long) - len(short) == 1:
        return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    if len(long) != len(short):
        return False
    match [place for place in range(len(long)) if short[place] != long[place]]:
        case [_]:
            return True
        case [one, next_to_it] if next_to_it == one + 1:
            return short[one : one + 2] == long[one : one + 2][::-1]
        case _:
            return False


def written(code: Code) -> str:
    """The code as it is read and typed: XXXX-XXXX-XXXX."""
    text = reveal(code)
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
