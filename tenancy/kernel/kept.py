"""A form whose session had ended: what was typed waits, encrypted, until the same person has logged in again.

Only for a browser that this person has logged in with before (a signed cookie says so), so that strangers
cannot fill the table of sessions. Passwords and files are never kept.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from tenancy.kernel.crypto import decrypt, encrypt

COOKIE, SALT, DAYS = "member", "who logged in here", 30
SESSION_KEY = "kept_form"
MOST_BYTES = 64 * 1024
_NEVER = re.compile(r"password|secret|csrf|^once$|^next$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where a form was to be sent, and what stood in it: (name, value) in its order."""

    action: str
    fields: tuple[tuple[str, str], ...]

    @property
    def as_json(self) -> str:
        """For the script that fills the form again."""
        return json.dumps(self.fields, ensure_ascii=False)


def remember(response: HttpResponse, *, user_id: int) -> None:
    """This browser was used by this person."""
    response.set_signed_cookie(
        COOKIE, str(user_id), salt=SALT, max_age=DAYS * 86_400, httponly=True, samesite="Lax"
    )


def keep(request: HttpRequest) -> None:
    """Put the posted form aside. Nothing is kept for a browser nobody has logged in with."""
    who = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=DAYS * 86_400)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not _NEVER.search(name) and isinstance(value, str)
    ]
    text = json.dumps([who, request.path, fields])
    if who and fields and len(text) <= MOST_BYTES:
        request.session[SESSION_KEY] = base64.b64encode(encrypt(text)).decode()


def is_waiting(request: HttpRequest) -> bool:
    """Whether something typed waits for its writer."""
    return SESSION_KEY in request.session


def take_back(request: HttpRequest, *, user_id: int) -> KeptForm | None:
    """The form that this person had sent, once; somebody else's is thrown away."""
    kept = request.session.pop(SESSION_KEY, None)
    if kept is None:
        return None
    who, action, fields = json.loads(decrypt(base64.b64decode(kept)))
    return KeptForm(action, tuple((name, value) for name, value in fields)) if who == str(user_id) else None


def page_of(request: HttpRequest) -> str:
    """The address of the page that the form stood on; the start page when that cannot be known."""
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()}):
        said = ""
    parts = urlsplit(said)
    for path, query in ((parts.path, parts.query), (request.path, "")):
        if path and _opens(path):
            return f"{path}?{query}" if query else path
    return "/"


def _opens(path: str) -> bool:
    """Whether a page, not only a form's door, stands at the path."""
    try:
        view = getattr(resolve(path).func, "view_class", None)
    except Resolver404:
        return False
    return hasattr(view, "get")
