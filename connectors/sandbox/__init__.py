"""Google and Mailchimp on loopback, for the demo and the tests.

exchange           one request and its answer, as the sandbox's journal keeps them
faults             injected faults: what can go wrong between two computers
google             Google on loopback: accounts, workbooks, forms, Drive
control            the sandbox's own endpoints under /_sandbox/
mailchimp          Mailchimp on loopback: lists, contacts, segments, campaigns
invented_election  endorsements 2024 as an invented election
recorder           the middleware between the wire and the two services
server             Google and Mailchimp on loopback
invented           an invented chapter, for the demo and the tests: nobody in it lives
"""
