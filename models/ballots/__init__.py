"""Ballots on their way in, from a form's rows to what is counted.

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
form_reader  understands rows by their headers
silent      whether a form says what it asks
drift       whether it is still what was approved
"""
