"""The merge fields of an audience: whether ours are there, can hold our texts, and have room."""

from collections.abc import Iterable, Iterator, Mapping

from connectors.mailchimp.answers import MergeField, MergeFields
from connectors.mailchimp.calls import Calls
from connectors.mailchimp.payloads import NewMergeField
from models.errors import FixTheSettings, Refused
from models.faults import shown

ROOMS = (30, 80)
"""Fields an audience may have, on the top plan and on all others; no answer says which it is."""
OURS = "text"
"""The type that takes whatever we write, and gives it back as it was."""
WHERE = "Mailchimp, Audience, Settings, Audience fields and *|MERGE|* tags"
Fault = tuple[str, str]
"""What is wrong, and what to do about it."""
_KINDS: Mapping[str, str] = {
    "number": "a number",
    "date": "a date",
    "birthday": "a birthday",
    "radio": "a choice",
    "dropdown": "a drop-down",
    "address": "an address",
    "phone": "a telephone number",
    "zip": "a zip code",
    "url": "the address of a page",
    "imageurl": "the address of a picture",
}


class Fields(Calls):
    """The merge fields of one audience."""

    def merge_fields(self) -> dict[str, MergeField]:
        """The audience's merge fields by tag."""
        pages = self._pages(
            MergeFields,
            self._client.lists.get_list_merge_fields,
            self._list,
            fits=lambda page: page.list_id == self._list,
            fields=[
                *(f"merge_fields.{name}" for name in ("tag", "name", "type", "required")),
                "list_id",
                "total_items",
            ],
        )
        return {field.tag: field for page in pages for field in page.merge_fields}

    def missing_fields(self, ours: Mapping[str, str]) -> list[str]:
        """Those of our fields that are still to be made: each has room.

        Args:
            ours: tag → the label a volunteer sees.

        Raises:
            FixTheSettings: one is there and is of another type, or there is no room for all.
        """
        held = self.merge_fields()
        missing = [tag for tag in ours if tag not in held]
        faults = [*_of_another_type(held, ours), *_no_room(len(held), missing)]
        if faults:
            facts, steps = zip(*faults, strict=True)
            raise FixTheSettings("; ".join(facts), where=WHERE, next_step="; ".join(steps))
        return missing

    def make_fields(self, ours: Mapping[str, str]) -> None:
        """Make those of our fields that are missing.

        Raises:
            FixTheSettings: as `missing_fields`; then none was made.
        """
        for tag in self.missing_fields(ours):
            self._make_field(NewMergeField(tag=tag, name=ours[tag]))

    def _make_field(self, body: NewMergeField) -> None:
        try:
            self._call(
                MergeField,
                self._client.lists.add_list_merge_field,
                self._list,
                body,
                fits=lambda made: made.tag.casefold() == body.tag.casefold(),
            )
        except Refused:  # a try whose answer got lost may have made it
            if body.tag not in self.merge_fields():
                raise


def _of_another_type(held: Mapping[str, MergeField], ours: Iterable[str]) -> Iterator[Fault]:
    others = {tag: held[tag].type for tag in ours if tag in held and held[tag].type != OURS}
    if others:
        said = ", ".join(
            f"{tag} is {_KINDS.get(kind, shown(kind))}" for tag, kind in others.items()
        )
        step = f"delete {' and '.join(others)} there, or give the field another tag"
        yield (
            f"the program writes text, but of its fields {said}",
            f"{step}; the program creates its own, of the type text",
        )


def _no_room(held: int, missing: list[str]) -> Iterator[Fault]:
    room = next((most for most in ROOMS if held <= most), ROOMS[-1])
    over = held + len(missing) - room
    if missing and over > 0:
        by_hand = f"make {', '.join(missing)} there by hand, of the type text"
        yield (
            f"{held} of {room} fields are used, and the program needs {len(missing)} more",
            f"delete {over} fields that no one uses; if your plan has room for more, {by_hand}",
        )
