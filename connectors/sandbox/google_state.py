"""The Google half's state."""

from typing import Any


class GoogleState:
    def load(self, data: dict[str, Any]) -> None: ...

    def dump(self) -> dict[str, Any]:
        return {}
