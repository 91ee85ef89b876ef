"""Whose a chapter's folder is, and becoming them: no chapter's job can read another's (ST-1)."""

import os
import pwd
import stat
from pathlib import Path
from typing import NamedTuple

from models.errors import FixTheSettings
from models.privacy import redact_addresses
from models.state.directory import ServedChapter

ROOT = 0


class Account(NamedTuple):
    """An account of this machine, by its numbers."""

    uid: int
    gid: int
    name: str


def owner_of(folder: Path, chapter: ServedChapter) -> Account:
    """The account that a chapter's jobs run as: the one its folder belongs to.

    Raises:
        FixTheSettings: there is no such folder, it is root's or another account's than
            `chapters.toml` says, or it is another's and we are not root; or we are, and its
            account is none of this computer's or in root's group.
    """
    where = f"chapters.toml, chapter “{chapter.key}”"
    shown = redact_addresses(str(folder))
    try:
        facts = folder.lstat()
    except OSError:
        facts = None
    if facts is None or not stat.S_ISDIR(facts.st_mode):
        raise FixTheSettings(
            f"there is no folder {shown} on this computer",
            where=where,
            rule="ST-1",
            next_step="put the chapter's folder there, or name the computer that has it as its "
            "`machine`",
        )
    owner = _named(facts.st_uid)
    if chapter.user and owner.name != chapter.user:
        raise FixTheSettings(
            f"its folder belongs to {owner.name}, not to {chapter.user}",
            where=where,
            rule="ST-1",
            next_step=f"chown -R {chapter.user}: {shown}, or correct `user`",
        )
    if os.geteuid() == ROOT and owner.uid == ROOT:
        raise FixTheSettings(
            "its folder belongs to root, and no chapter's job runs as root",
            where=where,
            rule="ST-1",
            next_step=f"make an account for the chapter, then: chown -R ACCOUNT: {shown}",
        )
    if os.geteuid() == ROOT and owner.gid == ROOT:
        raise FixTheSettings(
            f"its folder belongs to {owner.name}, which is in root's group or is no account of "
            "this computer, and no chapter's job runs in root's group",
            where=where,
            rule="ST-1",
            next_step=f"make an account with a group of its own, then: chown -R ACCOUNT: {shown}",
        )
    if os.geteuid() not in (ROOT, owner.uid):
        raise FixTheSettings(
            f"its folder belongs to {owner.name}, and this worker cannot become another account",
            where=where,
            rule="ST-1",
            next_step="run the worker as root, which gives that up in each job, or a worker for "
            "each account",
        )
    return owner


def _named(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:  # the folder's group may be anybody's, so it is not taken
        return Account(uid, ROOT, f"account {uid}")
    return Account(uid, found.pw_gid, found.pw_name)


def become(account: Account) -> None:
    """Be an account from here on, without a way back and without any group but its own.

    Raises:
        PermissionError: it cannot be; nothing of that account may be read then.
    """
    if os.geteuid() == ROOT:
        if ROOT in (account.uid, account.gid):
            raise PermissionError("no job is root's, or in its group")
        os.setgroups([])
        os.setresgid(account.gid, account.gid, account.gid)
        os.setresuid(account.uid, account.uid, account.uid)
    if os.getresuid() != (account.uid,) * 3 or account.uid == ROOT:
        raise PermissionError("this process is not that account's")
