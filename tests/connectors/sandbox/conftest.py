"""A sandbox a test, and the true clients turned to it."""

from collections.abc import Iterator

import gspread
import pytest

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.server import Sandbox
from tests.connectors.sandbox.google_clients import FormsClient, gspread_client
from tests.contract.referee import check_google


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A running one; what its Google took and said must agree with the discovery documents."""
    with Sandbox() as running:
        yield running
    assert [
        fault for exchange in running.requests("google") for fault in objections(exchange)
    ] == []


def objections(exchange: Exchange) -> list[str]:
    """What the referee says, but a request that was refused may be as wrong as it likes."""
    found = check_google(exchange, by_the_library=True)
    refused = (exchange.status or 0) >= 400
    return [fault for fault in found if not refused or " answer" in fault]


@pytest.fixture
def gc(sandbox: Sandbox) -> Iterator[gspread.Client]:
    client = gspread_client(sandbox)
    yield client
    client.http_client.session.close()


@pytest.fixture
def forms(sandbox: Sandbox) -> Iterator[FormsClient]:
    client = FormsClient(sandbox)
    yield client
    client.session.close()  # type: ignore[no-untyped-call]  # google-auth has no types here


@pytest.fixture
def sheet(sandbox: Sandbox, gc: gspread.Client) -> gspread.Worksheet:
    """An empty tab of 20 rows and 10 columns, opened with gspread."""
    sandbox.google.add_workbook("book", "Chapter book", {"Sheet1": []})
    worksheet = gc.open_by_key("book").sheet1
    worksheet.resize(20, 10)
    return worksheet
