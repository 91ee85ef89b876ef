"""What Drive answers of who can open a file; nobody's name or address is asked for."""

from typing import Literal

from pydantic import Field

from connectors.net.responses import Answer


class Permission(Answer):
    """One of Drive's permissions on a file."""

    type: str
    role: str
    view: str = ""
    findable: bool = Field(False, alias="allowFileDiscovery")


class Permissions(Answer):
    """Some of a file's permissions, and where there are more.

    Every file has an owner's permission, or a shared drive's. A list without any is only the rest
    of a longer one.
    """

    kind: Literal["drive#permissionList"]
    permissions: tuple[Permission, ...] = ()
    next: str = Field("", alias="nextPageToken")

    @property
    def size(self) -> int:
        return len(self.permissions)


class Revision(Answer):
    """A state of a file that Drive keeps; nothing but whether it was published is asked."""

    published: bool = False


class Revisions(Answer):
    """Some of a file's revisions, and where there are more; the newest come last."""

    kind: Literal["drive#revisionList"]
    revisions: tuple[Revision, ...] = ()
    next: str = Field("", alias="nextPageToken")

    @property
    def size(self) -> int:
        return len(self.revisions)
