"""The mirror of the mailing list."""

from connectors.ledger import Ledger
from models.mail.audience import Contact, ContactState
from models.privacy import Email

ANN = Contact(
    Email("ann@example.org"),
    ContactState.SUBSCRIBED,
    (("CLEVENTS", "3"), ("CLSTATUS", "Voting member")),
    frozenset({"clerk: voting member", "clerk: one event away"}),
)
BEN = Contact(Email("ben@example.org"), ContactState.CLEANED)


def mirror(*contacts: Contact) -> dict[Email, Contact]:
    return {contact.address: contact for contact in contacts}


def test_contacts_come_back_with_the_watermark(ledger: Ledger) -> None:
    assert ledger.audience() == ({}, None)
    ledger.save_contacts([ANN, BEN], watermark="2026-03-10T07:00:00+00:00")
    assert ledger.audience() == (mirror(ANN, BEN), "2026-03-10T07:00:00+00:00")


def test_a_contact_is_overwritten_and_the_others_and_the_watermark_stay(ledger: Ledger) -> None:
    ledger.save_contacts([ANN, BEN], watermark="w1")
    gone = Contact(ANN.address, ContactState.UNSUBSCRIBED)
    ledger.save_contacts(iter([gone]))
    assert ledger.audience() == (mirror(gone, BEN), "w1")


def test_a_whole_reading_replaces_all(ledger: Ledger) -> None:
    ledger.save_contacts([ANN, BEN], watermark="w1")
    ledger.save_contacts([BEN], watermark="w2", replace=True)
    assert ledger.audience() == (mirror(BEN), "w2")
