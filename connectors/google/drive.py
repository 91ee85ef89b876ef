"""Who can open a file of the chapter's, by Drive's own permissions (DP-7).

Reads: of each permission its kind, its role, and what view it is for. Whose it is, is not asked.
"""

from urllib.parse import quote

from connectors.google.client import GoogleClient
from connectors.google.drive_answers import Permissions
from connectors.google.sheets import DRIVE_FILE
from connectors.http import Patience
from models.errors import TryAgainLater
from models.sharing import ANSWERING, Access, Grant, access_of

PAGES = 50
WANTED = {
    "fields": "kind,nextPageToken,permissions(type,role,view,allowFileDiscovery)",
    "includePermissionsForView": ANSWERING,
    "supportsAllDrives": "true",
}
"""Who may answer a form is a view of its own, which Drive tells only when it is asked for."""


class Drive:
    """The one call to Drive that is about people."""

    def __init__(self, client: GoogleClient, patience: Patience) -> None:
        self._client, self._again = client, patience

    def access(self, file_id: str) -> Access:
        """Who can open a workbook or form.

        Raises:
            MayNotShare: Drive tells it to those alone who may share the file.
            FixTheSettings: there is no such file, or it is not shared with us.
        """
        where = f"{DRIVE_FILE}{quote(file_id, safe='')}/permissions"
        wanted, grants = dict(WANTED), list[Grant]()
        for _ in range(PAGES):
            page: Permissions = self._again(self._client.get, Permissions, where, wanted)
            grants += [Grant(p.type, p.role, p.view, p.findable) for p in page.permissions]
            if not page.next:
                return access_of(grants)
            wanted["pageToken"] = page.next
        raise TryAgainLater("the list of who can open a file does not end", where="Google Drive")
