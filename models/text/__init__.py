"""Texts as people write them: what is compared, and what is greeted.

folding          texts for comparing, whatever a keyboard chose
naming           whom a typed text may mean
greeting         first and last name of what somebody wrote
address_letters  letters of an address that look like others
languages        English, and Spanish beside it
formats          dates, times, numbers, percentages, and lists, in each language
sentences        what the rules say, as values that each language tells
stored           a sentence as plain JSON, and back
formulas         which formulas bring nothing from elsewhere
"""
