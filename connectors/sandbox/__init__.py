"""Google and Mailchimp on loopback, for the demo and the tests.

server      both services in one thread or process, and their journal
recorder    the middleware that journals, counts and injects faults
faults      what can go wrong, on demand
exchange    one request and its answer
control     the sandbox's own endpoints, for another process
google_*    token endpoint, Sheets v4, Drive v3 and Forms v1
mailchimp_* Marketing API 3.0
"""
