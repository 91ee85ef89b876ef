"""An empty folder, beside services that hold a chapter's sheets and list."""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.flows.setup.person import Stage


@pytest.fixture
def stage(sandbox: Sandbox, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The settings' own variables lead to the stand-in; nothing else knows of it."""
    monkeypatch.setenv("CLERK_GOOGLE__BASE_URL", sandbox.google_url)
    monkeypatch.setenv("CLERK_MAILCHIMP__BASE_URL", sandbox.mailchimp_url)
    monkeypatch.setenv("CLERK_NETWORK__ATTEMPTS", "1")
    stage = Stage(sandbox, clock, tmp_path / "chapter", tmp_path / "downloads")
    stage.make_keys()
    return stage
