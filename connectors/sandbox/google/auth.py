"""Google's token endpoint, and what each method asks of a token."""

import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from google.auth import exceptions, jwt

from connectors.sandbox.google.call import Call, GoogleError
from connectors.sandbox.google.state import CLIENT, CLIENT_SECRET, GoogleState, Token

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
POOL = "an identity of the pool"
SCOPE = "https://www.googleapis.com/auth/"


def _scopes(*names: str) -> frozenset[str]:
    return frozenset(SCOPE + name for name in names)


# which scopes let a method be called, by API and method as the discovery documents name them
FILES = ("drive", "drive.file")
SCOPES: Mapping[str, frozenset[str]] = {
    "sheets.read": _scopes(*FILES, "drive.readonly", "spreadsheets", "spreadsheets.readonly"),
    "sheets.write": _scopes(*FILES, "spreadsheets"),
    "forms.read": _scopes(*FILES, "drive.readonly", "forms.body", "forms.body.readonly"),
    "forms.write": _scopes(*FILES, "forms.body"),
    "forms.responses": _scopes(*FILES, "forms.responses.readonly"),
    "drive.read": _scopes(
        *FILES,
        "drive.appdata",
        "drive.meet.readonly",
        "drive.metadata",
        "drive.metadata.readonly",
        "drive.photos.readonly",
        "drive.readonly",
    ),
    "drive.permissions": _scopes(
        *FILES,
        "drive.meet.readonly",
        "drive.metadata",
        "drive.metadata.readonly",
        "drive.photos.readonly",
        "drive.readonly",
    ),
    "drive.revisions": _scopes(
        *FILES,
        "drive.appdata",
        "drive.meet.readonly",
        "drive.metadata",
        "drive.metadata.readonly",
        "drive.photos.readonly",
        "drive.readonly",
    ),
    "acting": _scopes("cloud-platform", "iam"),
    "drive.create": _scopes(*FILES, "drive.appdata"),
    "drive.delete": _scopes(*FILES, "drive.appdata"),
    "drive.comments": _scopes(*FILES, "drive.meet.readonly", "drive.readonly"),
    "drive.copy": _scopes(*FILES, "drive.appdata", "drive.photos.readonly"),
}
LIFE = 3600
SKEW = 300  # seconds a client's clock may be wrong


class TokenRefused(Exception):
    """The token endpoint's own form of an error (RFC 6749)."""

    def __init__(self, error: str, description: str) -> None:
        self.answer = {"error": error, "error_description": description}
        super().__init__(description)


def grant(state: GoogleState, form: Mapping[str, str]) -> dict[str, Any]:
    """Exchange a signed assertion, or a refresh token, for an access token.

    The true clock counts here, not the sandbox's: the client's library signs by it.

    Raises:
        TokenRefused: as Google refuses it.
    """
    if form.get("grant_type") == "refresh_token":
        return _refreshed(state, form)
    if form.get("grant_type") != GRANT:
        raise TokenRefused("unsupported_grant_type", "Invalid grant_type")
    assertion = form.get("assertion", "")
    claims = _claims(assertion)
    key = state.public_keys.get(str(claims.get("iss")))
    if key is None:
        raise TokenRefused("invalid_grant", "Invalid grant: account not found")
    if not _in_time(claims):
        raise TokenRefused(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
            " timeframe. Check your iat and exp values in the JWT claim.",
        )
    try:
        jwt.decode(assertion, certs=key, clock_skew_in_seconds=SKEW)  # type: ignore[no-untyped-call]  # google-auth has no types here
    except (ValueError, exceptions.GoogleAuthError):
        raise TokenRefused("invalid_grant", "Invalid JWT Signature.") from None
    if not str(claims.get("aud")).endswith("oauth2.googleapis.com/token"):
        raise TokenRefused("invalid_grant", "Invalid JWT: Failed audience check.")
    scopes = frozenset(str(claims.get("scope", "")).split())
    if not scopes or not all(scope.startswith("https://") for scope in scopes):
        raise TokenRefused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    return _given(state, str(claims["iss"]), scopes)


def _given(state: GoogleState, mail: str, scopes: frozenset[str]) -> dict[str, Any]:
    """A new access token, as RFC 6749 has it."""
    name, seconds = f"ya29.c.{secrets.token_urlsafe(32)}", state.token_seconds
    state.tokens[name] = Token(mail, scopes, time.time() + seconds)
    return {"access_token": name, "expires_in": seconds, "token_type": "Bearer"}


def _refreshed(state: GoogleState, form: Mapping[str, str]) -> dict[str, Any]:
    """An access token of an account that signed in, for no more than it agreed to then."""
    if (form.get("client_id"), form.get("client_secret")) != (CLIENT, CLIENT_SECRET):
        raise TokenRefused("invalid_client", "The OAuth client was not found.")
    agreed = state.signed_in.get(form.get("refresh_token", ""))
    if agreed is None:
        raise TokenRefused("invalid_grant", "Token has been expired or revoked.")
    scopes = frozenset(form.get("scope", "").split()) or agreed.scopes
    if not scopes <= agreed.scopes:
        raise TokenRefused("invalid_scope", "Bad Request")
    said = _given(state, agreed.mail, scopes)
    return said | {"scope": " ".join(sorted(scopes))}


def exchange(state: GoogleState, form: Mapping[str, str]) -> dict[str, Any]:
    """`sts.token`: another issuer's token for one of the identity pool's (RFC 8693).

    Raises:
        TokenRefused: as Google refuses it.
    """
    if form.get("grant_type") != EXCHANGE:
        raise TokenRefused("unsupported_grant_type", "Invalid grant_type")
    subject = form.get("subject_token", "")
    if state.subject_tokens.get(subject) != form.get("audience"):
        refused = "The given credential is rejected by the attribute condition."
        raise TokenRefused("invalid_grant", refused)
    scopes = frozenset(form.get("scope", "").split())
    said = _given(state, POOL, scopes)
    return said | {"issued_token_type": "urn:ietf:params:oauth:token-type:access_token"}


def acting(state: GoogleState, call: Call) -> dict[str, Any]:
    """`projects.serviceAccounts.generateAccessToken`: a service account's token for the pool's."""
    mail = call.ids["account"]
    if call.mail != POOL or mail not in state.acted_for:
        raise GoogleError(
            403,
            "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not"
            " exist).",
            details=_details("IAM_PERMISSION_DENIED"),
        )
    said = _given(state, mail, frozenset(call.body["scope"]))
    until = datetime.fromtimestamp(time.time() + said["expires_in"], UTC)
    return {"accessToken": said["access_token"], "expireTime": f"{until:%Y-%m-%dT%H:%M:%SZ}"}


def caller(state: GoogleState, authorization: str, method: str) -> str:
    """The account behind a bearer token that may call this method.

    Raises:
        GoogleError: 401 for a missing, unknown or expired token, 403 for a lack of scope.
    """
    kind, _, name = authorization.partition(" ")
    token = state.tokens.get(name) if kind.lower() == "bearer" else None
    if token is None or token.expires <= time.time():
        reason = "ACCESS_TOKEN_EXPIRED" if token else "CREDENTIALS_MISSING"
        raise GoogleError(
            401,
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
            " cookie or other valid authentication credential. See"
            " https://developers.google.com/identity/sign-in/web/devconsole-project.",
            reason="authError",
            details=_details(reason),
        )
    if not token.scopes & SCOPES[method]:
        raise GoogleError(
            403,
            "Request had insufficient authentication scopes.",
            reason="insufficientPermissions",
            details=_details("ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
        )
    return token.mail


def switched_on(state: GoogleState, host: str) -> None:
    """Whether the accounts' project may use an API at all.

    Source: google.rpc.ErrorInfo's SERVICE_DISABLED, as in the reports of many programs.

    Raises:
        GoogleError: 403.
    """
    if host in state.apis_off:
        raise GoogleError(
            403,
            f"{host} has not been used in project 100000000001 before or it is disabled.",
            reason="accessNotConfigured",
            details=_details("SERVICE_DISABLED"),
        )


def _claims(assertion: str) -> Mapping[str, Any]:
    try:
        return jwt.decode(assertion, verify=False)  # type: ignore[no-any-return,no-untyped-call]  # likewise
    except (ValueError, exceptions.GoogleAuthError):
        raise TokenRefused("invalid_grant", "Bad Request") from None


def _in_time(claims: Mapping[str, Any]) -> bool:
    issued, expires, now = claims.get("iat", 0), claims.get("exp", 0), time.time()
    return bool(issued <= now + SKEW and now - SKEW < expires <= now + LIFE + SKEW) and bool(
        expires - issued <= LIFE
    )


def _details(reason: str) -> list[dict[str, Any]]:
    info = "type.googleapis.com/google.rpc.ErrorInfo"
    return [{"@type": info, "reason": reason, "domain": "googleapis.com"}]
