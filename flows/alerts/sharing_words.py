"""Who can open what, in words: for the officers' letter, for `clerk doctor` and for the log."""

from models.mail.alerts import Alert, AlertKind
from models.mail.sharing import Access, Reach

OPEN_TO = {
    Reach.ORGANISATION: "everyone in an organization",
    Reach.LINK: "everyone who has the link",
    Reach.PUBLIC: "everyone: it can be found by searching",
}
CLOSE = (
    "open it in Google, Share → General access → Restricted (for a form, change who can edit it, "
    "not who can respond); if it is in a folder that is shared, restrict the folder too"
)
UNPUBLISH = "in Google Sheets, File → Share → Publish to web → Stop publishing"
PUBLISHED = "everyone who has the web address where it is published"
ACCEPT_PEOPLE = "remove people under Share, or allow this number in chapter.toml [sharing]"
UNTOLD = (
    "cannot be checked: Google shows it only to people who can share the file; share it with the "
    "program's account as Editor and, under Share → ⚙, let editors share it, or check it there "
    "yourself"
)


def counted(access: Access) -> str:
    """How many can open a file."""
    said = f"{_many(access.editors, 'editor')}, {_many(access.viewers, 'viewer')}"
    return f"{said}, {_many(access.groups, 'group')} included" if access.groups else said


def opened_to(access: Access) -> str:
    """To whom a file is open, and what they may do."""
    change = ", who can edit it" if access.open_for_editing else ""
    ways = [f"{OPEN_TO[access.open_to]}{change}"] if access.open_to else []
    return "; ".join([*ways, *([PUBLISHED] if access.published else [])])


def close(access: Access) -> str:
    """The way to close a file that is open."""
    return "; ".join([CLOSE] * bool(access.open_to) + [UNPUBLISH] * access.published)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def sharing_sentence(alert: Alert) -> str:
    """What is so, of who can open what."""
    counts, place = alert.counts, place_said(alert.place)
    match alert.kind:
        case AlertKind.OPEN_TO_OTHERS:
            change = ", who can edit it" if counts.get("editing") else ""
            ways = [f"{OPEN_TO[one]}{change}" for one in Reach if counts.get(one)]
            ways += [PUBLISHED] if counts.get("published") else []
            return f"{place} can be opened by {', and by '.join(ways)} (DP-7)."
        case AlertKind.MORE_PEOPLE:
            have = (f"{_many(counts.get(f'{who}s', 0), who)}" for who in ("editor", "viewer"))
            beyond = counts.get("beyond", 0)
            return (
                f"{place} can be opened by {' and '.join(have)}: {beyond} more than chapter.toml "
                "allows (DP-7)."
            )
        case AlertKind.TAB_NOT_EMPTIED if alert.place.startswith("former-"):
            which = alert.place.removeprefix("former-").removesuffix("-tab")
            return (
                f"A {which} tab that chapter.toml no longer names could not be emptied. People who "
                "can open its spreadsheet still read it (DP-7)."
            )
        case AlertKind.TAB_NOT_EMPTIED:
            return (
                f"The {alert.place.removesuffix('-tab')} tab is in a spreadsheet that people whom "
                "no one named can open, and could not be emptied (DP-7)."
            )
        case AlertKind.SHARING_UNSEEN if alert.place == "mailing-list":
            return "The program cannot check who else receives changes of the mailing list (DP-7)."
        case AlertKind.SHARING_UNSEEN:
            return f"The program cannot check who can open {place[0].lower()}{place[1:]} (DP-7)."
        case AlertKind.UNLISTED_WEBHOOK:
            return (
                "A webhook sends every change of the mailing list, with addresses and names, to a "
                "host that chapter.toml does not list (DP-1)."
            )
        case AlertKind.UNLISTED_APPLICATION:
            return (
                "An application that chapter.toml does not list has access to the Mailchimp "
                "account and can read the mailing list (DP-1)."
            )
    raise ValueError(alert.kind)  # asked of its own kinds alone


def sharing_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.OPEN_TO_OTHERS:
            return f"{CLOSE}; if it is published, {UNPUBLISH}; `clerk doctor` shows which file"
        case AlertKind.MORE_PEOPLE:
            return f"{ACCEPT_PEOPLE}; `clerk doctor` shows which file"
        case AlertKind.TAB_NOT_EMPTIED:
            return (
                "`clerk doctor` shows which spreadsheet; restrict who can open it, and share it "
                "with the program's account as Editor without protecting the tab, or delete the "
                "spreadsheet forever"
            )
        case AlertKind.SHARING_UNSEEN:
            return "`clerk doctor` shows what cannot be checked and why"
        case AlertKind.UNLISTED_WEBHOOK:
            return f"`clerk doctor` shows the host; {WEBHOOK}"
        case AlertKind.UNLISTED_APPLICATION:
            return f"`clerk doctor` shows which one; {APPLICATION}"
    raise ValueError(kind)


WEBHOOK = (
    "delete it in Mailchimp, Audience → Settings → Webhooks, or list its host in chapter.toml "
    "[sharing] webhooks"
)
APPLICATION = (
    "remove it in Mailchimp, Account → Extras → Authorized applications, or list its name in "
    "chapter.toml [sharing] applications"
)


def place_said(place: str) -> str:
    """What people call a file that an alert's place stands for."""
    kind, _, which = place.partition("-")
    if kind == "of":
        told = place_said(which)
        return f"The spreadsheet that also gets the responses of {told[0].lower()}{told[1:]}"
    if kind == "vote":
        return f"The form or tab with the ballots of “{which}”"
    return f"{kind.capitalize()} {which} of chapter.toml"
