"""What the sandbox's Google holds: workbooks, forms, accounts and their tokens."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from math import inf
from typing import Any, TypeVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from connectors.sandbox.google.call import NO_PERMISSION, NOT_FOUND, Call, GoogleError
from connectors.sandbox.google.cells import Cell
from connectors.sandbox.google.form_state import Form
from connectors.sandbox.google.imports import follow
from connectors.sandbox.google.workbook import SERVICE_ACCOUNT, SHEET, Tab, Workbook

NOT_SUPPORTED = (
    "This operation is not supported for this document. The document must not be an Office file."
)
"""Of a file of Excel's. Source: node-google-spreadsheet issue 651, gspread issues 728 and 732."""
CLIENT, CLIENT_SECRET = "sandbox.apps.googleusercontent.com", "GOCSPX-sandbox"
AUDIENCE = (
    "//iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/sandbox/"
    "providers/sandbox"
)
File = TypeVar("File", Workbook, Form)


@dataclass
class Token:
    """An access token: whose, for what, until when (true time, seconds since 1970)."""

    mail: str
    scopes: frozenset[str]
    expires: float


class GoogleState:
    """All of it. Edit the attributes directly; `edit` also counts as a write for Drive.

    Attributes:
        public_keys: the service accounts known to the token endpoint, mail → PEM.
        token_seconds: how long a new access token lasts.
        longest_url: a longer one is answered with 414 and a page. Source: reports of lost ranges;
            servers cut somewhere above 8,000 characters.
        reads_a_minute, writes_a_minute: the quotas of Sheets and Forms for each account; what goes
            beyond is answered with 429 until the minute of `now` is over, without Retry-After.
            Source: Google's page on the limits of the Sheets API. None: no quota.
        permissions_a_page: how many permissions of a file Drive tells at once: 100 of a file in a
            shared drive, and all of another, by its reference.
        signed_in: the accounts that signed in with a browser, refresh token → who, and for what.
        subject_tokens: another issuer's tokens that the identity pool takes → for which audience.
        acted_for: service accounts that the pool's identities may act for.
        apis_off: hosts of the APIs that are not switched on for the accounts' project.
    """

    def __init__(self) -> None:
        self.workbooks: dict[str, Workbook] = {}
        self.forms: dict[str, Form] = {}
        self.public_keys: dict[str, str] = {}
        self.tokens: dict[str, Token] = {}
        self.token_seconds = 3599
        self.be_kind()
        self.permissions_a_page = 100
        self.apis_off: set[str] = set()
        self.signed_in: dict[str, Token] = {}
        self.subject_tokens: dict[str, str] = {}
        self.acted_for: set[str] = set()
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def add_workbook(
        self,
        workbook_id: str,
        title: str,
        tabs: Mapping[str, Sequence[Sequence[Cell]]],
        **others: Any,
    ) -> Workbook:
        """A new workbook, shared with the sandbox's service account unless `others` says else."""
        filled = [Tab(name, [list(row) for row in rows]) for name, rows in tabs.items()]
        self.workbooks[workbook_id] = Workbook(workbook_id, title, filled, **others)
        return self.workbooks[workbook_id]

    def add_form(self, form_id: str, title: str, **others: Any) -> Form:
        """A new form without questions, shared likewise."""
        self.forms[form_id] = Form(form_id, title, shared_with={SERVICE_ACCOUNT}, **others)
        return self.forms[form_id]

    @contextmanager
    def edit(self, workbook_id: str, tab: str) -> Iterator[list[list[Cell]]]:
        """The rows of a tab, to be changed in place as a person would in the browser."""
        workbook = self.workbooks[workbook_id]
        yield workbook.tab(tab).rows
        self.wrote(workbook)

    def wrote(self, file: Workbook | Form) -> None:
        """Count a write: Drive's version and modifiedTime grow; those of who follows it do not."""
        file.version += 1
        file.modified = self.now()
        follow(self.workbooks)

    def workbook(self, call: Call, *, write: bool = False) -> Workbook:
        """The workbook the call names, if the caller may read (or write) it, and it is Google's."""
        found = _allowed(self.workbooks.get(call.ids["spreadsheet_id"]), call, write)
        if found.mime_type != SHEET:
            raise GoogleError(400, NOT_SUPPORTED, status="FAILED_PRECONDITION")
        return found

    def spend(self, mail: str, scopes: str) -> None:
        """Count a call against its account's quota of this minute.

        Raises:
            GoogleError: it is used up.
        """
        api, _, what = scopes.partition(".")
        kind, most = (
            ("Write", self.writes_a_minute) if what == "write" else ("Read", self.reads_a_minute)
        )
        if most is None or api == "drive":
            return
        spent = mail, f"{api} {kind}", f"{self.now():%Y-%m-%dT%H:%M}"
        self._spent[spent] += 1
        if self._spent[spent] > most:
            raise GoogleError(
                429,
                f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per"
                f" minute per user' of service '{api}.googleapis.com'.",
            )

    def form(self, call: Call, *, write: bool = False) -> Form:
        """The form the call names, if the caller may read (or write) it."""
        return _allowed(self.forms.get(call.ids["form_id"]), call, write)

    def service_account_json(self, google_url: str, mail: str = SERVICE_ACCOUNT) -> dict[str, str]:
        """The content of a key file for `mail`; the token endpoint knows its public half then."""
        private, public = _key_pair(mail)
        self.public_keys[mail] = public
        return {
            "type": "service_account",
            "project_id": "sandbox-chapter",
            "private_key_id": "sandbox-key",
            "private_key": private,
            "client_email": mail,
            "client_id": "100000000000000000001",
            "auth_uri": f"{google_url}/accounts.google.com/o/oauth2/auth",
            "token_uri": f"{google_url}/oauth2.googleapis.com/token",
        }

    def authorized_user_json(self, mail: str, scopes: Iterable[str]) -> dict[str, str]:
        """What `gcloud auth application-default login` leaves when somebody signed in."""
        refresh = f"1//sandbox-{len(self.signed_in)}"
        self.signed_in[refresh] = Token(mail, frozenset(scopes), inf)
        return {
            "account": "",
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
            "refresh_token": refresh,
            "type": "authorized_user",
            "universe_domain": "googleapis.com",
        }

    def external_account_json(
        self, google_url: str, token_file: str, mail: str = SERVICE_ACCOUNT
    ) -> dict[str, Any]:
        """The configuration of workload identity; `subject_tokens` says which tokens are taken."""
        self.acted_for.add(mail)
        act = f"{google_url}/iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{mail}"
        return {
            "type": "external_account",
            "audience": AUDIENCE,
            "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
            "token_url": f"{google_url}/sts.googleapis.com/v1/token",
            "credential_source": {"file": token_file},
            "service_account_impersonation_url": f"{act}:generateAccessToken",
            "universe_domain": "googleapis.com",
        }

    def expire_tokens(self) -> None:
        """Make every access token given so far an expired one."""
        for token in self.tokens.values():
            token.expires = 0

    def be_kind(self) -> None:
        """Without quotas, and with as much patience for long addresses as servers have."""
        self.longest_url = 8000
        self.reads_a_minute: int | None = None
        self.writes_a_minute: int | None = None
        self._spent: Counter[tuple[str, str, str]] = Counter()

    def dump(self) -> dict[str, Any]:
        """Workbooks, forms and public keys as JSON; tokens are not kept."""
        return {
            "public_keys": self.public_keys,
            "permissions_a_page": self.permissions_a_page,
            "apis_off": sorted(self.apis_off),
            "workbooks": [workbook.dump() for workbook in self.workbooks.values()],
            "forms": [form.dump() for form in self.forms.values()],
        }

    def load(self, seed: dict[str, Any]) -> None:
        """Replace workbooks and forms by those of `dump`, add public keys, and be kind again."""
        self.be_kind()
        self.permissions_a_page = seed.get("permissions_a_page", 100)
        self.signed_in, self.subject_tokens, self.acted_for = {}, {}, set()
        self.apis_off = set(seed.get("apis_off", ()))
        self.public_keys.update(seed.get("public_keys", {}))
        workbooks = [Workbook.load(one) for one in seed.get("workbooks", [])]
        self.workbooks = {workbook.id: workbook for workbook in workbooks}
        self.forms = {one["id"]: Form.load(one) for one in seed.get("forms", [])}


def _allowed(file: File | None, call: Call, write: bool) -> File:
    if file is None:
        raise GoogleError(404, NOT_FOUND)
    if call.mail in file.shared_with or (call.mail in file.viewers and not write):
        return file
    raise GoogleError(403, NO_PERMISSION)


@cache
def _key_pair(mail: str) -> tuple[str, str]:
    """Private and public key as PEM; one pair a mail and process, as making one takes its time."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()
