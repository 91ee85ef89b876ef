"""The areas of the ledger, each with verbs of its own.

One is imported when it is first asked for: it takes up the models of what it keeps, and few
commands ask for more than one or two.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from connectors.ledger.database import Database

if TYPE_CHECKING:
    from connectors.ledger.alerts import Alerts
    from connectors.ledger.erasing import Erasing
    from connectors.ledger.imported import ImportedLists
    from connectors.ledger.looks import Looks
    from connectors.ledger.mailings import Mailings
    from connectors.ledger.officers import OfficerAccess
    from connectors.ledger.people_found import PeopleFound
    from connectors.ledger.quiet import QuietNights
    from connectors.ledger.requests import Requests
    from connectors.ledger.votes import Votes


class Areas:
    """What a ledger is asked about by area; the front has what belongs to none."""

    _database: Database
    key: bytes

    @cached_property
    def votes(self) -> "Votes":
        """Elections, their frozen rolls, and the sealed record."""
        from connectors.ledger.votes import Votes

        return Votes(self._database)

    @cached_property
    def mailings(self) -> "Mailings":
        """What goes to many: the letters of the nights and of the votes."""
        from connectors.ledger.mailings import Mailings

        return Mailings(self._database)

    @cached_property
    def erasing(self) -> "Erasing":
        """Erasure and retention (DP-6)."""
        from connectors.ledger.erasing import Erasing

        return Erasing(self._database, self.key)

    @cached_property
    def looks(self) -> "Looks":
        """The newest look at the sources that was not applied."""
        from connectors.ledger.looks import Looks

        return Looks(self._database)

    @cached_property
    def imported(self) -> "ImportedLists":
        """Lists given as files."""
        from connectors.ledger.imported import ImportedLists

        return ImportedLists(self._database)

    @cached_property
    def requests(self) -> "Requests":
        """The queue of members' requests."""
        from connectors.ledger.requests import Requests

        return Requests(self._database, self.key)

    @cached_property
    def quiet(self) -> "QuietNights":
        """What a night asks that finds nothing changed."""
        from connectors.ledger.quiet import QuietNights

        return QuietNights(self._database, self.key)

    @cached_property
    def people(self) -> "PeopleFound":
        """What a night found of each."""
        from connectors.ledger.people_found import PeopleFound

        return PeopleFound(self._database, self.key)

    @cached_property
    def alerts(self) -> "Alerts":
        """What officers are told of the machine's work."""
        from connectors.ledger.alerts import Alerts

        return Alerts(self._database)

    @cached_property
    def officers(self) -> "OfficerAccess":
        """Who is signed in at the officers' page, and whom they looked at."""
        from connectors.ledger.officers import OfficerAccess

        return OfficerAccess(self._database)
