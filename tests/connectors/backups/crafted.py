"""Backups that `clerk backup` does not write: of the version before, and with anything in them."""

import io
import json
import random
import tarfile
from collections.abc import Callable, Iterable
from hashlib import sha256

from connectors.ledger import Cipher

LEDGER = {"ledger.sqlite": b"SQLite format 3\0" + bytes(200)}
MEMBERS = {
    "about.json": b'{"chapter": "Rivertown"}',
    **LEDGER,
    "chapter.toml": b'name = "Rivertown"\n',
    "elections/spring/election.toml": "title = “Ñ”\n".encode(),
    "emails/voting-member/body.html": b"<p>Welcome</p>\n",
    "letters/voting-member/body.html": b"<p>Welcome</p>\n",
}


def flipped(content: bytes, bit: int) -> bytes:
    """The same but for one bit."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def some_bits(content: bytes, many: int, seed: int) -> Iterable[int]:
    """Random places, the same ones every time."""
    return random.Random(seed).choices(range(len(content) * 8), k=many)  # noqa: S311


def claimed(entries: Iterable[tuple[str, bytes]], sizes: dict[str, int] | None = None) -> bytes:
    """A backup of today's form with any names, whose digests are all right."""
    held = list(entries)
    manifest = json.dumps({"members": [
        {"name": name, "size": (sizes or {}).get(name, len(content)),
         "sha256": sha256(content).hexdigest()}
        for name, content in held
    ]}).encode()  # fmt: skip
    digest = sha256(manifest).hexdigest().encode()
    files = b"".join(content for _, content in held)
    return b"clerk backup 2\n" + digest + b"\n" + manifest + b"\n" + files


def earlier(members: Iterable[tuple[str, bytes]], key: str = "") -> bytes:
    """A backup as the version before wrote it."""
    return archive(*(regular(name, content) for name, content in members), key=key)


Entry = tuple[tarfile.TarInfo, bytes]


def archive(*entries: Entry, key: str = "") -> bytes:
    """A backup of the version before with any entries."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        for info, content in entries:
            packed.addfile(info, io.BytesIO(content))
    if key:
        return b"clerk backup, sealed\n" + Cipher(key).close(out.getvalue())
    return b"clerk backup\n" + out.getvalue()


def regular(name: str, content: bytes = b"") -> Entry:
    """A file."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    return info, content


def other(name: str, kind: bytes, target: str = "") -> Entry:
    """Something else than a file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


_OUTSIDERS: dict[str, str] = {
    "a secret": "secrets/google.json",
    "a secret among the texts": "letters/../secrets/google.json",
    "Prefect's folder": "prefect/prefect.db",
    "a log of SQLite": "ledger.sqlite-wal",
    "Python": "letters/x.py",
    "Python at the top": "sitecustomize.py",
    "a path file": "elections/x.pth",
    "a library": "elections/x.so",
    "a folder up": "../chapter.toml",
    "a folder up from a text": "elections/../../x.toml",
    "the root": "/etc/x.toml",
    "no name": "",
    "an empty part": "elections//x.toml",
    "this folder": "elections/./x.toml",
    "another folder": "docs/x.txt",
}

PASSED: dict[str, str] = {
    "a name without an ending": "elections/README",
    "minutes": "elections/spring/minutes.docx",
    "minutes of another office": "elections/spring/minutes.ODT",
    "a phone's photo": "elections/spring/booth.heic",
    "what Windows leaves": "elections/Thumbs.db",
    "an editor's old copy": "letters/voting-member/body.html.bak",
    "a time": "elections/spring/minutes 19:00.pdf",
    "a backslash": "elections/..\\x.toml",
    "a drive": "elections/c:x.toml",
    "a control character": "elections/\x1b[2Jx.toml",
    "a long name": "elections/" + "x" * 300 + ".txt",
    "a deep name": "elections/" + "x/" * 20 + "x.txt",
    "a hidden file at the top": ".env.toml",
    "Prefect's settings": "prefect.toml",
    "Prefect's settings, in capitals": "Prefect.toml",
    "settings of Python's tools": "pyproject.toml",
    "settings that nothing of ours reads": "mise.toml",
}
"""Names that are no backup's; the version before packed such files, and they are passed over."""

OUTSIDERS = {
    "today": _OUTSIDERS | PASSED,
    "before": _OUTSIDERS,
}
"""Names that are no backup's: one with them is refused whole. By the form's age."""

TWINS: dict[str, tuple[str, str]] = {
    "twice": ("chapter.toml", "chapter.toml"),
    "twice the ledger": ("ledger.sqlite", "ledger.sqlite"),
    "by case": ("elections/a.txt", "elections/A.txt"),
    "by the case of a folder": ("elections/a/1.txt", "elections/A/2.txt"),
    "by accents": ("elections/\u00e9.txt", "elections/e\u0301.txt"),
    "a file that is a folder": ("elections/a.txt", "elections/a.txt/b.txt"),
    "a folder that is a file": ("elections/a.txt/b.txt", "elections/a.txt"),
}
"""Names that cannot stand beside each other."""

LINKS: dict[str, Callable[[], Entry]] = {
    "a link elsewhere": lambda: other("secrets/x.toml", tarfile.SYMTYPE, "/etc/passwd"),
    "a link up": lambda: other("elections/../x.toml", tarfile.SYMTYPE, "/etc/passwd"),
    "a link for the ledger": lambda: other("ledger.sqlite", tarfile.SYMTYPE, "/etc/passwd"),
    "a link as Python": lambda: other("elections/x.py", tarfile.SYMTYPE, "/etc/passwd"),
    "a device": lambda: other("elections/x.toml", tarfile.CHRTYPE),
    "a disk": lambda: other("elections/x.toml", tarfile.BLKTYPE),
    "a pipe": lambda: other("elections/x.toml", tarfile.FIFOTYPE),
    "a folder of secrets": lambda: other("secrets", tarfile.DIRTYPE),
    "a folder up": lambda: other("elections/..", tarfile.DIRTYPE),
}
"""What else an archive can hold."""

PASSED_LINKS: dict[str, Callable[[], Entry]] = {
    "a link": lambda: other("elections/x.toml", tarfile.SYMTYPE, "/etc/passwd"),
    "a link as a folder": lambda: other("elections", tarfile.SYMTYPE, "/etc"),
    "a link at the top": lambda: other("committee.toml", tarfile.SYMTYPE, "/etc/passwd"),
    "a hard link": lambda: other("elections/x.toml", tarfile.LNKTYPE, "ledger.sqlite"),
}
"""Links that lay in a chapter's folder when the version before packed it."""
