"""The two keys and what they open: each is checked by a call at once, and kept privately."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from connectors.files.disk import told
from connectors.files.own_files import as_text, is_there, read_named
from connectors.files.private_files import write_private
from connectors.google import NotOpen
from flows import console
from flows.context import ChapterContext
from flows.doctor.mailing import account, postal_address, sender
from flows.setup.interview import Interview, TypeAgain
from flows.setup.trial import GOOGLE_KEY, MAILCHIMP_KEY, Trial, table_of
from models.errors import ClerkError, FixTheSettings
from models.privacy import Email, redact_addresses

DEFAULT = "application-default"
_NO_SUCH_FILE = "clerk-init-looks-whether-the-key-is-taken"
"""The id of no file: that Drive answers at all shows that it takes the key."""
_NEW = ".new"
_UNVERIFIED = " (not verified yet)"
"""Behind an address that was typed twice: it is kept, and `clerk doctor` goes on about it."""


def google(interview: Interview, trial: Trial) -> dict[str, Any]:
    """The `[google]` section: a service account's key, or what Google's own programs go by."""

    def check(typed: str) -> str:
        if typed == DEFAULT:
            _try_google(trial, {"credentials": DEFAULT})
            return typed
        if typed == GOOGLE_KEY and is_there(trial.folder / GOOGLE_KEY):
            _try_google(trial, {"key_file": GOOGLE_KEY})
            return typed
        if "{" in typed or "PRIVATE" in typed:
            raise ValueError("this is the key itself; type the path of its file")
        text = as_text(read_named(path_of(typed)), redact_addresses(typed))
        _take(trial.folder, GOOGLE_KEY, text,
              lambda new: _try_google(trial, {"key_file": new}))  # fmt: skip
        console.say(
            f"The key works, and is kept in {GOOGLE_KEY}. Delete the file that you downloaded."
        )
        return GOOGLE_KEY

    there = is_there(trial.folder / GOOGLE_KEY)
    usual = GOOGLE_KEY if there else None
    said = interview.text(
        "google key",
        "Where is the service account's key, the JSON file that you downloaded? Type its path, or "
        f"“{DEFAULT}” where keys are forbidden (docs/running.md)"
        + (f" (press Enter for {GOOGLE_KEY})" if there else ""),
        check,
        default=usual,
    )
    return {"credentials": DEFAULT} if said == DEFAULT else {"key_file": GOOGLE_KEY}


def mailchimp(interview: Interview, trial: Trial, own_google: dict[str, Any]) -> dict[str, Any]:
    """The key of the `[mailchimp]` section; none where the environment has it."""

    def try_key(file: str) -> None:
        with trial.look(table_of(google=own_google, mailchimp={"key_file": file})) as context:
            account(context)

    with trial.look(table_of(google=own_google)) as context:
        if context.chapter.mailchimp.key:
            account(context)
            return {}

    def check(typed: str) -> str:
        if typed == MAILCHIMP_KEY and is_there(trial.folder / MAILCHIMP_KEY):
            try_key(MAILCHIMP_KEY)
            return typed
        _take(trial.folder, MAILCHIMP_KEY, _key_or_file(typed), try_key)
        console.say(f"The key works, and is kept in {MAILCHIMP_KEY}.")
        return MAILCHIMP_KEY

    there = is_there(trial.folder / MAILCHIMP_KEY)
    interview.text(
        "mailchimp key",
        "The Mailchimp API key (Account → Extras → API keys): paste it, or type the path of a "
        "file with it. What you paste is not shown"
        + (f" (press Enter for {MAILCHIMP_KEY})" if there else ""),
        check,
        default=MAILCHIMP_KEY if there else None,
        secret=True,
    )
    return {"key_file": MAILCHIMP_KEY}


def audience(
    interview: Interview, trial: Trial, own_google: dict[str, Any], own: dict[str, Any]
) -> str:
    """The id of the audience, chosen by its name."""
    with trial.look(table_of(google=own_google, mailchimp=own)) as context:
        found = context.account.audiences()
    if not found:
        raise FixTheSettings(
            "the Mailchimp account has no audience",
            next_step="create one in Mailchimp (Audience), then run `clerk init …` again",
        )
    options = {
        one.id: f"{redact_addresses(one.name)} ({one.stats.member_count} subscribed)"
        for one in found
    }
    return interview.choose(
        "audience",
        "Which Mailchimp audience has the chapter's members?",
        options,
        default=found[0].id if len(found) == 1 else None,
    )


def from_whom(
    interview: Interview, trial: Trial, name: str, own_google: dict[str, Any], own: dict[str, Any]
) -> dict[str, str]:
    """The sender: a name, an address at a verified domain, and the postal address below."""
    sent_by = interview.text(
        "from name",
        f"Who do emails come from, as members read it (press Enter for “{name}”)?",
        default=name,
    )

    def look(table: dict[str, Any]) -> Callable[[Callable[[ChapterContext], str]], str]:
        def ask(what: Callable[[ChapterContext], str]) -> str:
            with trial.look(table_of(google=own_google, mailchimp={**own, **table})) as context:
                return what(context)

        return ask

    told = set[str]()

    def check(typed: str) -> str:
        reply_to = typed.removesuffix(_UNVERIFIED)
        Email.parse(reply_to)
        if reply_to != typed or reply_to in told:
            return reply_to + _UNVERIFIED
        try:
            console.say(look({"reply_to": reply_to})(sender) + ".")
        except FixTheSettings as fault:
            told.add(reply_to)
            raise TypeAgain(
                fault.fact,
                where=fault.where,
                next_step=f"{fault.next_step}; or type the same address again, and verify it "
                "before the first email",
            ) from None
        return reply_to

    verified = look({})(_verified)
    reply_to = interview.text(
        "reply to",
        "The address that emails come from and replies go to, at a domain that Mailchimp has "
        f"verified ({verified})",
        check,
    ).removesuffix(_UNVERIFIED)

    def filled_in(typed: str) -> str:
        if typed == "later":
            return typed
        look({})(postal_address)
        return "filled in"

    try:
        look({})(postal_address)
    except FixTheSettings as fault:
        console.warn(str(fault))
        interview.text(
            "postal address",
            "Fill it in and press Enter, or type “later”",
            filled_in,
            default="",
        )
    return {"from_name": sent_by, "reply_to": reply_to}


def _verified(context: ChapterContext) -> str:
    """The domains that emails can come from."""
    names = [name for name, domain in context.account.domains().items() if domain.verified]
    return f"so far: {', '.join(names)}" if names else "none so far"


def _try_google(trial: Trial, own: dict[str, Any]) -> None:
    """One call: it gets a token, and Drive has no such file."""
    with trial.look(table_of(google=own)) as context:
        try:
            context.workbooks.version(_NO_SUCH_FILE)
        except NotOpen:
            return


def path_of(typed: str) -> Path:
    """A file's path as people paste it: in quotes, as a terminal escapes it, or as an address.

    Raises:
        ValueError: it begins in the home of a user who is not there.
    """
    bare = typed.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        return _at_home(bare[1:-1])
    if bare.casefold().startswith("file://"):
        return Path(unquote(urlsplit(bare).path))
    if "\\" in bare and not is_there(_at_home(bare)):
        bare = re.sub(r"\\(.)", r"\1", bare)
    return _at_home(bare)


def _at_home(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise ValueError(
            "no user of this computer has the home that this path begins with; paste the key "
            "itself, or type the path of a file with it"
        ) from None


def _key_or_file(typed: str) -> str:
    """What was pasted, or what the file holds that was named.

    Raises:
        ValueError: there is no such file; what was typed may be the key, and is not repeated.
    """
    path = path_of(typed)
    if not ("/" in typed or typed.startswith("~") or is_there(path)):
        return typed.strip()
    try:
        return as_text(read_named(path), "the file").strip()
    except FixTheSettings:
        raise ValueError(
            "no file with this path can be read; paste the key itself, or type the path of a file "
            "with it"
        ) from None


def _take(folder: Path, file: str, text: str, try_it: Callable[[str], None]) -> None:
    """Keep a key once it works; what was there before stays if it does not."""
    new = folder / f"{file}{_NEW}"
    write_private(new, text.strip().encode() + b"\n")
    try:
        try_it(f"{file}{_NEW}")
        with told(file):
            new.replace(folder / file)
    except ClerkError as fault:
        fault.where = fault.where.replace(_NEW, "")
        raise
    finally:
        new.unlink(missing_ok=True)
