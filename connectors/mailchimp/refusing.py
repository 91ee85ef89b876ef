"""What a refusing answer of Mailchimp's means, and what to do about it.

Its `title` and `detail` are repeated where they are about the account; a detail with an address in
it is about a contact, and stays unsaid (DP-3). Sources: Mailchimp's glossary of errors, and answers
quoted in hitobito/hitobito#3712 (User Disabled), VingtCinq/python-mailchimp#197 (User action not
permitted), DynamoMTL/spree_chimpy#91 and drewm/mailchimp-api#327 (Akamai).
"""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from connectors.mailchimp.answers import Problem
from connectors.net.responses import not_from, parsed
from connectors.net.retries import LATER, Blocked
from models.errors import ClerkError, FixTheSettings, KeyRefused, Refused, TryAgainLater
from models.privacy import MASK, one_line, redact_addresses

if TYPE_CHECKING:
    import requests

SERVICE = "Mailchimp"
_KEY, _LIST = "chapter.toml [mailchimp] key_file", "chapter.toml [mailchimp] list_id"
_LONGEST = 300
_ABOUT_WHAT_WAS_ASKED = (400, 403)
_NUMBER = re.compile(r"\+?\d[\d\s().-]{5,}\d")
"""What may be somebody's telephone number."""
_PART = re.compile(r"@|%40|[(\[{]\s*at\s*[)\]}]|\b(?:user ?name|local part|mailbox)", re.IGNORECASE)
"""What speaks of a part of an address: Mailchimp repeats what stands before its @."""
_SENTENCES = re.compile(r"(?<=[.!?;]) ")


class NotThere(FixTheSettings):
    """Mailchimp knows no such thing (404); a key that may not look is another matter."""


class ApiKeyRefused(KeyRefused):
    """The API key is not taken, or allowed nothing."""

    service = "mailchimp"


class _Fault(NamedTuple):
    """A fault of the account's own, in our words."""

    words: str
    """By which it is known: a title without spaces, or a pattern of a detail."""
    fact: str
    next_step: str
    where: str = "Mailchimp, the account"


_BY_TITLE = (
    _Fault(
        "userdisabled",
        "Mailchimp has switched off the account, or the user whose key this is",
        "sign in to Mailchimp as its owner and do what it asks there; if the account is well, make "
        "a new key: Account, Extras, API keys",
    ),
    _Fault(
        "wrongdatacenter",
        "the API key's end names another data centre than the account's",
        "copy the key again from Mailchimp, whole, with its end such as -us21",
        _KEY,
    ),
    _Fault(
        "useractionnotpermitted",
        "the account's plan, or the role of the key's user, does not allow this",
        "sign in to Mailchimp: Account issues says whether something is restricted, Billing what "
        "the plan allows; the key must be a manager's or owner's",
    ),
    _Fault(
        "compliancerelated",
        "Mailchimp has stopped the account for a review of its own",
        "sign in to Mailchimp as the account's owner and answer what it asks; reviews are made "
        "from Monday to Friday. Nothing is lost: it goes on where it stopped",
    ),
)
_NO_KEY = ("userdisabled", "wrongdatacenter")
"""Of these, what makes the key good for nothing."""
_BY_DETAIL = (
    _Fault(
        r"contact limit|limit of contacts|too many contacts",
        "the account's plan has no room for more contacts",
        "in Mailchimp, archive contacts that you no longer email, or choose a larger plan: "
        "Account, Billing",
    ),
    _Fault(
        r"(maximum|limit) of (\d+ )?merge fields",
        "the audience has no room for more fields",
        "delete fields that no one uses: Audience, Settings, Audience fields and *|MERGE|* tags",
        "Mailchimp, the audience",
    ),
    _Fault(
        r"(domain|from|reply).*verif|verif.*(domain|from|reply)",
        "Mailchimp has not verified the domain that emails come from",
        "verify it in Mailchimp: Account, Domains; or take an address of a verified domain",
        "chapter.toml [mailchimp] reply_to",
    ),
    _Fault(
        r"\bplan\b",
        "the account's plan does not allow this",
        "see in Mailchimp what the plan allows: Account, Billing",
    ),
)


def lasts(response: "requests.Response") -> bool:
    """Whether an answer that looks like a passing trouble is none: asking again changes nothing."""
    problem = parsed(Problem, response)
    return problem is not None and _title(problem) == "compliancerelated"


def refusal(response: "requests.Response") -> ClerkError | None:
    """What a refusing answer means."""
    status = response.status_code
    problem = parsed(Problem, response)
    if problem is None or problem.status != status:
        return _of_somebody_else(response)
    if known := _known(problem):
        kind = ApiKeyRefused if known.words in _NO_KEY else FixTheSettings
        return kind(f"{known.fact}: {_said(problem)}", where=known.where, next_step=known.next_step)
    match status:
        case 401:
            return ApiKeyRefused(
                "Mailchimp refused the API key",
                where=_KEY,
                next_step="copy the key again from Mailchimp: Account, Extras, API keys",
            )
        case 403:
            return ApiKeyRefused(
                f"the API key is not allowed to do this: {_said(problem)}",
                where=_KEY,
                next_step="use a key of a manager or owner of the account",
            )
        case 404:
            return NotThere(
                "the audience or what we look for in it does not exist",
                where=_LIST,
                next_step="copy the audience id from Mailchimp: Audience, Settings",
            )
    return Refused(
        f"refused with status {status}: {_said(problem)}", where=SERVICE, next_step="`clerk doctor`"
    )


def _of_somebody_else(response: "requests.Response") -> ClerkError:
    """Something on the way answers in Mailchimp's place, its own gate among them."""
    if response.status_code != HTTPStatus.FORBIDDEN:
        return not_from(SERVICE)
    if b"access denied" in response.content.lower() or _is_akamai(response):
        return Blocked(
            "the gate before Mailchimp lets nothing from this machine's address pass (Akamai, "
            "“Access Denied”); such a block lasts for hours",
            where=SERVICE,
            next_step="wait, and do not run it over and over; if it is so tomorrow, ask from "
            "another network or write to Mailchimp's support",
        )
    # Mailchimp's own gate says 403 without a word when too much comes at once.
    return TryAgainLater("too many requests at once", where=SERVICE, next_step=LATER)


def _is_akamai(response: "requests.Response") -> bool:
    return "akamai" in response.headers.get("Server", "").lower()


def _known(problem: Problem) -> _Fault | None:
    title, detail = _title(problem), (problem.detail or "").casefold()
    by_title = (one for one in _BY_TITLE if one.words == title)
    if problem.status not in _ABOUT_WHAT_WAS_ASKED or _is_of_a_contact(detail):
        return next(by_title, None)
    by_detail = (one for one in _BY_DETAIL if re.search(one.words, detail))
    return next(by_title, None) or next(by_detail, None)


def _title(problem: Problem) -> str:
    return re.sub(r"[^a-z]", "", problem.title.casefold())


def _is_of_a_contact(text: str) -> bool:
    return redact_addresses(text) != text or _PART.search(text) is not None


def _said(problem: Problem) -> str:
    """Mailchimp's own words, as far as they name nobody, and the fields it names."""
    words = [w for w in (problem.title, problem.detail or "") if w and not _is_of_a_contact(w)]
    fields = [one.field for one in problem.errors or () if one.field]
    if fields:
        words.append(f"of {', '.join(dict.fromkeys(fields))}")
    told = masked(": ".join(words))
    return f"“{told}”" if told else "it does not say why"


def masked(text: str) -> str:
    """Mailchimp's words without what may be somebody's address or number, on one line.

    Of a sentence about an address or a part of one nothing is left: the rest may hold the other.
    """
    sentences = _SENTENCES.split(one_line(text))
    told = " ".join(MASK if _is_of_a_contact(one) else one for one in sentences)
    return _NUMBER.sub(MASK, told)[:_LONGEST]
