"""What every page shows around its content: the navigation a member may use, the company, the language."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tenancy.kernel.kept import take_back
from tenancy.kernel.pages import StaffRequest
from tenancy.kernel.permissions import Permission, Role, StaffMember
from tenancy.kernel.scope import acting_for, is_open
from tenancy.people import places
from tenancy.people.queries.members import companies_of, default_membership_id, staff_member

MANAGERS = (Role.PROJECT_MANAGER, Role.BRANCH_GM)


class Place(NamedTuple):
    """One entry of the navigation: label, URL name, permission, icon."""

    label: Any
    url_name: str
    permission: Permission
    icon: str


NAVIGATION: tuple[tuple[Any, tuple[Place, ...]], ...] = (
    (_("Today"), (Place(_("Today"), "reports:today", Permission.TODAY_SEE, "home"),)),
    (
        _("Billing"),
        (
            Place(_("Counter"), "payments:counter", Permission.PAYMENT_TAKE, "cash"),
            Place(_("Month run"), "charges:run", Permission.BILL_RUN, "calendar"),
            Place(_("Bills"), "charges:bills", Permission.BILL_SEE, "receipt"),
            Place(_("Waivers"), "charges:waivers", Permission.BILL_SEE, "discount"),
            Place(_("Empty homes"), "charges:vacancies", Permission.BILL_SEE, "home"),
            Place(_("Early-bird offers"), "charges:offers", Permission.TARIFF_SEE, "calendar"),
            Place(_("Meters"), "charges:meters", Permission.TARIFF_SEE, "gauge"),
            Place(_("Shared costs"), "charges:pools", Permission.TARIFF_SEE, "chart"),
            Place(_("Tariffs"), "charges:tariffs", Permission.TARIFF_SEE, "tags"),
            Place(_("Service contracts"), "charges:contracts", Permission.TARIFF_SEE, "file"),
        ),
    ),
    (
        _("Collection"),
        (
            Place(_("Call list"), "cases:worklist", Permission.CALL_LOG, "phone"),
            Place(_("Visits"), "cases:visits", Permission.VISIT_LOG, "walk"),
            Place(_("Visit rounds"), "team:rounds", Permission.CASE_SEE, "walk"),
            Place(_("Cases"), "cases:cases", Permission.CASE_SEE, "stairs"),
            Place(_("Record sheet"), "team:record", Permission.CASE_SEE, "list"),
            Place(_("Time to pay"), "relief:applications", Permission.CASE_SEE, "calendar"),
            Place(_("Service tickets"), "relief:tickets", Permission.TICKET_SEE, "edit"),
            Place(_("Approvals"), "cases:approvals", Permission.APPROVAL_SEE, "checks"),
            Place(_("Ladder"), "cases:ladder", Permission.LADDER_SEE, "ladder"),
            Place(_("Deviations"), "cases:deviations", Permission.DEVIATION_SEE, "discount"),
        ),
    ),
    (
        _("Team"),
        (
            Place(_("Distribution"), "team:distribution", Permission.CASE_ASSIGN, "user"),
            Place(_("Sign-off"), "team:sign", Permission.SHEET_SIGN, "check"),
            Place(_("Sheets of the days"), "team:sheets", Permission.SHEET_SEE, "calendar"),
            Place(_("Weekly reviews"), "team:reviews", Permission.REPORT_SEE, "chart"),
        ),
    ),
    (
        _("Legal"),
        (
            Place(_("Limitation"), "cases:limitation", Permission.LEGAL_SEE, "clock"),
            Place(_("Court papers"), "legal:papers", Permission.LEGAL_SEE, "gavel"),
            Place(_("Legal documents"), "legal:drafts", Permission.LEGAL_SEE, "file"),
            Place(_("Court calendar"), "legal:calendar", Permission.LEGAL_SEE, "calendar"),
            Place(_("Public notices"), "legal:public_notices", Permission.CASE_SEE, "board"),
        ),
    ),
    (
        _("Money"),
        (
            Place(_("Payments"), "payments:payments", Permission.PAYMENT_SEE, "coin"),
            Place(_("Refunds"), "payments:refunds", Permission.PAYMENT_SEE, "back"),
            Place(_("Transfer settlements"), "payments:transfers", Permission.PAYMENT_SEE, "walk"),
            Place(_("Cash sessions"), "payments:tills", Permission.CASH_SEE, "cash"),
            Place(_("Daily funds reports"), "reports:days", Permission.CASH_SEE, "list"),
            Place(_("Bank transfers"), "banking:lines", Permission.BANK_SEE, "send"),
            Place(_("Channel days"), "banking:channels", Permission.BANK_SEE, "checks"),
            Place(_("Direct debits"), "banking:batches", Permission.BANK_SEE, "download"),
            Place(_("Invoices"), "banking:invoices", Permission.INVOICE_SEE, "file"),
        ),
    ),
    (
        _("Notices"),
        (
            Place(_("Outbox"), "notices:notices", Permission.NOTICE_SEE, "mail"),
            Place(_("Deliveries"), "notices:deliveries", Permission.DELIVERY_RECORD, "send"),
            Place(_("My rounds"), "team:walks", Permission.ROUND_WALK, "walk"),
            Place(_("Templates"), "notices:templates", Permission.NOTICE_SEE, "template"),
        ),
    ),
    (
        _("Property"),
        (
            Place(_("Units"), "owners:units", Permission.UNIT_SEE, "building"),
            Place(_("Building board"), "cases:board", Permission.UNIT_SEE, "board"),
            Place(_("Import"), "charges:import", Permission.IMPORT_RUN, "upload"),
        ),
    ),
    (
        _("Reports"),
        (
            Place(_("Dashboard"), "reports:dashboard", Permission.DASHBOARD_SEE, "gauge"),
            Place(_("Ageing"), "reports:ageing", Permission.REPORT_SEE, "chart"),
        ),
    ),
    (
        _("Settings"),
        (
            Place(_("All settings"), "people:settings", Permission.COMPANY_SEE, "settings"),
            Place(_("People"), "people:members", Permission.STAFF_SEE, "users"),
            Place(_("Local rules"), "charges:local_rules", Permission.TARIFF_SEE, "file"),
            Place(_("Law firms"), "legal:firms", Permission.LEGAL_SEE, "gavel"),
            Place(_("Quiet days"), "cases:quiet_days", Permission.LADDER_SEE, "calendar"),
            Place(_("Cash points"), "payments:cash_points", Permission.TARIFF_EDIT, "cash"),
            Place(_("VAT"), "banking:vat", Permission.INVOICE_ISSUE, "file"),
            Place(_("Bank accounts"), "banking:accounts", Permission.BANK_EDIT, "building"),
            Place(_("Collection targets"), "reports:targets", Permission.DASHBOARD_SEE, "flag"),
            Place(_("API keys"), "people:tokens", Permission.TOKEN_EDIT, "key"),
            Place(_("Check of the books"), "payments:books", Permission.AUDIT_SEE, "checks"),
            Place(_("Audit trail"), "people:audit", Permission.AUDIT_SEE, "history"),
            Place(_("Jobs"), "people:jobs", Permission.JOB_SEE, "list"),
        ),
    ),
)


# Pages that stand in no entry of the navigation, and the entry they belong to.
_BELONGS: dict[str, str] = {
    "/workload/": "team:distribution",
    "/stewards/": "team:distribution",
    "/leaves/": "team:distribution",
    "/fees/": "charges:tariffs",
    "/subscriptions/": "charges:tariffs",
    "/readings/": "charges:meters",
    "/communities/": "people:settings",
    "/receipts/": "payments:payments",
    "/accounts/": "owners:units",
    "/clearances/": "owners:units",
    "/court/drafts/": "legal:drafts",
    "/court/fees/": "legal:drafts",
    "/bank/channels/": "banking:channels",
    "/bank/exceptions/": "banking:channels",
    "/bank/debits/": "banking:batches",
    "/bank/mandates/": "banking:batches",
    "/bank/": "banking:lines",
    "/invoices/": "banking:invoices",
    "/settings/vat/": "banking:vat",
    "/settings/visit-rounds/": "people:settings",
    "/settings/statement-profiles/": "banking:accounts",
    "/settings/debit-profiles/": "banking:accounts",
}
# What fits into 768 pixels: frame.css gives these heights at that size.
_HEIGHT, _BRAND, _GROUP, _ENTRY = 740, 44, 27, 26
SHUT, OPENED, NARROW = "nav_shut", "nav_open", "nav_narrow"


class Crumb(NamedTuple):
    """A step of the way to the current page; without a URL it is only named."""

    label: Any
    url: str | None


def landing(user_id: int) -> str:
    """The page after the log-in: a manager's dashboard, everybody else's day."""
    member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
    manages = member is not None and any(member.plays(role) for role in MANAGERS)
    return (_url("reports:dashboard") if manages else None) or "/"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: who, where, and every switch of the top bar."""
    staff: StaffMember | None = getattr(request, "staff", None)
    scheme = "dark" if request.COOKIES.get("scheme") == "dark" else "light"
    if staff is None:
        return {"staff": None, "nav": [], "language": get_language(), "theme": "system", "scheme": scheme}
    nav = _navigation(request, staff)
    return {
        "staff": staff,
        "roles": sorted(staff.roles),
        "companies": _companies(staff),
        "communities": partial(_communities, request),
        "nav": nav,
        "nav_narrow": request.COOKIES.get(NARROW) == "1",
        "crumbs": _crumbs(request.path, nav),
        "search_url": _url("reports:search") if staff.can(Permission.UNIT_SEE) else None,
        "language": get_language(),
        "theme": staff.theme,
        "scheme": scheme if staff.theme == "system" else staff.theme,
        "kept_form": partial(take_back, request, user_id=staff.user_id),
    }


def _companies(staff: StaffMember) -> list[dict[str, Any]]:
    return [
        {"membership_id": row.membership_id, "name": row.name, "here": row.tenant_id == staff.tenant_id}
        for row in companies_of(user_id=staff.user_id)
    ]


def _communities(request: HttpRequest) -> list[dict[str, Any]]:
    """All that the member may see, whichever he looks at now."""
    mine = cast(StaffRequest, request)
    whole, chosen = mine.whole_staff, mine.community_id
    if chosen is None and is_open():
        rows = places.communities()
    else:
        with acting_for(whole.tenant_id, user_id=whole.user_id, communities=whole.communities):
            rows = places.communities()
    return [{"id": pk, "name": name, "here": pk == chosen} for pk, name in rows]


def _navigation(request: HttpRequest, staff: StaffMember) -> list[dict[str, Any]]:
    groups = []
    for number, (label, places_) in enumerate(NAVIGATION):
        items = [item for place in places_ if staff.can(place.permission) and (item := _item(place))]
        if items:
            single = len(items) == 1 and items[0]["label"] == label
            groups.append({"number": number, "label": label, "items": items, "single": single})
    _mark_here(request.path, [item for group in groups for item in group["items"]])
    _fold(groups, shut=_numbers(request, SHUT), opened=_numbers(request, OPENED))
    return groups


def _item(place: Place) -> dict[str, Any] | None:
    url = _url(place.url_name)
    if url is None:
        return None
    return {"label": place.label, "url": url, "icon": place.icon, "name": place.url_name, "here": False}


def _mark_here(path: str, items: list[dict[str, Any]]) -> None:
    """The entry whose address is the longest beginning of the path; nothing but itself begins with `/`."""
    belongs = next((name for start, name in _BELONGS.items() if path.startswith(start)), None)
    fitting = [
        item
        for item in items
        if item["name"] == belongs
        or path == item["url"]
        or (item["url"] != "/" and path.startswith(item["url"]))
    ]
    if fitting:
        max(fitting, key=lambda item: len(item["url"]))["here"] = True


def _fold(groups: list[dict[str, Any]], *, shut: set[int], opened: set[int]) -> None:
    """Which groups stand open: as the member left them; of the others, as many from the top as fit."""
    left = _HEIGHT - _BRAND - sum(_GROUP for group in groups if not group["single"])
    for group in sorted(groups, key=lambda group: not _must_be_open(group, opened)):
        height = _ENTRY * len(group["items"])
        fits = height <= left and group["number"] not in shut
        group["open"] = fits or _must_be_open(group, opened)
        left -= height if group["open"] else 0


def _must_be_open(group: dict[str, Any], opened: set[int]) -> bool:
    return group["single"] or group["number"] in opened or any(item["here"] for item in group["items"])


def _numbers(request: HttpRequest, cookie: str) -> set[int]:
    return {int(part) for part in request.COOKIES.get(cookie, "")[:100].split(".") if part.isdecimal()}


def _crumbs(path: str, nav: list[dict[str, Any]]) -> list[Crumb]:
    """Group and entry of the current page; the page's own heading ends the way."""
    for group in nav:
        for item in group["items"]:
            if item["here"]:
                entry = Crumb(item["label"], None if item["url"] == path else item["url"])
                return [entry] if group["single"] else [Crumb(group["label"], None), entry]
    return []


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
