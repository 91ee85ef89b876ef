"""What a night's result rests on beside what was read: settings, bylaws, program, notes, record."""

import hashlib
import hmac
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

import connectors
import flows
import models
from flows.context import ChapterContext
from flows.mail.near import directory_of


def rests_on(context: ChapterContext, notes: Iterable[str]) -> str:
    """What a night's result rests on beside the sources, the mailing list, and the ledger's people.

    Args:
        notes: the names of those notes of the ledger that it goes by.

    A keyed digest: nothing can be guessed back from it.
    """
    noted = [context.ledger.note(name) for name in notes]
    # Where the folder lies decides nothing: what a night reads in it is asked about by itself.
    settings = context.chapter.model_copy(update={"folder": Path()})
    own = _plain(context.bylaws), _plain(directory_of(context))
    texts = [_PROGRAM, _plain(settings), *own, repr(noted), context.ledger.quiet.last_result()]
    said = "\n".join(texts).encode()
    return hmac.digest(context.ledger.key, said, hashlib.sha256).hex()


def _plain(value: Any) -> str:
    """A value as text, the same in every process: a set has no order of its own."""
    if isinstance(value, BaseModel):
        inner = ((name, getattr(value, name)) for name in type(value).model_fields)
        return f"{type(value).__name__}({', '.join(f'{n}={_plain(v)}' for n, v in inner)})"
    if isinstance(value, Mapping):
        return str(sorted((_plain(key), _plain(one)) for key, one in value.items()))
    if isinstance(value, set | frozenset):
        return str(sorted(map(_plain, value)))
    if isinstance(value, tuple | list):
        return str([*map(_plain, value)])
    return repr(value)


def _files() -> Iterator[str]:
    for package in (models, connectors, flows):
        yield from _inside(str(Path(str(package.__file__)).parent), "")


def _inside(folder: str, under: str) -> Iterator[str]:
    """Each file of ours, its size, and when it was written; `rglob` takes five times as long."""
    with os.scandir(folder) as found:
        for one in sorted(found, key=lambda each: each.name):
            name = f"{under}/{one.name}"
            if one.name.endswith((".py", ".toml")):
                known = one.stat()
                yield f"{name} {known.st_size} {known.st_mtime_ns}"
            elif one.is_dir(follow_symlinks=False) and one.name != "__pycache__":
                yield from _inside(one.path, name)


_PROGRAM = f"{sys.version}\n" + "\n".join(_files())
"""This program as it was when it was loaded: another may judge otherwise."""
