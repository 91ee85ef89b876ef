"""Where scenes play: one chapter after its first night, the same for each of them."""

from tests.flows.evening import kept, settled

__all__ = ["kept", "settled"]
