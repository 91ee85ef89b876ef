"""`python -m connectors.sandbox`: the sandbox as a process of its own."""

from connectors.sandbox.server import main

main()
