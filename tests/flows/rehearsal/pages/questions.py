"""A question of every kind that a form can have; their ids are 1 to 12, in hexadecimal."""

from typing import Any


def _one(number: int, title: str, **kind: Any) -> dict[str, Any]:
    return {"title": title, "questionItem": {"question": {"questionId": f"{number:08x}", **kind}}}


def _choice(number: int, title: str, kind: str, *options: str, other: bool = False) -> Any:
    listed: list[dict[str, Any]] = [{"value": option} for option in options]
    listed += [{"isOther": True}] if other else []
    return _one(number, title, choiceQuestion={"type": kind, "options": listed})


def _grid(
    first: int, title: str, kind: str, rows: tuple[str, ...], columns: tuple[str, ...]
) -> Any:
    questions = [
        {"questionId": f"{number:08x}", "rowQuestion": {"title": row}}
        for number, row in enumerate(rows, start=first)
    ]
    options = [{"value": column} for column in columns]
    grid = {"columns": {"type": kind, "options": options}}
    return {"title": title, "questionGroupItem": {"questions": questions, "grid": grid}}


EVERY_KIND: list[dict[str, Any]] = [
    {"title": "Read this first", "description": "A note asks nothing.", "textItem": {}},
    _one(1, "Your name", required=True, textQuestion={}),
    _one(2, "Anything else", textQuestion={"paragraph": True}),
    _choice(3, "Question 6", "RADIO", "Yes", "No"),
    _choice(4, "Colors", "CHECKBOX", "Red", "Green", "Blue"),
    _choice(5, "District", "DROP_DOWN", "North", "South"),
    _one(6, "How easy was it", scaleQuestion={"low": 1, "high": 5, "lowLabel": "hard"}),
    _one(7, "A day", dateQuestion={}),
    _one(8, "A time", timeQuestion={}),
    {"title": "Next page", "pageBreakItem": {}},
    _grid(9, "Mayor", "RADIO", ("Ada Park", "Bea Stone"), ("1st", "2nd")),
    _grid(11, "Days", "CHECKBOX", ("Mornings",), ("Mon", "Tue")),
    _choice(12, "How you came", "RADIO", "On foot", other=True),
    {"title": "A picture", "imageItem": {}},
]
