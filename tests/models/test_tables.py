"""Headers found tolerantly, or refused with the place; cells named as the sheet names them."""

import pytest

from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.locations import SourceLocation, column_letter
from models.intake.tables import Cell, Columns, Table, find_columns, table_from
from models.text.folding import unmarked

SIGN_INS = COLUMNS["sign_ins"]
HEADERS: list[Cell] = ["Timestamp", "Event", "Email address", "Name"]
ROW: list[Cell] = [46089.75, "Forum", "ann@example.org", "Ann Alder"]


def refusal(*grid: list[Cell], wanted: Columns = SIGN_INS) -> FixTheSettings:
    """What the reader of a bad header row is told."""
    with pytest.raises(FixTheSettings) as caught:
        find_columns("Sign-ins", grid, wanted)
    assert "ann@" not in str(caught.value).casefold()
    assert "alder" not in str(caught.value).casefold()
    return caught.value


@pytest.mark.parametrize(
    "header",
    ["Email address", "EMAIL ADDRESS", "  email   address ", "Email address:", "Email Address *",
     "Email address?", "Email\naddress", "Email\u00a0address", "\ufeffEmail\u200b address"],
)  # fmt: skip
def test_a_header_is_found_whatever_its_case_spaces_and_marks(header: str) -> None:
    assert find_columns("Sign-ins", [["Event", header]], SIGN_INS) == {
        "event": (0,),
        "address": (1,),
    }


def test_columns_may_stand_in_any_order_among_others() -> None:
    found = find_columns(
        "Sign-ins", [["T-shirt", "Name", None, "Email address", "Event"]], SIGN_INS
    )
    assert found == {"event": (4,), "address": (3,), "name": (1,)}


def test_a_chapter_may_name_its_own_headers() -> None:
    own = SIGN_INS.renamed({"address": "Your e-mail", "event": "Which event?"})
    assert find_columns("Sign-ins", [["which event", "YOUR E-MAIL"]], own) == {
        "event": (0,),
        "address": (1,),
    }


def test_a_renamed_header_is_refused_with_the_closest_one() -> None:
    error = refusal(["Timestamp", "Event", "E-mail addresses", "Name"])
    assert error.where == "Sign-ins!1:1"
    assert error.fact == (
        "no header “Email address”; the closest is “E-mail addresses” in column C"
    )
    assert error.next_step == (
        "fix the header, or map it in chapter.toml [columns.sign_ins], as in "
        'address = ["Email address", "yours"]'
    )


def test_all_missing_headers_are_told_at_once() -> None:
    error = refusal(["When", "Comments"])
    assert "no header “Event”" in error.fact
    assert "no header “Email address”" in error.fact


def test_a_header_that_stands_twice_is_found_in_both_columns() -> None:
    headers: list[Cell] = ["Event", "Email address", "Name", "email address:"]
    assert find_columns("Sign-ins", [headers], SIGN_INS)["address"] == (1, 3)


def test_several_headers_may_be_listed_for_a_field() -> None:
    own = SIGN_INS.renamed({"address": ["Email address", "Your e‑mail"], "event": "Where?"})
    headers: list[Cell] = ["your e-mail", "Where", "EMAIL ADDRESS", "Name", "Your e-mail (old)"]
    assert find_columns("Sign-ins", [headers], own) == {
        "event": (1,),
        "address": (0, 2),
        "name": (3,),
    }
    error = refusal(["Where?", "Mail"], wanted=own)
    assert error.fact.startswith("no header “Email address” or “Your e‑mail”")


def test_a_header_that_is_named_for_two_fields_is_refused_with_the_setting_that_decides() -> None:
    own = SIGN_INS.renamed({"event": "Where?", "name": ["Name", "where"]})
    error = refusal(["Where?", "Email address"], wanted=own)
    assert error.fact == "the header of column A is set for both event and name"
    assert "[columns.sign_ins]" in error.next_step


@pytest.mark.parametrize("header", ["Email address (old)", "Your email address", "Email"])
def test_a_header_is_never_taken_for_a_part_of_another(header: str) -> None:
    assert "no header “Email address”" in refusal(["Event", header]).fact


def test_a_header_that_only_looks_right_is_told_with_the_character_by_its_name() -> None:
    assert refusal(["Event", "Em\u0430il address"]).fact.endswith(
        "; the closest is “Em\u0430il address” in column B, which differs by “\u0430” CYRILLIC "
        "SMALL LETTER A, “a” LATIN SMALL LETTER A"
    )


def test_an_unneeded_header_may_stand_twice() -> None:
    headers: list[Cell] = ["Event", "Email address", "Comments", "Comments", "", ""]
    assert find_columns("Sign-ins", [headers], SIGN_INS) == {
        "event": (0,),
        "address": (1,),
    }


def test_a_header_sorted_into_the_data_is_found_there() -> None:
    error = refusal(ROW, ROW, list(HEADERS), ROW)
    assert "in row 1, but row 3 has it; was the tab sorted together with its header?" in error.fact


def test_a_header_row_that_was_deleted_is_told_without_repeating_the_data() -> None:
    error = refusal(["3/4/2026", "Nam", "ann@example.org", "Ann Alder"], ROW)
    assert "row 1 looks like data" in error.fact
    assert "nam" not in error.fact.replace("“Name”", "")
    assert "row 1 looks like data" in refusal(ROW).fact


def test_a_deleted_header_row_of_names_alone_repeats_none_of_them() -> None:
    wanted = Columns("members", {"name": "Name"}, frozenset({"name"}))
    assert "alder" not in refusal(["Ann Alder"], wanted=wanted).fact


@pytest.mark.parametrize("grid", [[], [[]], [["", None, " "]]])
def test_an_emptied_tab_is_refused(grid: list[list[Cell]]) -> None:
    assert "row 1 is empty" in refusal(*grid).fact


@pytest.mark.parametrize(
    "header",
    ["SSN", "ssn_last4", "Social Security #", "Social-security number", "Passport", "Passport No.",
     "Driver's license", "Driver’s License #", "drivers licence", "Tax ID", "Taxpayer ID", "ITIN",
     "National ID", "Government ID", "Government-issued ID", "State ID", "Voter ID", "Credit card",
     "Debit Card", "Card number", "card_no", "Card #", "CVV", "IBAN", "Account number",
     "account #", "Bank account", "Acct. number", "Routing number"],
)  # fmt: skip
def test_a_column_like_a_government_id_card_or_account_number_is_refused(header: str) -> None:
    error = refusal(["Event", "Email address", header])
    assert error.fact.startswith("column C looks like a government ID, card, or account number")
    assert "(DP-5)" in error.fact


@pytest.mark.parametrize(
    "header",
    ["Registered voter", "Phone number", "District", "Dues paid", "Assigned table", "Idea",
     "Accounting volunteer?", "Discard", "Instagram account", "Postcards", "Ward number"],
)  # fmt: skip
def test_an_ordinary_column_is_not_taken_for_one(header: str) -> None:
    assert find_columns("Sign-ins", [["Event", "Email address", header]], SIGN_INS)


def test_only_the_columns_of_the_kind_are_kept() -> None:
    table = table_from(
        "Sign-ins",
        [["Event", "Diet", "Email address"], ["Forum", "vegan", "ann@example.org"]],
        SIGN_INS,
        "America/New_York",
    )
    assert table.fields == ("event", "address")
    assert table.rows == [["Forum", "ann@example.org"]]


def test_short_rows_are_filled_up_and_blank_ones_are_no_rows() -> None:
    grid: list[list[Cell]] = [
        ["Event", "Email address", "Done"], ["Forum"], [], ["", None], ["  ", "\t"], [False],
        [None, "ann@example.org"],
    ]  # fmt: skip
    table = table_from("Sign-ins", grid, SIGN_INS, "America/New_York")
    assert list(table.filled()) == [(0, ["Forum", None]), (5, [None, "ann@example.org"])]


def test_a_place_is_the_cell_as_the_sheet_names_it() -> None:
    table = table_from("Sign-ins", [list(HEADERS), ROW, ROW], SIGN_INS, "America/New_York")
    assert str(table.place(1, "address")) == "Sign-ins!C3"
    assert str(table.place(0)) == "Sign-ins!2:2"


def test_a_field_without_a_column_is_placed_at_its_row() -> None:
    table = table_from("Sign-ins", [["Event", "Email address"], ["Forum"]], SIGN_INS, "UTC")
    assert str(table.place(0, "name")) == "Sign-ins!2:2"


def test_a_form_answer_is_placed_by_its_response() -> None:
    form = Table("Sign-in form", "sign_ins", "UTC", ("event",), (), [["Forum"]], row_names=("r1",))
    assert str(form.place(0, "event")) == "Sign-in form!response r1"
    assert str(SourceLocation("Sign-ins", "")) == "Sign-ins"


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_lettered_as_sheets_letter_them(index: int, letter: str) -> None:
    assert column_letter(index) == letter


def test_headers_are_folded_alike() -> None:
    assert unmarked(" Email  Address: ") == unmarked("EMAIL ADDRESS") == "email address"
    assert unmarked(2026) == "2026"
