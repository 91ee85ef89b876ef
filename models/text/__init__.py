"""Texts as people write them: what is compared, and what is greeted.

folding          texts for comparing, whatever a keyboard chose
greeting         first and last name of what somebody wrote
address_letters  letters of an address that look like others
languages        English, and Spanish beside it
formulas         which formulas bring nothing from elsewhere
"""
