"""Members' requests: one form, one queue, each with a receipt and an end (ST-3).

queue      the requests with their rows, and whose they are
agenda     what the committee is to consider
taking_in  rows become requests, a code proves an address, what nobody proves expires
letters    the receipt, the answer about a status, and the end, each sent once
nightly    all of this after each night
corrections  what a correction is about, and whether it would change anything
deciding   what an officer decides, and what an accepted request becomes
"""
