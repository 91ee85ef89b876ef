"""What doctor finds at Mailchimp: the account, the audience, its fields."""

from collections.abc import Iterator

from flows.desk import Desk
from flows.doctor.checks import Look


def at_mailchimp(desk: Desk) -> Iterator[Look]:
    """What the letters and the voting members' marks need there."""
    yield "Mailchimp audience", lambda: f"audience “{desk.audience.name()}”"
    yield "merge fields", lambda: _merge_fields(desk)


def _merge_fields(desk: Desk) -> str:
    held = desk.audience.merge_fields()
    ours = desk.chapter.mailchimp.marks.fields
    missing = [tag for tag in ours if tag not in held]
    return f"{', '.join(missing)} will be made at the first sync" if missing else "all there"
