"""The life of a vote as values. In reading order: `events` (what can happen, typed) · `earlier`
(lines of former versions, read as events) · `history` (what a record says last) · `letters` (what
goes out to voters, each with one text) · `results` (what a count leaves, and the ties it asks
about)."""
