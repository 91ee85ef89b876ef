"""Who can open a file of the chapter's, by Drive's own permissions (DP-7).

Reads: of each permission its kind, its role, and what view it is for. Whose it is, is not asked.
Of a workbook's revisions: whether one is published to the web, which no permission tells.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from connectors.google.drive_answers import Permissions, Revisions
from connectors.google.hosts import DRIVE_FILE
from connectors.google.paging import pages
from connectors.net.retries import RetryPolicy
from models.mail.sharing import ANSWERING, Access, Grant, access_of

if TYPE_CHECKING:
    from connectors.google.client import GoogleClient

WANTED = {
    "fields": "kind,nextPageToken,permissions(type,role,view,allowFileDiscovery)",
    "includePermissionsForView": ANSWERING,
    "supportsAllDrives": "true",
}
"""Who may answer a form is a view of its own, which Drive tells only when it is asked for."""


REVISIONS = {"fields": "kind,nextPageToken,revisions(published)", "pageSize": "1000"}
A = TypeVar("A", Permissions, Revisions)


class Drive:
    """The calls to Drive that are about people."""

    def __init__(self, client: "GoogleClient", patience: RetryPolicy) -> None:
        self._client, self._again = client, patience

    def access(self, file_id: str, *, is_workbook: bool = False) -> Access:
        """Who can open a workbook or form; a form is not published to the web as a workbook can be.

        Raises:
            MayNotShare: Drive tells it to those alone who may share the file.
            FixTheSettings: there is no such file, or it is not shared with us.
        """
        grants = [
            Grant(one.type, one.role, one.view, one.findable)
            for page in self._pages(Permissions, file_id, "permissions", WANTED)
            for one in page.permissions
        ]
        return access_of(grants, published=is_workbook and self._is_published(file_id))

    def _is_published(self, file_id: str) -> bool:
        found = self._pages(Revisions, file_id, "revisions", REVISIONS)
        return any(one.published for page in found for one in page.revisions)

    def _pages(
        self, kind: type[A], file_id: str, what: str, wanted: Mapping[str, str]
    ) -> Iterator[A]:
        def ask(asked: Mapping[str, str]) -> A:
            page: A = self._again(
                self._client.get, kind, f"{DRIVE_FILE}{quote(file_id, safe='')}/{what}", asked
            )
            return page

        return pages(ask, wanted, "Google Drive")
