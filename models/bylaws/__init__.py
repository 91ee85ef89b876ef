"""The bylaws as dated data: typed rules here, the numbers in `editions/*.toml`, one file a chapter.

In reading order: `cited` (a value with its sentence) · `counting` (how votes are counted) ·
`windows` (how long an event counts) · `conditions` and `paths` (who may vote) · `five_values` (the
same, as files said it before) · `amending` (an edition that keeps what it does not restate) ·
`rules` (an edition, all editions, which is in force) · `two_files` (the two files of before, read
and joined).
"""
