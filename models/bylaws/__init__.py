"""The bylaws as dated data: typed rules here, the numbers in `editions/*.toml`, one file a chapter.

cited          a value with its sentence
tally_rules    the settings of a count, their values, and both in words
counting       how an edition counts votes
windows        how long an event counts
conditions     what a voting member has done, sentence by sentence
five_values    who may vote, as files said it before there were paths
paths          who may vote: a list of paths
amending       an amendment keeps what it does not restate
questionnaire  what candidates are asked
dues           what is said of dues to everybody
rules          an edition, all editions, which is in force
two_files      the two files of before, read and joined
"""
