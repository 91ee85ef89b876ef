"""Who else is told of an audience: its webhooks, and the applications let into the account.

Sources: the reference of `/lists/{list_id}/webhooks`, which knows neither pages nor `fields`, and
of `/authorized-apps`, which has both.
"""

from typing import Any

from connectors.sandbox.mailchimp.ask import Ask, Table, trimmed

EVENTS = ("subscribe", "unsubscribe", "profile", "cleaned", "upemail", "campaign")


def _webhooks(ask: Ask) -> Any:
    found = [
        {
            "id": f"{number:010x}",
            "url": url,
            "events": dict.fromkeys(EVENTS, True),
            "sources": {"user": True, "admin": True, "api": True},
            "list_id": ask.audience.id,
            "_links": ask.links,
        }
        for number, url in enumerate(ask.audience.webhooks, 1)
    ]
    return {
        "webhooks": found,
        "list_id": ask.audience.id,
        "total_items": len(found),
        "_links": ask.links,
    }


def _apps(ask: Ask) -> Any:
    def show(app: tuple[int, str]) -> dict[str, Any]:
        number, name = app
        return {"id": number, "name": name, "description": "", "users": ["sandbox"]}

    return ask.collection("apps", list(enumerate(ask.state.apps, 1)), trimmed(show))


HANDLERS: Table = {
    "GET /lists/{list_id}/webhooks": _webhooks,
    "GET /authorized-apps": _apps,
}
