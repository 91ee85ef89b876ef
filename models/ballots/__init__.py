"""Ballots on their way in: `answers` · `received` · `layouts` (what cells mean) · `heads`,
`headers` and `asked` (which columns are a contest's) · `rows` (which are ballots) · `boxes` ·
`form`.

Identity and choice part here: a row has a code and answers, a count gets answers alone (BA-5).
"""
