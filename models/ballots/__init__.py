"""Ballots on their way in: `received` (what arrived) · `layouts` (what it means) · `boxes`.

Identity and choice part here: a row has a code and answers, a count gets answers alone (BA-5).
"""
