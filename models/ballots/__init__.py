"""Read ballots, from a form's rows to what is counted.

Identity and choice are separated here: a row has a code and answers, a count gets only answers
(BA-5).

answers     what a ballot says on one contest
received    one row as it arrived
layouts     what cells mean
headers     whether a header is a contest's
misspelt    headers that were meant for a further rank
advice      what to do about headers
asked       how each contest is asked
elsewhere   votes in another column than the contest's
void        whether a column next to a ballot says that it does not count
boxes       every row is counted, replaced, or rejected
form_texts  the words on a form next to questions and answers
form        the ballot as a form
form_reader  reads rows by their headers
silent      whether a form says what it asks
drift       whether it is still what was approved
"""
