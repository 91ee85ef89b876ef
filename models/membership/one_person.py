"""All rows about one person, and the person that they make."""

from dataclasses import dataclass, field

from models.intake.locations import SourceLocation
from models.intake.people import Person, PersonId, Registration, StatewideSignUp, latest_answers
from models.privacy import Email, Name
from models.text.folding import unmarked


@dataclass(slots=True)
class Profile:
    """A person while the rows about them are still coming in."""

    registrations: list[Registration] = field(default_factory=list)
    addresses: dict[Email, None] = field(default_factory=dict)
    name: Name | None = None
    first_seen: SourceLocation | None = None
    """Where an unregistered person first signed in."""
    sign_ups: list[StatewideSignUp] = field(default_factory=list)

    def last_words(self) -> list[Registration | StatewideSignUp]:
        """What they said last about email, and any other answer that could be later."""
        return latest_answers([*self.registrations, *self.sign_ups])

    def names(self) -> set[Name]:
        """Under which they registered; else the one they gave when they first came."""
        return {r.name.folded() for r in self.registrations} or (
            {self.name.folded()} if self.name else set()
        )


def person_of(person: PersonId, profile: Profile, mail: tuple[Email, ...]) -> Person:
    """The person whom the rows are about.

    Args:
        mail: the addresses at which they get letters.
    """
    rows = sorted(profile.registrations, key=lambda r: r.order)
    words = profile.last_words()
    asks = all(row.wants_email for row in words)
    newest = rows[-1] if rows else None
    days = [row.at for row in rows if row.at]
    return Person(
        id=person,
        name=profile.name,
        addresses=tuple(profile.addresses),
        mail_addresses=mail,
        asks_at=tuple(a for row in words for a in row.addresses) if asks else (),
        phone=next((row.phone for row in reversed(rows) if row.phone), None),
        district=newest.district if newest else "",
        registered=bool(rows),
        registered_since=min(days, default=None),
        new_since=min(days, default=None) if len(days) == len(rows) else None,
        sign_up=agreed(latest_answers(profile.sign_ups)),
    )


def agreed(newest: list[StatewideSignUp]) -> StatewideSignUp | None:
    """The one that holds, of several that say the same place."""
    places = {(unmarked(one.town), one.zip_code) for one in newest}
    return newest[-1] if len(places) == 1 else None
