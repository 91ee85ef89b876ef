"""Who can open what, in words: for the officers' letter, for `clerk doctor` and for the log."""

from models.mail.alerts import Alert, AlertKind
from models.mail.sharing import Access, Reach
from models.text.sentences import Joined, Sentence

OPEN_TO = {
    Reach.ORGANISATION: Sentence("everyone in an organization"),
    Reach.LINK: Sentence("everyone who has the link"),
    Reach.PUBLIC: Sentence("everyone: it can be found by searching"),
}
CLOSE = Sentence(
    "open it in Google, Share → General access → Restricted (for a form, change who can "
    "edit it, not who can respond); if it is in a folder that is shared, restrict the "
    "folder too"
)
UNPUBLISH = Sentence("in Google Sheets, File → Share → Publish to web → Stop publishing")
PUBLISHED = Sentence("everyone who has the web address where it is published")
ACCEPT_PEOPLE = Sentence(
    "remove people under Share, or allow this number in chapter.toml [sharing]"
)
UNTOLD = Sentence(
    "cannot be checked: Google shows it only to people who can share the file; share it "
    "with the program's account as Editor and, under Share → ⚙, let editors share it, or "
    "check it there yourself"
)


def counted(access: Access) -> str:
    """How many can open a file."""
    said = Joined(", ", (_editors(access.editors), _viewers(access.viewers)))
    if not access.groups:
        return said
    groups = access.groups
    return Sentence(
        "{people}, {groups} included",
        people=said,
        groups=Sentence("1 group") if groups == 1 else Sentence("{many} groups", many=groups),
    )


def opened_to(access: Access) -> str:
    """To whom a file is open, and what they may do."""
    ways = [_way(access.open_to, editing=access.open_for_editing)] if access.open_to else []
    return Joined("; ", [*ways, *([PUBLISHED] if access.published else [])])


def _way(to: Reach, *, editing: bool) -> Sentence:
    return Sentence("{who}, who can edit it", who=OPEN_TO[to]) if editing else OPEN_TO[to]


def close(access: Access) -> str:
    """The way to close a file that is open."""
    return Joined("; ", [CLOSE] * bool(access.open_to) + [UNPUBLISH] * access.published)


def _editors(many: int) -> Sentence:
    return Sentence("1 editor") if many == 1 else Sentence("{many} editors", many=many)


def _viewers(many: int) -> Sentence:
    return Sentence("1 viewer") if many == 1 else Sentence("{many} viewers", many=many)


def sharing_sentence(alert: Alert) -> str:
    """What is so, of who can open what."""
    counts, place = alert.counts, place_said(alert.place)
    match alert.kind:
        case AlertKind.OPEN_TO_OTHERS:
            editing = bool(counts.get("editing"))
            ways = [_way(one, editing=editing) for one in Reach if counts.get(one)]
            ways += [PUBLISHED] if counts.get("published") else []
            return Sentence(
                "{place} can be opened by {ways} (DP-7).",
                place=place,
                ways=Joined(", and by ", ways),
            )
        case AlertKind.MORE_PEOPLE:
            return Sentence(
                "{place} can be opened by {editors} and {viewers}: {beyond} more than chapter.toml "
                "allows (DP-7).",
                place=place,
                editors=_editors(counts.get("editors", 0)),
                viewers=_viewers(counts.get("viewers", 0)),
                beyond=counts.get("beyond", 0),
            )
        case AlertKind.TAB_NOT_EMPTIED if alert.place.startswith("former-"):
            which = alert.place.removeprefix("former-").removesuffix("-tab")
            return Sentence(
                "A {which} tab that chapter.toml no longer names could not be emptied. People who "
                "can open its spreadsheet still read it (DP-7).",
                which=which,
            )
        case AlertKind.TAB_NOT_EMPTIED:
            tab = alert.place.removesuffix("-tab")
            return Sentence(
                "The {tab} tab is in a spreadsheet that people whom no one named can open, and "
                "could not be emptied (DP-7).",
                tab=tab,
            )
        case AlertKind.SHARING_UNSEEN if alert.place == "mailing-list":
            return Sentence(
                "The program cannot check who else receives changes of the mailing list (DP-7)."
            )
        case AlertKind.SHARING_UNSEEN:
            return Sentence(
                "The program cannot check who can open {place} (DP-7).", place=_within(place)
            )
        case AlertKind.UNLISTED_WEBHOOK:
            return Sentence(
                "A webhook sends every change of the mailing list, with addresses and "
                "names, to a host that chapter.toml does not list (DP-1)."
            )
        case AlertKind.UNLISTED_APPLICATION:
            return Sentence(
                "An application that chapter.toml does not list has access to the "
                "Mailchimp account and can read the mailing list (DP-1)."
            )
    raise ValueError(alert.kind)  # asked of its own kinds alone


def sharing_step(kind: AlertKind) -> str:
    """What an officer can do about it."""
    match kind:
        case AlertKind.OPEN_TO_OTHERS:
            return Sentence(
                "{close}; if it is published, {unpublish}; `clerk doctor` shows which file",
                close=CLOSE,
                unpublish=UNPUBLISH,
            )
        case AlertKind.MORE_PEOPLE:
            return Sentence("{accept}; `clerk doctor` shows which file", accept=ACCEPT_PEOPLE)
        case AlertKind.TAB_NOT_EMPTIED:
            return Sentence(
                "`clerk doctor` shows which spreadsheet; restrict who can open it, and "
                "share it with the program's account as Editor without protecting the tab, "
                "or delete the spreadsheet forever"
            )
        case AlertKind.SHARING_UNSEEN:
            return Sentence("`clerk doctor` shows what cannot be checked and why")
        case AlertKind.UNLISTED_WEBHOOK:
            return Sentence("`clerk doctor` shows the host; {step}", step=WEBHOOK)
        case AlertKind.UNLISTED_APPLICATION:
            return Sentence("`clerk doctor` shows which one; {step}", step=APPLICATION)
    raise ValueError(kind)


WEBHOOK = Sentence(
    "delete it in Mailchimp, Audience → Settings → Webhooks, or list its host in "
    "chapter.toml [sharing] webhooks"
)
APPLICATION = Sentence(
    "remove it in Mailchimp, Account → Extras → Authorized applications, or list its name "
    "in chapter.toml [sharing] applications"
)


def place_said(place: str) -> Sentence:
    """What people call a file that an alert's place stands for."""
    kind, _, which = place.partition("-")
    if kind == "of":
        return Sentence(
            "The spreadsheet that also gets the responses of {place}",
            place=_within(place_said(which)),
        )
    if kind == "vote":
        return Sentence("The form or tab with the ballots of “{which}”", which=which)
    if kind == "form":
        return Sentence("Form {which} of chapter.toml", which=which)
    if kind == "workbook":
        return Sentence("Workbook {which} of chapter.toml", which=which)
    return Sentence("{kind} {which} of chapter.toml", kind=kind.capitalize(), which=which)


def _within(place: Sentence) -> Sentence:
    """The same within a sentence."""
    return place.shaped(f"{place[:1].lower()}{place[1:]}", capital=False)
