"""What officers are told, once, and once again when it is over.

form_words     how a ballot form differs from what was approved
nights         what a night's end is to the officers
places         which votes are watched
sharing_words  who can open what, in words
ending_words   what has not come, or waits for a person, in words
trouble        what stood in the way of a vote's steps
words          alerts in words, for chats, the officers' letter and `clerk doctor`
told           what each way out was told, and when
ways           the ways out: the chapter's own addresses, or the officers' mailbox
telling        tell the officers what is so, once; and once that it is over
listing        what `clerk alerts` says
"""
