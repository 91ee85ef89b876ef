"""How the pages are called, so that they can link to one another."""

from connectors.pages.words import Language


def race_file(contest: str, language: Language) -> str:
    """The file of a race by its contest's id: d6.html, d6.es.html."""
    return _file(contest, language)


def election_file(language: Language) -> str:
    """The file of the election: index.html, index.es.html."""
    return _file("index", language)


def night_file(language: Language) -> str:
    """The file of the nightly run: night.html, night.es.html."""
    return _file("night", language)


def _file(name: str, language: Language) -> str:
    return f"{name}.html" if language == "en" else f"{name}.{language}.html"
