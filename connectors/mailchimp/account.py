"""What stands in the way of a letter before there is one: the account, its domains, the audience.

Reads a few small answers and writes nothing; `clerk doctor` and `clerk init` ask. What the API does
not tell: how many contacts the plan allows, and whether a review has stopped the sending.
"""

from connectors.mailchimp.answers import Id, Listing
from connectors.mailchimp.calls import Calls
from connectors.net.responses import Answer, Nothing

FREE = "forever_free"
"""Mailchimp's word for the plan that costs nothing."""


class Account(Answer):
    """The account, and who in it the key belongs to."""

    account_id: Id
    account_name: str = ""
    pricing_plan_type: str = ""
    role: str = ""


class Domain(Answer):
    """A domain that letters may come from once it is verified."""

    domain: str
    verified: bool = False
    authenticated: bool = False


class Domains(Answer):
    """All domains of the account."""

    domains: tuple[Domain, ...]
    total_items: int


class Postal(Answer):
    """The address below each letter, as the law and Mailchimp want it."""

    company: str = ""
    address1: str = ""
    city: str = ""

    @property
    def lacks(self) -> list[str]:
        """What is not filled in."""
        parts = {"name": self.company, "street": self.address1, "city": self.city}
        return [part for part, text in parts.items() if not text.strip()]


class Settings(Answer):
    """What the audience's settings say of letters."""

    id: Id
    name: str
    contact: Postal | Nothing = None
    double_optin: bool = False

    @property
    def lacks(self) -> list[str]:
        """What its postal address lacks."""
        return (self.contact if isinstance(self.contact, Postal) else Postal()).lacks


class Size(Answer):
    """How many people an audience has who get email."""

    member_count: int = 0


class OfList(Answer):
    """One of the account's audiences."""

    id: Id
    name: str
    stats: Size = Size()


class OfLists(Listing):
    """A page of them."""

    lists: tuple[OfList, ...] = ()


class AccountRead(Calls):
    """The account that the key belongs to, and the settings of one audience of it."""

    def account(self) -> Account:
        """The account."""
        names = ["account_id", "account_name", "pricing_plan_type", "role"]
        return self._call(Account, self._client.root.get_root, fields=names)

    def audiences(self) -> list[OfList]:
        """The account's audiences."""
        fields = ["lists.id", "lists.name", "lists.stats.member_count", "total_items"]
        pages = self._pages(OfLists, self._client.lists.get_all_lists, fields=fields)
        return [one for page in pages for one in page.lists]

    def domains(self) -> dict[str, Domain]:
        """Its domains by name."""
        answer = self._call(Domains, self._client.domains.get_verified_domains_all)
        return {one.domain.casefold(): one for one in answer.domains}

    def settings(self) -> Settings:
        """The audience's."""
        parts = [f"contact.{name}" for name in ("company", "address1", "city")]
        return self._call(
            Settings,
            self._client.lists.get_list,
            self._list,
            fits=lambda answer: answer.id == self._list,
            fields=["id", "name", "double_optin", *parts],
        )
