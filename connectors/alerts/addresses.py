"""The file of addresses: one a line, each an exit that is known before anything is sent."""

from collections.abc import Iterator

from pydantic import SecretStr

from connectors.alerts.schemes import SCHEMES, Target, fault_of, found
from models.errors import FixTheSettings

WHERE = "chapter.toml [alerts] file"
MOST = 10
"""Addresses: each may be waited for, and a chat or a mailing list reaches many."""
_LONGEST, _LAST_PORT, _SUBMISSIONS = 1000, 65535, 465


def read(text: str) -> tuple[Target, ...]:
    """The addresses of a file, in its order; empty lines and those that begin with # say nothing.

    Raises:
        FixTheSettings: all that is wrong in it, by line; no word of a line that could be secret.
    """
    targets: list[Target] = []
    faults: list[str] = []
    known: dict[str, int] = {}
    for number, line in _lines(text):
        target = _target(number, line)
        if isinstance(target, str):
            faults.append(f"line {number}: {target}")
        elif line in known:
            faults.append(f"line {number}: the same as line {known[line]}")
        else:
            targets.append(target)
        known.setdefault(line, number)
    if len(targets) > MOST:
        faults.append(f"{len(targets)} addresses, and {MOST} is the most")
    if faults:
        raise FixTheSettings(
            "; ".join(faults),
            where=WHERE,
            rule="DP-3",
            next_step=f"known are {', '.join(SCHEMES)}; docs/alerts.md shows how each is written",
        )
    return tuple(targets)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if (said := line.strip()) and not said.startswith("#"):
            yield number, said


def _target(number: int, line: str) -> Target | str:
    """An address, or what is wrong with it."""
    if len(line) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    if (of := found(line)) is None:
        return fault_of(line)
    name, match, here = of
    scheme, parts = SCHEMES[name], match.groupdict()
    port = int(parts.pop("port", None) or scheme.port)
    if port > _LAST_PORT:
        return f"a port is at most {_LAST_PORT}"
    return Target(
        line=number,
        scheme=name.removesuffix("s") if here else name,
        host=(parts.pop("host", None) or scheme.host).casefold(),
        port=port,
        parts={part: SecretStr(said) for part, said in parts.items() if said},
        address=SecretStr(line),
    )


def is_under_tls_at_once(target: Target) -> bool:
    """Whether a mail server speaks TLS from the first byte, as at port 465; else by STARTTLS."""
    return target.port == _SUBMISSIONS
