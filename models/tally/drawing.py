"""A lot that anybody can draw again (EN-R5): from a text published before, nothing else decides.

The seed should be something nobody can choose, named before it is known: the state lottery's
numbers of a coming evening, for instance.
"""

import hashlib
from collections.abc import Iterable


def pick(tied: Iterable[str], seed: str) -> str:
    """Whom the lot falls on: the least of sha256(seed, line break, name) in hexadecimal."""
    return min(tied, key=lambda name: hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest())
