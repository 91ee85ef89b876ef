"""Settings from the environment, under their names of before too."""

from collections.abc import Mapping
from typing import Any

from pydantic_settings import BaseSettings, EnvSettingsSource

from connectors.files.old_names import renewed, tell
from models.old_names import CHAPTER, both_given, notice

_WHERE = "the environment"


class Environment(EnvSettingsSource):
    """The variables `CLERK_…`. Where one holds a table as JSON, its keys may be old ones too."""

    def __init__(self, settings: type[BaseSettings]) -> None:
        super().__init__(settings)
        self.env_vars = _renewed(self.env_vars)

    def __call__(self) -> dict[str, Any]:
        """Return what is set."""
        return renewed(super().__call__(), CHAPTER, _WHERE)


def _renewed(variables: Mapping[str, str | None]) -> dict[str, str | None]:
    """The same variables under their new names; the library has all names in lowercase."""
    found, used = dict(variables), list[tuple[str, str]]()
    for one in CHAPTER:
        old, new = ("clerk_" + "__".join((*one.table, name)) for name in (one.old, one.new))
        for name in [n for n in found if n == old or n.startswith(f"{old}__")]:
            now = new + name.removeprefix(old)
            pair = name.upper(), now.upper()
            if now in found:
                raise both_given(f"{_WHERE}: {' and '.join(pair)}")
            found[now] = found.pop(name)
            used.append(pair)
    tell(notice(_WHERE, used))
    return found
