"""`python -m tests.house`: bring the tables of the docs up to date with the code."""

from tests.house.kept import DOCS, gaps, renewed
from tests.house.rules import COPY, copied
from tests.house.tables import pages


def main() -> None:
    """Rewrite the tables, and say what is left to a person."""
    COPY.write_text(copied(), "utf-8")
    for name, tables in pages().items():
        file = DOCS / name
        text = renewed(file.read_text("utf-8") if file.exists() else f"# {name}\n", tables)
        file.write_text(text, "utf-8")
        for gap in gaps(text):
            print(f"docs/{name}: write what {gap} means")


if __name__ == "__main__":
    main()
