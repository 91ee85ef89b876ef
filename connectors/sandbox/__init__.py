"""Google and Mailchimp on loopback, for the demo and the tests.

server        both services in one thread or process, and their journal
recorder      the middleware that journals, counts and injects faults
faults        what can go wrong, on demand
exchange      one request and its answer
control       the sandbox's own endpoints, for another process

google_routes       hosts, paths, scopes; google_auth the tokens, google_call one call
google_state        workbooks, forms, accounts; google_workbook, google_form_state one of each
google_cells        typed text and shown values; google_ranges A1 notation, google_fields masks
google_reading      Sheets values; google_writing with google_tables for appending
google_sheets       workbooks and tabs; google_sheet_changes, google_tabs, google_protection
google_drive        files and their versions
google_forms        forms; google_form_changes, google_responses

mailchimp_*         Marketing API 3.0
"""
