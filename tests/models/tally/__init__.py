"""The parts of the count, each alone."""
