"""The count: every kind of vote the bylaws know, in whole numbers, explained round by round.

In reading order: `rankings` (a ballot as the count sees it) · `rules` (the settings of a count) ·
`outcome` (what a count says) · `piles` (ballots moving between choices) · `ties` · `ranked` (the
rounds) · `approval` · `committee` · `ratify` · `settings` (which rules count a contest) ·
`readings` (would another reading differ?) · `notes` · `count` (one contest, whole) · `naive` and
`twin` (a second, independent count) · `digests`.
"""
