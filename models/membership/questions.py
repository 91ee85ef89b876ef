"""Questions about who a person is. No text repeats a name or an address (DP-3)."""

from models.intake.locations import Ask, ReviewItem, SourceLocation, Weight
from models.text.sentences import Sentence


def shared_address() -> Ask:
    """A sign-in at a household's address."""
    return Ask(
        Sentence(
            "several registered people share this address, and the name does not show which one"
        ),
        Sentence(
            "write the name exactly as on the registration, or give each person a separate address"
        ),
    )


def nobody_named() -> Ask:
    """A sign-in without an address and a name."""
    return Ask(
        Sentence("this row has neither an address nor a name"),
        Sentence("ask who it was and add the address, or clear the row"),
    )


def name_alone(namesakes: int) -> Ask:
    """A sign-in without an address."""
    if not namesakes:
        who = Sentence("no one is registered")
    elif namesakes == 1:
        who = Sentence("one person is registered")
    else:
        who = Sentence("{many} people are registered", many=namesakes)
    return Ask(
        Sentence("this row has a name but no email address; {who} under this name", who=who),
        Sentence(
            "add the person's email address to the row; the program never matches by name only"
        ),
    )


def household(place: SourceLocation, first: str) -> ReviewItem:
    """Two registrations with one address and two names."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=Sentence(
            "shares an address with {first} under another name; kept as two people",
            first=first,
        ),
        next_step=Sentence(
            "if they are one person, register them under one name; if they are two, ask the "
            "second for a separate address: only the first gets email there"
        ),
    )


def namesake(place: SourceLocation, first: SourceLocation) -> ReviewItem:
    """Two registrations with one name and no address in common."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=Sentence(
            "has the same name as {first} and no address in common; kept as two people",
            first=first.told,
        ),
        next_step=Sentence(
            "if they are one person, add a “same person” exception with both addresses"
        ),
    )


def consent(place: SourceLocation) -> ReviewItem:
    """Registrations of one person that disagree about email, and none is clearly the latest."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=Sentence(
            "this person's registrations disagree about email, and it is not clear which is "
            "the latest; treated as no consent"
        ),
        next_step=Sentence("ask the person, and write the date and the time into each row"),
        rule="DP-4",
    )


def lives_in_two_places(place: SourceLocation) -> ReviewItem:
    """Statewide sign-ups of one person that name different places, and none is clearly newer."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=Sentence(
            "this person signed up for two places, and it is not clear which sign-up is the latest"
        ),
        next_step=Sentence(
            "write the date and the time into each row, or delete the row that no longer holds"
        ),
        rule="ST-1",
    )


def tagged_twin(place: SourceLocation) -> ReviewItem:
    """An unregistered +tag address whose bare form is another person's."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=Sentence("without its +tag, this is another person's address; kept as two people"),
        next_step=Sentence("if it is one person, add a “same person” exception with both"),
    )


def accented_twin(place: SourceLocation) -> ReviewItem:
    """An unregistered address that but for an accent is another person's."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=Sentence("without its accent, this is another person's address; kept as two people"),
        next_step=Sentence(
            "few addresses have accents, so correct the cell; if one person uses both "
            "addresses, add a “same person” exception"
        ),
    )


def unregistered_namesake(place: SourceLocation, first: SourceLocation) -> ReviewItem:
    """A sign-in with an unregistered address, and a name that is known with another address."""
    return ReviewItem(
        place=place,
        weight=Weight.QUESTION,
        reason=Sentence(
            "has the same name as {first} and an address that is not known there; kept as two "
            "people",
            first=first.told,
        ),
        next_step=Sentence(
            "if they are one person, correct the address, or add a “same person” "
            "exception with both; if they are two, you do not need to do anything"
        ),
        rule="VM-R2",
    )


def another_name(place: SourceLocation) -> ReviewItem:
    """A sign-in whose name differs from the one that is known for its address."""
    return ReviewItem(
        place=place,
        weight=Weight.NOTE,
        reason=Sentence(
            "this is not the name we know for this address; counted for the person we know"
        ),
        next_step=Sentence(
            "if it is another person in the household, ask them to register; if not, you do "
            "not need to do anything"
        ),
        rule="VM-R2",
    )
