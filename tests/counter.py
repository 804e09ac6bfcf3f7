"""The counter as a browser drives it: the first step's fields, the check, the money taken."""

from __future__ import annotations

import re

from tenancy.kernel import clock

HTMX = {"HX-Request": "true"}


def text(response):
    return response.content.decode()


def fields(response):
    """The counter form as a browser would send it: hidden fields, ticks, the chosen desk."""
    page = text(response)
    named = dict(re.findall(r'<input type="hidden" name="(account|key|seen)" value="([^"]*)"', page))
    ticks = re.findall(r'name="charge" id="charge-\d+" value="(\d+)" checked', page)
    desk = re.search(r'<option value="(\d+)"', page)
    assert desk, page
    return {
        **named, "charge": ticks, "method": "CASH", "amount": "", "received": "", "reference": "",
        "payer_name": "", "note": "", "cash_point": desk[1], "paid_on": clock.today().isoformat(),
    }  # fmt: skip


def confirmed(desk, form):
    """The second step as a browser would send it: every hidden field of what is to be taken."""
    page = text(desk.get("/counter/confirm/", form, headers=HTMX))
    form = re.search(r'<form method="post" action="/counter/take/".*?</form>', page, re.S)
    assert form, page
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form[0])
    named = dict(found)
    return named | {"charge": [value for name, value in found if name == "charge"]}


def taken(desk, form, **more):
    """Both steps."""
    return desk.post("/counter/take/", confirmed(desk, form) | more, headers=HTMX)
