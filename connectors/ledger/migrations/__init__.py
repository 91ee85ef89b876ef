"""Alembic's migrations, run when a ledger is opened.

To change the schema: edit `schema.py`, write the next file in `versions/`, and name it in `HEAD`.
"""

HEAD = "0013"
"""The newest revision; known here so that an up-to-date ledger opens without loading Alembic."""
