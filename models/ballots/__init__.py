"""Ballots on their way in: `answers` · `received` · `layouts` (what cells mean) · `heads`,
`headers` and `asked` (which columns are a contest's) · `rows` (which are ballots) · `boxes` ·
`form` and `form_reader`.

Identity and choice part here: a row has a code and answers, a count gets answers alone (BA-5).

answers     what a ballot says on one race
received    one row as it arrived
layouts     what cells mean
headers     whether a header is a contest's
misspelt    headers that were meant for a further rank
advice      what to do about headers
asked       how each contest is asked
elsewhere   votes under another header
void        whether what stands beside a ballot says that it is none
boxes       every row in exactly one box
form_texts  its words beside questions and answers
form        the ballot as a form
form_reader  what its rows say
silent      whether a form says what it asks
drift       whether it is still what was approved
"""
