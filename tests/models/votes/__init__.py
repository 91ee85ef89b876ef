"""The life of a vote as values."""
