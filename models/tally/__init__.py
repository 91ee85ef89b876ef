"""The count: every kind of vote the bylaws know, in whole numbers, explained round by round.

In reading order: `rankings` (a ballot as the count sees it) · `rules` (the settings of a count) ·
`outcome` (what a count says) · `piles` (ballots moving between choices) · `ranked` (the rounds) ·
`ties` · `single_choice` · `approval` · `committee` · `readings` (would another reading
differ?) · `count` (one contest, whole) · `twin` (a second, independent count) · `digests`.
"""
