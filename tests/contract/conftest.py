"""Fixtures of the contract tests."""

from tests.contract.prism import prism_proxy as prism_proxy
