"""`make demo`: a chapter's night and a vote, told on the sandbox.

election  the demo's second half
partners  a partner's list of attendees is read
nights    `clerk demo`: two nights and a vote of an invented chapter
"""
