"""Who may use which route of the desk; a route that is not named here fails the build."""

import re
from collections.abc import Iterator

from aiohttp import web

from tests.bot.town import ROLES

SERVES = {"counselor", "supervisor"}
SUPERVISES = {"supervisor"}
WATCHES = {"supervisor", "auditor"}
LEADS = {"supervisor", "admin"}
EVERYBODY = set(ROLES)
ONE = "/desk/api/conversations/{id}"

Route = tuple[str, str]

POLICY: dict[Route, set[str]] = {
    ("POST", "/desk/api/sign-out"): EVERYBODY,
    ("GET", "/desk/api/me"): EVERYBODY,
    ("GET", "/desk/api/queue"): SERVES,
    ("GET", "/desk/api/canned"): SERVES,
    ("POST", "/desk/api/canned"): SUPERVISES,
    ("POST", "/desk/api/canned/{id}/remove"): SUPERVISES,
    ("GET", ONE): SERVES,
    ("GET", f"{ONE}/entries"): SERVES,
    ("GET", f"{ONE}/replies"): SERVES,
    ("GET", f"{ONE}/files/{{seq}}/{{n}}"): SERVES,
    **{
        ("POST", f"{ONE}/{act}"): SERVES
        for act in (
            "take", "say", "draft", "settle", "release", "close", "admit", "erase", "relay",
            "hand-over", "note", "raise", "ask-lower", "quiet", "conflict",
            "contact-times",
        )
    },
    ("GET", "/desk/api/presence"): SERVES,
    ("POST", "/desk/api/presence"): SERVES,
    ("GET", "/desk/api/tasks"): SERVES,
    ("POST", "/desk/api/tasks/{id}/done"): SERVES,
    ("GET", "/desk/api/shifts"): SERVES | LEADS,
    ("POST", "/desk/api/shifts"): LEADS,
    ("POST", "/desk/api/shifts/{id}/remove"): LEADS,
    ("GET", "/desk/api/hand-overs"): SERVES,
    ("POST", "/desk/api/hand-overs"): SERVES,
    ("POST", "/desk/api/hand-overs/{id}/accept"): SERVES,
    ("POST", "/desk/api/hand-overs/{id}/refuse"): SERVES,
    ("GET", "/desk/api/wall"): SUPERVISES,
    ("GET", "/desk/api/hours"): SERVES | {"admin"},
    ("POST", "/desk/api/hours"): {"supervisor", "admin"},
    ("POST", "/desk/api/search"): SERVES,
    ("GET", f"{ONE}/history"): WATCHES,
    ("POST", f"{ONE}/break-glass"): SERVES,
    ("GET", "/desk/api/access"): WATCHES,
    ("GET", "/desk/api/staff"): {"supervisor", "admin"},
    ("POST", "/desk/api/staff/{id}/dismiss"): {"admin"},
    ("POST", "/desk/api/staff/{id}/recover"): {"supervisor", "admin"},
    ("POST", "/desk/api/second-factor"): EVERYBODY,
    ("POST", "/desk/api/second-factor/confirm"): EVERYBODY,
    ("GET", "/desk/api/numbers"): LEADS,
    ("POST", "/desk/api/numbers/sheet"): LEADS,
    ("GET", "/desk/api/numbers/releases"): LEADS | {"auditor"},
    ("POST", "/desk/api/numbers/releases"): LEADS,
    ("GET", "/desk/api/education"): LEADS,
    ("POST", "/desk/api/education/{id}/{act}"): LEADS,
    ("GET", "/desk/api/surveys"): LEADS,
    ("POST", "/desk/api/surveys"): LEADS,
    ("POST", "/desk/api/surveys/{id}/invite"): LEADS,
    ("POST", "/desk/api/surveys/{id}/destroy"): LEADS,
    ("GET", "/desk/api/log"): WATCHES,
    ("GET", "/desk/api/log/{month}"): WATCHES,
    ("POST", "/desk/api/log/{month}"): WATCHES,
    ("GET", "/desk/api/breaches"): LEADS | {"auditor"},
    ("POST", "/desk/api/breaches"): LEADS,
    ("GET", "/desk/api/breaches/{id}/{person}"): SUPERVISES,
    ("POST", "/desk/api/breaches/{id}/tell"): SUPERVISES,
    ("POST", "/desk/api/breaches/{id}/{act}"): LEADS,
    **{("POST", f"{ONE}/{act}"): SUPERVISES for act in ("decide-lower", "take-from", "whisper")},
}  # fmt: skip
"""The roles of every route that needs a sign-in."""

OPEN: set[Route] = {
    ("POST", "/desk/api/sign-in"),
    ("POST", "/desk/api/recover"),
    ("GET", "/desk/socket"),
    ("GET", "/desk"),
    ("GET", "/desk/office"),
}
"""What needs none, or asks for it in its own way."""


def routes(app: web.Application) -> Iterator[Route]:
    """Return the routes of the desk that an application serves."""
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else ""
        if path.startswith("/desk") and route.method != "HEAD":
            yield route.method, path


def real(path: str) -> str:
    """Return an address of a route, of a conversation that is not there."""
    return re.sub(r"\{\w+\}", "999999", path)
