"""What is asked about who somebody is. No text repeats a name or an address (DP-3)."""

from models.intake.locations import Ask, ReviewItem, SourceLocation, Weight


def shared_address() -> Ask:
    """A sign-in at a household's address."""
    return Ask(
        "the address is shared by several registered people and the name does not tell which",
        "write the name exactly as on the registration, or give each an address of their own",
    )


def nobody_named() -> Ask:
    """A sign-in that says nothing."""
    return Ask(
        "neither an address nor a name stands here",
        "ask at the event who it was and add the address, or clear the row",
    )


def name_alone(namesakes: int) -> Ask:
    """A sign-in without an address."""
    who = {0: "nobody is registered", 1: "one person is registered"}.get(
        namesakes, f"{namesakes} people are registered"
    )
    return Ask(
        f"there is a name and no address; {who} under this name",
        "add the person's mail address to the row; a name alone is never matched",
    )


def household(place: SourceLocation, first: object) -> ReviewItem:
    """Two registrations with one address and two names."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=f"shares an address with {first} under another name; kept as two people",
        next_step="if they are one person, register them under one name; if two, ask the second "
        "for an address of their own: only the first gets letters there",
    )


def namesake(place: SourceLocation, first: SourceLocation) -> ReviewItem:
    """Two registrations with one name and no address in common."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=f"has the same name as {first} and no address in common; kept as two people",
        next_step="if they are one person, add a “same person” exception with both addresses",
    )


def consent(place: SourceLocation) -> ReviewItem:
    """Registrations of one person that disagree about mail, and none is surely the newest."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason="this person's registrations disagree about mail and do not say which is the "
        "newest; taken for no consent",
        next_step="ask the person, and write the date and the time into each row",
        rule="DP-4",
    )


def tagged_twin(place: SourceLocation) -> ReviewItem:
    """An unregistered +tag address whose bare form is another person's."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason="without its +tag the address would be another person's; kept apart",
        next_step="if it is one person, add a “same person” exception with both",
    )


def accented_twin(place: SourceLocation) -> ReviewItem:
    """An unregistered address that but for an accent is another person's."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason="without its accent the address would be another person's; kept apart",
        next_step="few addresses have accents: correct the cell; if it is one person's own, add a "
        "“same person” exception with both",
    )


def unregistered_namesake(place: SourceLocation, first: SourceLocation) -> ReviewItem:
    """A sign-in with an address that nobody registered, and a name that is known with another."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=f"has the same name as {first} and an address that is not known there; kept as two "
        "people",
        next_step="if they are one person, correct the address, or add a “same person” exception "
        "with both; if they are two, nothing is to be done",
        rule="VM-R2",
    )


def another_name(place: SourceLocation) -> ReviewItem:
    """A sign-in whose name is quite another's than the one known for its address."""
    return ReviewItem(
        place=place,
        weight=Weight.NOTE,
        reason="the name is another than the one known for this address; counted for the one "
        "person known there",
        next_step="if it is somebody else of the household, ask them to register; if not, nothing "
        "is to be done",
        rule="VM-R2",
    )
