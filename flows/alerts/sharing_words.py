"""Who can open what, in words: for the officers' letter, for `clerk doctor` and for the log."""

from models.mail.alerts import Alert, AlertKind
from models.mail.sharing import Access, Reach

OPEN_TO = {
    Reach.ORGANISATION: "everybody of an organisation",
    Reach.LINK: "everybody who has its link",
    Reach.PUBLIC: "everybody: a search finds it",
}
CLOSE = (
    "open it in Google, Share → General access → Restricted (of a form the access to edit it, not "
    "who may answer); if it is in a folder that is open, close the folder too"
)
UNPUBLISH = "in Google Sheets, File → Share → Publish to web → Stop publishing"
PUBLISHED = "everybody who has the address at which it is published to the web"
ACCEPT_PEOPLE = "take them out under Share, or accept the number in chapter.toml [sharing]"
UNTOLD = (
    "cannot be checked: Google tells it to those alone who may share the file; share it with the "
    "program's account as Editor, and under Share → ⚙ let editors share, or look there yourself"
)


def counted(access: Access) -> str:
    """How many can open a file."""
    said = f"{_many(access.editors, 'editor')}, {_many(access.viewers, 'viewer')}"
    return f"{said}, {_many(access.groups, 'group')} among them" if access.groups else said


def opened_to(access: Access) -> str:
    """To whom a file is open, and what they may do."""
    change = ", to change it" if access.open_for_editing else ""
    ways = [f"{OPEN_TO[access.open_to]}{change}"] if access.open_to else []
    return "; ".join([*ways, *([PUBLISHED] if access.published else [])])


def close(access: Access) -> str:
    """The way to close a file that is open."""
    return "; ".join([CLOSE] * bool(access.open_to) + [UNPUBLISH] * access.published)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def sharing_sentence(alert: Alert) -> str:
    """What is so, of who can open what."""
    counts, place = alert.counts, _place(alert)
    match alert.kind:
        case AlertKind.OPEN_TO_OTHERS:
            change = ", and changed" if counts.get("editing") else ""
            ways = [f"{OPEN_TO[one]}{change}" for one in Reach if counts.get(one)]
            ways += [PUBLISHED] if counts.get("published") else []
            return f"{place} can be opened by {', and by '.join(ways)} (DP-7)."
        case AlertKind.MORE_PEOPLE:
            have = (f"{_many(counts.get(f'{who}s', 0), who)}" for who in ("editor", "viewer"))
            beyond = counts.get("beyond", 0)
            return (
                f"{place} can be opened by {' and '.join(have)}: {beyond} more than chapter.toml "
                "accepts (DP-7)."
            )
        case AlertKind.SHARING_UNSEEN if alert.place == "mailing-list":
            return "What else is told of the mailing list cannot be checked (DP-7)."
        case AlertKind.SHARING_UNSEEN:
            return f"Who can open {place[0].lower()}{place[1:]} cannot be checked (DP-7)."
        case AlertKind.UNLISTED_WEBHOOK:
            return (
                "A webhook of the mailing list tells a host that chapter.toml does not list of "
                "every change, with address and name (DP-1)."
            )
        case AlertKind.UNLISTED_APPLICATION:
            return (
                "An application that chapter.toml does not list was let into the Mailchimp "
                "account, and can read the mailing list (DP-1)."
            )
    raise ValueError(alert.kind)  # asked of its own kinds alone


def sharing_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.OPEN_TO_OTHERS:
            return f"{CLOSE}; if it is published, {UNPUBLISH}; `clerk doctor` names the file"
        case AlertKind.MORE_PEOPLE:
            return f"{ACCEPT_PEOPLE}; `clerk doctor` names the file"
        case AlertKind.SHARING_UNSEEN:
            return "`clerk doctor` names what cannot be seen, and what hides it"
        case AlertKind.UNLISTED_WEBHOOK:
            return f"`clerk doctor` names the host; {WEBHOOK}"
        case AlertKind.UNLISTED_APPLICATION:
            return f"`clerk doctor` names it; {APPLICATION}"
    raise ValueError(kind)


WEBHOOK = (
    "delete it in Mailchimp, Audience → Settings → Webhooks, or list its host in chapter.toml "
    "[sharing] webhooks"
)
APPLICATION = (
    "take it out in Mailchimp, Account → Extras → Authorized applications, or list its name in "
    "chapter.toml [sharing] applications"
)


def _place(alert: Alert) -> str:
    kind, _, which = alert.place.partition("-")
    if kind == "of":
        told = _place(alert.model_copy(update={"place": which}))
        return f"The workbook into which answers go too, of {told[0].lower()}{told[1:]},"
    if kind == "vote":
        return f"What holds the ballots of the vote “{which}”"
    return f"{kind.capitalize()} {which} of chapter.toml"
