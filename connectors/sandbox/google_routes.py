"""The Google half's routes."""

from collections.abc import Callable
from datetime import datetime

from starlette.routing import BaseRoute

from connectors.sandbox.google_state import GoogleState


def routes(state: GoogleState, now: Callable[[], datetime]) -> list[BaseRoute]:
    return []
