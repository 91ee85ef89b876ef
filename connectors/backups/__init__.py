"""The file that `clerk backup` writes: a chapter's ledger and texts, each with its digest.

contents   what a backup may hold
at_top     which files beside `chapter.toml` a backup holds
container  the form of a backup
earlier    backups of the version before
texts      a chapter's texts as a backup takes them along
"""

from connectors.backups.container import Backup, Sealing, damaged, no_backup, pack, unpack
from connectors.backups.contents import ABOUT, LEDGER
from connectors.backups.earlier import unpack_earlier, wrote_earlier
from connectors.backups.texts import put_back, refuse_links, texts_of

__all__ = [
    "ABOUT",
    "LEDGER",
    "Backup",
    "Sealing",
    "damaged",
    "no_backup",
    "pack",
    "put_back",
    "read",
    "refuse_links",
    "texts_of",
]


def read(content: bytes, seal: Sealing | None, where: str) -> Backup:
    """Everything that a backup holds, after all of it was checked.

    Args:
        seal: of the ledger's key, if one is set.
        where: the file, for messages.

    Raises:
        FixTheData: it is no backup, is damaged, or holds what no backup does; at which place.
        FixTheSettings: it is sealed, and the key is missing or another one.
    """
    if wrote_earlier(content):
        return unpack_earlier(content, seal, where)
    return unpack(content, seal, where)
