"""Which texts are a yes to email: it decides who gets any (DP-4)."""

import re
from collections.abc import Mapping, Sequence

from flows.setup.cells import Texts, texts_in
from flows.setup.face import About, Wrong, about
from flows.setup.headers import Use, Wordings
from flows.setup.interview import Interview
from models.intake.consents import NO, YES, agrees
from models.text.folding import unmarked

_NONE = "-"
_READ = {True: " (read as a yes)", False: " (read as a no)", None: ""}


def ask(interview: Interview, wordings: Wordings, boxes: Mapping[str, Sequence[str]]) -> list[str]:
    """The setting `consent`.

    Args:
        boxes: of a form's question, what can be ticked.
    """
    found: list[str] = []
    for use in wordings.uses:
        if use.kind != "registrations" or "wants_email" not in use.columns:
            continue
        choices = [one for title in use.titles("wants_email") for one in boxes.get(title, ())]
        said = _asked(interview, use, choices)
        found += [one for one in said if one not in found]
    return found


def _asked(interview: Interview, use: Use, choices: Sequence[str]) -> list[str]:
    if len(choices) == 1:
        return _typed(interview, use, choices[0], may_be_none=True)
    texts = (
        Texts(tuple(dict.fromkeys(choices)))
        if choices
        else texts_in(use.rows, use.columns["wants_email"], use.columns.get("address", ()))
    )
    unclear = [one for one in texts.hidden if agrees(one) is None]
    if any(unmarked(one) not in YES | NO for one in texts.shown):
        return _chosen(interview, use, texts.shown, len(unclear))
    return _typed(interview, use, "", may_be_none=not unclear)


def _chosen(interview: Interview, use: Use, texts: Sequence[str], hidden: int) -> list[str]:
    """Let the texts that are a yes be chosen by their numbers."""
    numbers = {str(number): text for number, text in enumerate(texts, start=1)}
    is_clear = not hidden and all(agrees(text) is not None for text in texts)

    def check(typed: str) -> str:
        if typed in ("", _NONE):
            said: list[str] = []
        else:
            said = [numbers.get(one, one) for one in _parts(typed)]
            if not set(said) <= set(texts):
                raise Wrong(
                    f"type numbers from 1 to {len(texts)}, as in 1, 2, or {_NONE} if none does",
                    About("consent_numbers"),
                )
        for text in texts:
            if typed and agrees(text) and text not in said:
                raise Wrong(
                    f"“{text}” is read as a yes in any case; type its number too, and write no "
                    "into the cells of those who did not agree",
                    about("consent_yes", text=text),
                )
            if text in said and agrees(text) is False:
                raise Wrong(
                    f"“{text}” is read as a no; if it means a yes, change the cells",
                    about("consent_no", text=text),
                )
        return "\n".join(said) or typed

    lines = [f"  {number}  “{text}”{_READ[agrees(text)]}" for number, text in numbers.items()]
    more = {0: "", 1: " One more text is there, which one person alone gave; it is a no."}.get(
        hidden, f" {hidden} more texts are there, which one person each gave; they are a no."
    )
    enter = " (press Enter if what is read as a yes is right)" if is_clear else ""
    question = (
        "Which of them say that the person agreed to email? A cell with exactly this text "
        f"is a yes. Type their numbers, as in 1, 2, or {_NONE} if none does{enter}"
    )
    said = interview.text(
        f"consent {use.place}",
        "\n".join(
            [
                f"These answers stand in {use.place} under the question about email.{more}",
                *lines,
                question,
            ]
        ),
        check,
        default="" if is_clear else None,
        about=About(
            "consent_texts",
            {"title": use.title},
            "ticks",
            numbers,
            _NONE,
            tuple(number for number, text in numbers.items() if agrees(text)),
        ),
    )
    return [one for one in said.split("\n") if one in texts and not agrees(one)]


def _typed(interview: Interview, use: Use, usual: str, *, may_be_none: bool) -> list[str]:
    """Let the text be typed: the cells say nothing that may be shown."""
    said = interview.text(
        f"consent {use.place}",
        f"In {use.place}, what does the box for agreeing to email say, word for word? A cell with "
        "exactly this text is a yes. Yes, no, and checked boxes are understood without it "
        + (
            f"(press Enter for “{usual}”)"
            if usual
            else "(press Enter if the cells say only that)"
            if may_be_none
            else f"({_NONE} if none of the other texts in this column is a yes)"
        ),
        default=usual if may_be_none else None,
        about=About(
            "consent_text", {"title": use.title}, none="" if may_be_none and not usual else _NONE
        ),
    )
    return [said] if said not in ("", _NONE) else []


def _parts(typed: str) -> list[str]:
    """Numbers, or the texts as they are kept."""
    if "\n" in typed or not re.fullmatch(r"[\d\s,;]+", typed):
        return typed.split("\n")
    return re.split(r"[\s,;]+", typed.strip(" ,;"))
