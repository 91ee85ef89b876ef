"""Write down this version's moments: `python -m tests.earlier`, before the ledger's schema changes.

The file is named after the schema, and stays as it is from then on.
"""

import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.ledger.database import HEAD
from connectors.sandbox.server import Sandbox
from connectors.settings import load_chapter
from flows.privacy.backup import backup
from tests.conftest import Clock
from tests.earlier import moments, story


def main() -> None:
    """Play the story, and keep each moment of it."""
    clock, file = Clock(), Path(__file__).with_name(f"r{HEAD}.tar.xz")
    with TemporaryDirectory() as folder, Sandbox(now=clock) as sandbox:
        top = Path(folder)
        poll = story.found(sandbox, clock, top / "chapter")
        for name, step in story.STEPS:
            step(poll)
            moments.save(poll, top / "kept" / name)
        chapter = load_chapter(poll.town.folder)
        backup(chapter, top / "kept" / "published" / "chapter.clerk-backup", clock)
        with tarfile.open(file, "w:xz") as archive:
            archive.add(top / "kept", ".")
    print(f"{file.name}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
