"""Who the program is to Google: a service account's key, or application default credentials.

A key is a file with a private key. Where an organisation forbids keys, Google's own default may
stand in its place (`gcloud auth application-default login`, or GOOGLE_APPLICATION_CREDENTIALS):
a person's or chapter's account that signed in; or workload identity, where a token of another
issuer's, in a file, is exchanged for Google's, and that for a service account's. Tokens from
elsewhere (an address, a program, a cloud's metadata server) are not taken: each would be an exit
that nobody listed (DP-3).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from google.auth import identity_pool
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from connectors.google.answers import ActingToken, Token
from connectors.google.hosts import FEDERATED, KEY, SERVICE, TOKENS, USER, kind_of, parsed
from connectors.net.responses import read
from connectors.net.retries import host_of
from models.errors import ClerkError, FixTheSettings
from models.privacy import redact_addresses

LOG_IN = (
    "`gcloud auth application-default login` with the scopes that docs/running.md lists, and this "
    "machine's clock set"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose name the program asks in.

    Attributes:
        credentials: google-auth's, without a look-up of anything but tokens.
        called: the account as the terminal names it.
        refused: what to say when Google takes the credentials no more.
        next_step: and what to do.
        address: what files are shared with; "" of an account that signed in.
    """

    credentials: Any
    called: str
    where: str
    refused: str
    next_step: str
    address: str = ""


def identity(
    text: str,
    where: str,
    *,
    kinds: Collection[str],
    exits: Mapping[str, str],
    base: str,
    scopes: Sequence[str],
) -> Identity:
    """The identity that a file of credentials gives.

    Args:
        text: the file.
        where: where the settings name it.
        kinds: those that are taken.
        exits: the hosts that may be asked.
        base: a stand-in's address, or "".

    Raises:
        FixTheSettings: it is none, of a kind that is not taken, or asks at another place.
    """
    info = parsed(text)
    kind = kind_of(info) or KEY
    if kind not in kinds:
        raise _unknown(kind, where) if len(kinds) > 1 else _none_such(KEY, where)
    makes: dict[str, Callable[[], Identity]] = {
        KEY: lambda: _by_key(info, where, scopes),
        USER: lambda: _by_sign_in(info, where, base, scopes),
        FEDERATED: lambda: _by_exchange(info, where, scopes),
    }
    try:
        made = makes[kind]()
    except (ValueError, AttributeError, TypeError, KeyError, GoogleAuthError):
        raise _none_such(kind, where) from None
    for url in _places(info, made):
        _refuse_another_place(url, exits, base, where)
    return made


class _NoLookUp:
    """google-auth's credentials without the look-up of regional boundaries.

    After a refresh that look-up asks another host, with the account's name in the URL; a chapter
    has no use for it, and every exit must be on the list (DP-3).
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False

    def _maybe_start_regional_access_boundary_refresh(self, *_: Any) -> None:
        """Nothing is looked up."""

    def refresh(self, request: Any) -> None:
        """Get a token.

        What trips google-auth in the credentials themselves is their fault: a token's file that is
        a folder or not text, or a value of another type.
        """
        try:
            super().refresh(request)  # type: ignore[misc]  # of the credentials that it is mixed into
        except ClerkError:
            raise
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            raise RefreshError from None  # without what the file holds


class _Key(_NoLookUp, service_account.Credentials):
    """A service account's."""


class _User(_NoLookUp, user.Credentials):
    """An account's that signed in."""


class _Federated(_NoLookUp, identity_pool.Credentials):
    """Another issuer's token, exchanged."""


def _by_key(info: Mapping[str, Any], where: str, scopes: Sequence[str]) -> Identity:
    made = _Key.from_service_account_info(info, scopes=scopes)  # type: ignore[no-untyped-call]  # google-auth ships it untyped
    made.sign_bytes(b"")  # a key of another kind than RSA loads, and cannot sign
    return Identity(
        made,
        f"service account {made.service_account_email}",
        where,
        "Google refused the service account's key",
        "make a new key in the Google Cloud console, and check this machine's clock",
        made.service_account_email,
    )


def _by_sign_in(info: Mapping[str, Any], where: str, base: str, scopes: Sequence[str]) -> Identity:
    made = _User.from_authorized_user_info(info, scopes=list(scopes))  # type: ignore[no-untyped-call]  # as above
    if base:
        made = made.with_token_uri(f"{base}/{TOKENS}/token")
    called = "the Google account that signed in by application default"
    return Identity(made, called, where, "Google takes the sign-in no more", LOG_IN)


def _by_exchange(info: Mapping[str, Any], where: str, scopes: Sequence[str]) -> Identity:
    source = info["credential_source"]
    if not source.get("file"):
        raise FixTheSettings(
            "its token comes from another place than a file: an address, a program, a cloud's own",
            where=where,
            rule="DP-3",
            next_step="have the token issuer write the token into a file, and create the "
            "configuration again for that file",
        )
    made = _Federated.from_info(info, scopes=scopes)  # type: ignore[no-untyped-call]  # as above
    account = made.service_account_email
    if not account:
        raise FixTheSettings(
            "it is not linked to a service account, and Google Drive shares files only with "
            "accounts",
            where=where,
            next_step="create the configuration again with service account impersonation",
        )
    return Identity(
        made,
        f"service account {account}, by workload identity",
        where,
        "Google does not exchange the token that lies in the credentials' file",
        "see that its issuer renews the token, that the provider's audience and conditions fit, "
        "and that the identity has the role Workload Identity User on the service account",
        account,
    )


def _places(info: Mapping[str, Any], made: Identity) -> list[str]:
    """Where a file of credentials has tokens asked for."""
    named = [info.get("token_url"), info.get("service_account_impersonation_url")]
    own = [] if isinstance(made.credentials, _Federated) else [made.credentials._token_uri]
    return [str(url) for url in (own or named)]


def _refuse_another_place(url: str, exits: Mapping[str, str], base: str, where: str) -> None:
    """The file itself says where a token is asked for."""
    host = _host(url)
    if host in exits and (base or url.startswith("https://")):
        return
    raise FixTheSettings(
        f"the key asks for its token at {redact_addresses(host) or 'no place on the web'}, "
        + ("not at the stand-in that base_url names" if base else "not at Google"),
        where=where,
        rule="DP-3",
        next_step="use the stand-in's own key, or take base_url out" if base
        else "download the key again from the Google Cloud console",
    )  # fmt: skip


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return ""


def _none_such(kind: str, where: str) -> FixTheSettings:
    if kind == KEY:
        return FixTheSettings(
            "this is not a service account's key file",
            where=where,
            next_step="download a JSON key for the service account and put it there",
        )
    return FixTheSettings(
        f"these are no credentials of the kind {kind}",
        where=where,
        next_step=LOG_IN
        if kind == USER
        else "download the configuration again from the provider's page, IAM & Admin → Workload "
        "Identity Federation",
    )


def _unknown(kind: str, where: str) -> FixTheSettings:
    return FixTheSettings(
        f"credentials of the kind {redact_addresses(kind)[:40]} are not taken",
        where=where,
        next_step=f"taken are {KEY}, {USER} and {FEDERATED}: {LOG_IN}",
    )


def is_token(response: requests.Response, **_: Any) -> None:
    """google-auth reads a token as it comes, and would trip over anything else."""
    if response.status_code < requests.codes.bad_request:
        acting = response.url.endswith(":generateAccessToken")
        read(SERVICE, ActingToken if acting else Token, response)
