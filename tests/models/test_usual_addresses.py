"""The short way for usual addresses gives what the library gives."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from models.intake.parsing import addresses_in
from models.privacy import Email
from models.unmask import reveal

LOCALS = st.text(st.sampled_from("abZ019._+-'é "), min_size=0, max_size=70)
SURROUNDING = " '-"
DOMAINS = st.sampled_from(
    ["example.org", "EXAMPLE.org", "mail.example.co.uk", "münchen.example.org", "local", "a..b",
     "-a.org", "example", "test", "x.test", "host.local", "", "1.2.3.4", "[1.2.3.4]", "a_b.org"]
)  # fmt: skip


def by_the_library(typed: str) -> str | None:
    try:
        known = validate_email(typed, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return f"{known.local_part}@{known.ascii_domain}".lower()


@given(LOCALS, DOMAINS)
def test_every_address_is_read_as_the_library_reads_it(local: str, domain: str) -> None:
    typed = f"{local}@{domain}"
    bare = local.lstrip(SURROUNDING).rstrip(" '")
    tidy = " ".join(f"{bare}@{domain}".split()).rstrip(".,;")
    expected = None if " " in tidy else by_the_library(tidy)
    if expected is None:
        with pytest.raises(ValueError, match="address"):
            Email.parse(typed)
    else:
        assert reveal(Email.parse(typed)) == expected


@pytest.mark.parametrize(
    "typed",
    ["Email: ann@example.org", "e-mail address:ann@example.org", "ann@example.org (home)"],
)
def test_a_label_before_an_address_and_a_remark_behind_are_no_part_of_it(typed: str) -> None:
    assert reveal(Email.parse(typed)) == "ann@example.org"
    assert [reveal(one) for one in addresses_in(typed) if isinstance(one, Email)] == [
        "ann@example.org"
    ]


def test_two_addresses_are_two_whatever_stands_in_brackets() -> None:
    with pytest.raises(ValueError, match="two addresses"):
        Email.parse("ann@example.org (old), ben@example.org")
