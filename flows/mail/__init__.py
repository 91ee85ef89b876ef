"""Letters to people: one engine sends each exactly once, and asks what became of it.

email_names  what the letters of a vote are called by `status`
mailing      one mailing brought to its end: found, filled, begun, sent, settled
delivered    what became of the letters that the mailing service accepted (EN-R13)
coming       the next events that count
near         the email about the chapter near a reader
delivery     the letters of the night
officers     where the officers' own mail goes
own_emails   whether the folders of a chapter's own letters are letters
unlettered   voters on the list whose ballot letter could not be made
"""
