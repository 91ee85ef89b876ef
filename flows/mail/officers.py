"""Where the officers' own mail goes: one address of the settings, by a test send, to no member."""

from connectors.settings import Chapter
from models.errors import FixTheSettings
from models.privacy import Email


def officers(chapter: Chapter, what: str) -> Email:
    """The officers' address, or else the chapter's own mailbox.

    Args:
        what: has nowhere to go without it.

    Raises:
        FixTheSettings: it is no address.
    """
    try:
        return Email.parse(chapter.elections.officers_email or chapter.mailchimp.reply_to)
    except ValueError as exc:
        raise FixTheSettings(
            f"{what} cannot be sent: {exc}",
            where="chapter.toml [mailchimp] reply_to",
            next_step="fix it, or name the officers' address as [elections] officers_email",
        ) from None
