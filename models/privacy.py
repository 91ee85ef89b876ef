"""Email, Phone, Name: they compare, hash and sort, and print as dots (DP-3).

Whatever prints, logs, formats, serialises or pickles one of these gets a mask or a refusal. The
plain text leaves through `models.unmask` alone, and the house's import rules list who may ask it.
"""

import re
import unicodedata
from functools import total_ordering
from typing import Any, NoReturn, Self

from email_validator import EmailNotValidError, validate_email
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from models.errors import Refused
from models.text.address_letters import KEYBOARDS, lookalike
from models.text.folding import folded
from models.text.greeting import in_usual_order
from models.text.sentences import Sentence

MASK = "•••"
_SIGN = r"(?:[@＠﹫]|%40|[\[({]\s*at\s*[\])}])"
"""As keyboards write it (as wide as a Chinese letter, small), as links do, and spelt out."""
_BIT = r"""(?:[^\s<>"'(),;:=@＠﹫]|(?<=\w)'(?=\w))+"""
_DOT = r"(?:\.|\s+dot\s+|\s*[\[({]\s*dot\s*[\])}]\s*)"
_DOMAIN = rf"[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[^\W\d_]{{2,}}"
_ADDRESS = re.compile(
    rf"{_BIT}(?:(?:[@＠﹫]|%40){_BIT})+|{_BIT}\s*{_SIGN}\s*{_DOMAIN}", re.IGNORECASE
)
"""Around a sign with spaces there must be a domain: “Forum @ 7” is no address."""
_SIGNS = re.compile(_SIGN, re.IGNORECASE)


def redact_addresses(text: str) -> str:
    """The text with whatever looks like an address replaced by dots."""
    return _ADDRESS.sub(MASK, text) if _SIGNS.search(text) else text


@total_ordering
class Personal:
    """Text about a person. `parse` makes one from what somebody typed."""

    __slots__ = ("__plain",)
    __plain: str

    def __init__(self, plain: str) -> None:
        object.__setattr__(self, "_Personal__plain", plain)

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Tidy what somebody typed.

        Raises:
            ValueError: it cannot be one; the message says why and repeats nothing of it.
        """
        return cls(one_line(typed))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def check(value: Any) -> Personal:
            if isinstance(value, cls):
                return value
            if not isinstance(value, str):
                raise PydanticCustomError("personal", "text is expected here")
            try:
                return cls.parse(value)
            except ValueError as exc:
                raise PydanticCustomError("personal", "{why}", {"why": str(exc)}) from None

        return core_schema.no_info_plain_validator_function(
            check, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__plain == other.__plain

    def __lt__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self.__plain < other.__plain

    def __hash__(self) -> int:
        return hash(self.__plain)

    def __bool__(self) -> bool:
        return bool(self.__plain)

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"{type(self).__name__}({MASK})"

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __reduce__(self) -> NoReturn:
        raise Refused("personal data is not pickled", rule="DP-3")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class Email(Personal):
    """One mail address, lower-cased, its domain in ASCII; +tags are kept, they are part of it."""

    __slots__ = ()

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Tidy an address: what stands around it goes, and so do spaces beside its sign.

        That is quotation marks and brackets, `mailto:` or `Email:`, a name before <…>, a remark in
        brackets behind, a dot or comma at the end, a mark of a list or a formula in front. What a
        keyboard writes for a character of ASCII is that character. Two addresses in one cell,
        spaces inside one and a letter that only looks like another are refused, never guessed at.

        Raises:
            ValueError: it is none; the message says what is wrong, and repeats nothing of it.
        """
        tidy = without_names(one_line(typed)).lstrip(_FRONT).rstrip(_ENDS)
        local, sign, domain = tidy.partition("@")
        local = local.rstrip(f" {_QUOTES}")  # of a pair around it, whose first is gone
        tidy = f"{local}{sign}{domain}"
        try:
            if " " in tidy or "@" in domain or lookalike(tidy):
                raise EmailNotValidError
            known = validate_email(tidy, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValueError(_wrong(tidy)) from None
        return cls(f"{known.local_part}@{known.ascii_domain}".lower())

    def untagged(self) -> "Email":
        """The address without its +tag, for asking whether the two are one person's."""
        local, at, domain = self._Personal__plain.partition("@")  # type: ignore[attr-defined]  # our own slot
        return Email(local.partition("+")[0] + at + domain)

    def unaccented(self) -> "Email":
        """The address with bare letters, for asking the same."""
        parted = unicodedata.normalize("NFD", self._Personal__plain)  # type: ignore[attr-defined]  # our own slot
        return Email("".join(each for each in parted if not unicodedata.combining(each)))


def without_names(line: str) -> str:
    """Return a line of addresses without a name or `mailto:` before one, or a remark behind."""
    line = _NAMED.sub(r"\1 ", line.translate(KEYBOARDS))
    return re.sub(r" *@ *", "@", _LABEL.sub("", _REMARK.sub("", line)))


# From its separator on and from nowhere else: a cell of 50 000 letters is looked through once.
_NAMED = re.compile(r"(?:^|(?<=[<>,;/]))[^<>,;/]*<([^<>]+)>")
_LABEL = re.compile(r"\bmailto: *|(?:^|(?<=[,;/ ]))e-?mail(?: address)?: *", re.IGNORECASE)
_REMARK = re.compile(r"(?<=\w) \([^()@<>]*\)(?= *(?:$|[,;/]))")
"""Behind an address: “(home)”."""
_QUOTES = "'\"`´‘’“”„«»"
_AROUND = f" {_QUOTES}<>()[]{{}}"
_FRONT = f"{_AROUND}*=-•·"
_ENDS = ".,;:!? " + _AROUND


def _wrong(tidy: str) -> str:
    """What is wrong with an address, as far as a person can see it."""
    local, sign, domain = tidy.partition("@")
    if domain.startswith("@"):
        return Sentence("this is not an email address: it has two @")
    if "@" in domain:
        return Sentence("there are two addresses here")
    if not sign:
        return Sentence("this is not an email address: it has no @")
    if not (local and domain):
        if local:
            return Sentence("this is not an email address: nothing is after the @")
        return Sentence("this is not an email address: nothing is before the @")
    if " " in tidy:
        return Sentence("the address contains a space")
    if mark := next((mark for mark in _COMMAS if mark in domain), ""):
        return _COMMAS[mark]
    if "." not in domain:
        return Sentence(
            "this is not an email address: the part after the @ has no dot, as in example.org"
        )
    if letter := lookalike(tidy):
        named = f"“{letter}” {unicodedata.name(letter)}"
        return Sentence(
            "this is not an email address: {named} in it is not the character it looks like",
            named=named,
        )
    if ".." in tidy:
        return Sentence("this is not an email address: it has two dots in a row")
    return Sentence("this is not an email address")


_COMMAS = {
    ",": Sentence("the address contains a comma"),
    ";": Sentence("the address contains a semicolon"),
    "/": Sentence("the address contains a slash"),
}


class Phone(Personal):
    """A telephone number as its digits, a leading + kept."""

    __slots__ = ()

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Keep the digits; fewer than seven or more than fifteen (E.164) is no number."""
        digits = re.sub(r"\D", "", typed)
        if not 7 <= len(digits) <= 15:
            raise ValueError(Sentence("this is not a telephone number"))
        return cls("+" * typed.strip().startswith("+") + digits)


class Name(Personal):
    """A person's name as they write it, on one line."""

    __slots__ = ()
    LONGEST = 200

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Join runs of white space, compose accents; an empty or book-long cell is no name."""
        tidy = one_line(typed)
        if not tidy:
            raise ValueError(Sentence("the name is empty"))
        if len(tidy) > cls.LONGEST:
            raise ValueError(
                Sentence("the name is longer than {most} characters", most=cls.LONGEST)
            )
        return cls(tidy)

    def folded(self) -> "Name":
        """The same name for comparing, as headers and choices are compared (`models.text.folding`).

        “Müller, Cy (he/him)” is Cy Müller, and a curly apostrophe is a straight one; accents stay,
        they tell people apart.
        """
        plain: str = self._Personal__plain  # type: ignore[attr-defined]  # our own slot
        return Name(folded(in_usual_order(plain) if _ORDERED.search(plain) else plain))

    @property
    def is_whole(self) -> bool:
        """Whether it has more than one word."""
        return " " in self._Personal__plain  # type: ignore[attr-defined]  # our own slot

    def lowered(self) -> "Name":
        """The same name without case alone, as former versions compared it and ledgers hold it."""
        return Name(self._Personal__plain.casefold())  # type: ignore[attr-defined]  # our own slot

    def akin(self, other: "Name") -> bool:
        """Whether two folded names may be one person's: Ann, A. Alder, Annie; not Ben Alder."""
        one, two = (name._Personal__plain.split() for name in (self, other))  # type: ignore[attr-defined]  # our own slot
        return any(_starts_alike(one[0], word) for word in two) or any(
            _starts_alike(two[0], word) for word in one
        )


_ORDERED = re.compile(r"[,(\[/]")


def _starts_alike(word: str, other: str) -> bool:
    word, other = word.strip(".,"), other.strip(".,")
    length = min(3, len(word), len(other))
    return word[:length] == other[:length]


def one_line(typed: str) -> str:
    """White space and control characters become single spaces; accents are composed (NFC)."""
    if not (typed.isascii() and typed.isprintable()):  # else there is none of either
        spaced = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in typed)
        typed = unicodedata.normalize("NFC", spaced)
    return " ".join(typed.split())
