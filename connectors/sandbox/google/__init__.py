"""Google on loopback: accounts, workbooks, forms, Drive.

call           one call to a Google API: who asks, for what
cells          one cell of a sheet
fields         google's partial answers
form_state     a Google form and its responses, as the sandbox holds them
form_changes   the kinds of change in `forms.batchUpdate` that the sandbox makes
workbook       a spreadsheet file and its tabs, as the sandbox holds them
protection     protected tabs and ranges
ranges         A1 notation: `'Sign-ins'!A2:D`, `Events`, `A:C`, `2:5`
imports        IMPORTRANGE: a tab that shows a range of another workbook
state          what the sandbox's Google holds
linked_tab     an answer to a form that is linked to a workbook
auth           google's token endpoint, and what each method asks of a token
forms          forms v1, `forms`: the form itself, and building one
reading        Sheets v4, `spreadsheets.values`: reading cells
responses      forms v1, `forms.responses`: what people sent
tables         where `values.append` writes: the table in a range, and room below it
tabs           a tab as Google's SheetProperties, and back
sheet_changes  the kinds of change in `spreadsheets.batchUpdate` that the sandbox makes
sheets         Sheets v4, `spreadsheets`: the workbook, its tabs, and changes to them
drive          Drive v3, `files`: find a file, see whether it changed, make and delete one
writing        Sheets v4, `spreadsheets.values`
routes         the Google half of the sandbox as routes, one mount a host
"""
