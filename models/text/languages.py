"""The languages that the chapter speaks to its members in: pages, letters, forms."""

from typing import Final, Literal

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")
