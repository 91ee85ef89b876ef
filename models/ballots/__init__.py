"""Ballots on their way in: `answers` · `received` · `layouts` (what cells mean) · `boxes`.

Identity and choice part here: a row has a code and answers, a count gets answers alone (BA-5).
"""
