"""The life of a vote as values.

In reading order: `chapter_events`, `change_events`, `roll_events`, `letter_events`, `form_events`
and `events` (what can happen, typed) · `earlier` (lines of former versions, read as events) ·
`history` (what a record says last) · `letters` (what goes out, each with one text) · `delivered`
(which of them came out) · `reminded` (how many reminders went out) · `replay` (a vote as its record
tells it) · `changes` (what of it was cancelled or withdrawn) · `results` (what a count leaves, and
the ties it asks about).
"""
