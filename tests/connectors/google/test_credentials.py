"""Who the program is to Google where a chapter can have no key: a sign-in, or workload identity."""

import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from connectors.google import KINDS, SCOPES
from connectors.google.client import GoogleClient
from connectors.google.refusing import NotLetIn
from connectors.sandbox.google.state import AUDIENCE
from connectors.sandbox.google.workbook import SERVICE_ACCOUNT
from connectors.sandbox.invented import WORKBOOK
from flows.doctor import local
from models.errors import ClerkError, FixTheSettings, TryAgainLater
from tests.elections.conftest import poll as poll
from tests.elections.polls import Poll
from tests.flows.town import Town

SUBJECT = "a token of another issuer's"
HERE = "chapter.toml [google] credentials"
Signed = Callable[[dict[str, Any]], Path]


@pytest.fixture
def signed(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Signed:
    """Puts credentials where Google's own programs look, in a chapter that has no key."""
    folder = tmp_path / "gcloud"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(folder))
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    town.rewrite('key_file = "secrets/google.json"', 'credentials = "application-default"')
    (town.folder / "secrets/google.json").unlink()

    def put(held: dict[str, Any]) -> Path:
        file = folder / "application_default_credentials.json"
        file.touch(mode=0o600)
        file.write_text(json.dumps(held))
        return file

    return put


def user(town: Town, scopes: tuple[str, ...] = SCOPES) -> dict[str, Any]:
    """A sign-in of the chapter's own account, with which the workbook is shared."""
    return dict(town.sandbox.google.authorized_user_json(SERVICE_ACCOUNT, scopes))


def federated(town: Town, tmp_path: Path) -> dict[str, Any]:
    """Workload identity, and a token that its pool takes."""
    google, file = town.sandbox.google, tmp_path / "subject"
    file.write_text(SUBJECT)
    google.subject_tokens[SUBJECT] = AUDIENCE
    return google.external_account_json(town.sandbox.google_url, str(file))


def hosts(town: Town) -> set[str]:
    return {exchange.host for exchange in town.sandbox.requests("google")}


def test_a_night_goes_by_a_sign_in(town: Town, signed: Signed) -> None:
    signed(user(town))
    town.night()
    assert "oauth2.googleapis.com" in hosts(town)
    assert "sts.googleapis.com" not in hosts(town)


def test_a_night_goes_by_workload_identity(town: Town, signed: Signed, tmp_path: Path) -> None:
    signed(federated(town, tmp_path))
    town.night()
    assert {"sts.googleapis.com", "iamcredentials.googleapis.com"} <= hosts(town)
    assert "oauth2.googleapis.com" not in hosts(town)
    said = {check.what: check for check in local(town.folder)}
    account = said["Google credentials"].found
    assert account == f"service account {SERVICE_ACCOUNT}, by workload identity"


def test_a_key_may_lie_where_google_looks_for_it(
    town: Town, signed: Signed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = signed(dict(town.sandbox.google.service_account_json(town.sandbox.google_url)))
    elsewhere = tmp_path / "key.json"
    elsewhere.touch(mode=0o600)
    elsewhere.write_text(file.read_text())
    file.unlink()
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(elsewhere))
    town.night()


def test_each_way_has_its_exits_and_no_others(town: Town, signed: Signed, tmp_path: Path) -> None:
    """Of Google itself; a stand-in takes the place of all."""
    town.rewrite(f'base_url = "{town.sandbox.google_url}"\n', "")

    def exits() -> set[str]:
        with town.context() as context:
            return {each.host for each in context.exits() if "googleapis" in each.host}

    files = {"sheets.googleapis.com", "forms.googleapis.com", "www.googleapis.com"}
    signed(user(town))
    assert exits() == files | {"oauth2.googleapis.com"}
    signed(federated(town, tmp_path))
    assert exits() == files | {"sts.googleapis.com", "iamcredentials.googleapis.com"}


def test_a_form_is_built_by_a_sign_in_that_agreed_to_it(
    poll: Poll, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leave to change a form is asked for at that moment alone."""
    body = "https://www.googleapis.com/auth/forms.body"
    file = tmp_path / "adc.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(user(poll.town, (*SCOPES, body))))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    poll.town.rewrite('key_file = "secrets/google.json"', 'credentials = "application-default"')
    with poll.context() as context, context.form_builder() as builder:
        with pytest.raises(FixTheSettings, match="the form is not empty"):
            builder.build(poll.form_id, [], "A vote", "")
        context.ballot_forms.live(poll.form_id)
    asked = [e.request_form["scope"] for e in poll.town.sandbox.requests("google")
             if e.host == "oauth2.googleapis.com" and "scope" in e.request_form]  # fmt: skip
    assert [body in scope.split() for scope in asked] == [True, False]


def test_what_nobody_signed_in_for_says_how(town: Town, signed: Signed) -> None:
    with town.context() as context, pytest.raises(FixTheSettings) as missing:
        context.workbooks.version(WORKBOOK)
    assert "there is no file application_default_credentials.json" in missing.value.fact
    assert "gcloud auth application-default login" in missing.value.next_step


def test_credentials_that_others_can_read_are_refused(town: Town, signed: Signed) -> None:
    signed(user(town)).chmod(0o644)
    with (
        town.context() as context,
        pytest.raises(FixTheSettings, match="others on this machine can"),
    ):
        context.workbooks.version(WORKBOOK)


def test_a_sign_in_that_was_taken_back(town: Town, signed: Signed) -> None:
    signed(user(town))
    town.sandbox.google.signed_in.clear()
    with town.context() as context, pytest.raises(NotLetIn) as refused:
        context.workbooks.version(WORKBOOK)
    assert refused.value.fact == "Google takes the sign-in no more"
    assert refused.value.where == HERE
    assert "gcloud auth application-default login" in refused.value.next_step


def test_a_sign_in_that_agreed_to_less(town: Town, signed: Signed) -> None:
    signed(user(town, SCOPES[:1]))
    with town.context() as context, pytest.raises(NotLetIn, match="sign-in") as refused:
        context.workbooks.version(WORKBOOK)
    assert "with the scopes that docs/running.md lists" in refused.value.next_step


@pytest.mark.parametrize(
    ("spoil", "said", "step"),
    [
        (lambda google, file: google.subject_tokens.clear(), "does not exchange the token",
         "Workload Identity User"),
        (lambda google, file: file.unlink(), "does not exchange the token", "its issuer renews"),
        (lambda google, file: google.acted_for.clear(), ("the identity is not allowed to act for "
                                                        "the service account"),
         "Workload Identity User"),
        (lambda google, file: google.apis_off.add("iamcredentials.googleapis.com"),
         "an API is not switched on", "IAM Service Account Credentials API"),
    ],
    ids=["a token that is not taken", "no token", "no leave to act", "the API is off"],
)  # fmt: skip
def test_workload_identity_that_is_refused_says_which_part(
    town: Town,
    signed: Signed,
    tmp_path: Path,
    spoil: Callable[[Any, Path], None],
    said: str,
    step: str,
) -> None:
    signed(federated(town, tmp_path))
    spoil(town.sandbox.google, tmp_path / "subject")
    with town.context() as context, pytest.raises(NotLetIn) as refused:
        context.workbooks.version(WORKBOOK)
    assert said in refused.value.fact
    assert step in refused.value.next_step
    assert SUBJECT not in str(refused.value)
    assert SERVICE_ACCOUNT not in str(refused.value)


@pytest.mark.parametrize("path", ["sts.googleapis.com", "iamcredentials.googleapis.com"])
@pytest.mark.parametrize("kind", ["html-200", "other-200", "null-200", "500"])
def test_who_answers_in_the_place_of_a_tokens_issuer_is_told_as_such(
    town: Town, signed: Signed, tmp_path: Path, path: str, kind: Any
) -> None:
    signed(federated(town, tmp_path))
    asked = {"sts.googleapis.com": "/v1/token", "iamcredentials.googleapis.com": ":generate"}[path]
    town.sandbox.faults.matching("POST", asked, kind, times=9)
    with town.context() as context, pytest.raises(TryAgainLater):
        context.workbooks.version(WORKBOOK)


FEDERATED = {
    "type": "external_account",
    "audience": AUDIENCE,
    "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
    "token_url": "https://sts.googleapis.com/v1/token",
    "credential_source": {"file": "/var/run/token"},
    "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/projects/-/"
    f"serviceAccounts/{SERVICE_ACCOUNT}:generateAccessToken",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"token_url": "https://sts.example.org/v1/token"}, "its token at sts.example.org"),
        ({"token_url": "http://sts.googleapis.com/v1/token"}, "not at Google"),
        ({"service_account_impersonation_url":
          "https://evil.example.org/v1/projects/-/serviceAccounts/x:generateAccessToken"},
         "asks for its token at evil.example.org"),
        ({"service_account_impersonation_url": None}, ("it is not linked to a service account, and "
                                                      "Google Drive shares files")),
        ({"token_url": "https://[sts.googleapis.com/v1/token"}, "at no place on the web"),
        ({"credential_source": {"url": "http://169.254.169.254/token"}}, "from another place"),
        ({"credential_source": {"executable": {"command": "/bin/sh"}}}, "from another place"),
        ({"credential_source": {"environment_id": "aws1"}}, "from another place"),
        ({"credential_source": []}, "no credentials of the kind external_account"),
        ({"credential_source": {"file": "x", "url": "https://e.org"}}, "no credentials of"),
        ({"type": "impersonated_service_account"}, "are not taken"),
        ({"type": "gdch_service_account"}, "are not taken"),
        ({"type": "authorized_user"}, "no credentials of the kind authorized_user"),
        ({"type": "service_account"}, "not a service account's key file"),
        ({"type": ["x"]}, "not a service account's key file"),
    ],
    ids=lambda value: json.dumps(value)[:60] if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_file_that_leads_elsewhere_or_is_none_is_refused(
    change: dict[str, Any], said: str
) -> None:
    """DP-3: what such a file names is an exit, and none is added by a file."""
    with pytest.raises(FixTheSettings, match=said) as refused:
        GoogleClient(json.dumps(FEDERATED | change), where=HERE, kinds=KINDS, timeout=(1, 1))
    assert refused.value.where == HERE
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP256R1()), Ed25519PrivateKey.generate()],
    ids=["EC", "Ed25519"],
)
def test_a_key_that_cannot_sign_is_no_service_accounts(key: Any) -> None:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    held = {
        "type": "service_account",
        "private_key": pem,
        "client_email": SERVICE_ACCOUNT,
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    with pytest.raises(FixTheSettings, match="not a service account's key file"):
        GoogleClient(json.dumps(held), timeout=(1, 1))


@pytest.mark.parametrize("held", [None, b"\xff\xfe\x00s3cret"], ids=["a folder", "no text"])
def test_a_token_that_cannot_be_read_is_the_credentials_fault(
    town: Town, signed: Signed, tmp_path: Path, held: bytes | None
) -> None:
    credentials = federated(town, tmp_path)
    signed(credentials)
    subject = tmp_path / "subject"
    subject.unlink()
    subject.mkdir() if held is None else subject.write_bytes(held)
    with pytest.raises(NotLetIn, match="Google does not exchange the token that lies in") as met:
        town.night()
    assert met.value.where == HERE
    assert "s3cret" not in "".join(traceback.format_exception(met.value))


def test_such_a_file_is_no_key(town: Town) -> None:
    """What `key_file` names is a key, whatever else would do."""
    with pytest.raises(ClerkError, match="not a service account's key file"):
        GoogleClient(json.dumps(FEDERATED), timeout=(1, 1))


def test_a_chapter_says_which(town: Town) -> None:
    town.rewrite('key_file = "secrets/google.json"\n', "")
    with pytest.raises(FixTheSettings, match="name the service account's key as key_file"):
        town.night()
