"""What every page shows around its content: the navigation a member may use, the company, the language."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tenancy.kernel.permissions import Permission, Role, StaffMember
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
            Place(_("Payments"), "payments:payments", Permission.PAYMENT_SEE, "coin"),
            Place(_("Tariffs"), "charges:tariffs", Permission.TARIFF_SEE, "tags"),
            Place(_("Service contracts"), "charges:contracts", Permission.TARIFF_SEE, "file"),
        ),
    ),
    (
        _("Collection"),
        (
            Place(_("Call list"), "cases:worklist", Permission.CALL_LOG, "phone"),
            Place(_("Visits"), "cases:visits", Permission.VISIT_LOG, "walk"),
            Place(_("Cases"), "cases:cases", Permission.CASE_SEE, "stairs"),
            Place(_("Approvals"), "cases:approvals", Permission.APPROVAL_SEE, "checks"),
            Place(_("Court papers"), "legal:papers", Permission.LEGAL_SEE, "gavel"),
            Place(_("Ladder"), "cases:ladder", Permission.LADDER_SEE, "ladder"),
        ),
    ),
    (
        _("Notices"),
        (
            Place(_("Outbox"), "notices:notices", Permission.NOTICE_SEE, "mail"),
            Place(_("Deliveries"), "notices:deliveries", Permission.DELIVERY_RECORD, "send"),
        ),
    ),
    (
        _("Property"),
        (
            Place(_("Units"), "owners:units", Permission.UNIT_SEE, "building"),
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
            Place(_("People"), "people:members", Permission.STAFF_SEE, "users"),
            Place(_("Cash points"), "payments:cash_points", Permission.TARIFF_EDIT, "cash"),
            Place(_("Collection targets"), "reports:targets", Permission.DASHBOARD_SEE, "flag"),
            Place(_("API keys"), "people:tokens", Permission.TOKEN_EDIT, "key"),
            Place(_("Audit trail"), "people:audit", Permission.AUDIT_SEE, "history"),
            Place(_("Jobs"), "people:jobs", Permission.JOB_SEE, "list"),
        ),
    ),
)


def landing(user_id: int) -> str:
    """The page after the log-in: a manager's dashboard, everybody else's day."""
    member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
    manages = member is not None and any(member.plays(role) for role in MANAGERS)
    return (_url("reports:dashboard") if manages else None) or "/"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `staff`, `roles`, `companies`, `nav`, `search_url`, `language`."""
    staff: StaffMember | None = getattr(request, "staff", None)
    if staff is None:
        return {"staff": None, "nav": [], "language": get_language()}
    return {
        "staff": staff,
        "roles": sorted(staff.roles),
        "companies": _companies(staff),
        "nav": _navigation(request.path, staff),
        "search_url": _url("reports:search") if staff.can(Permission.UNIT_SEE) else None,
        "language": get_language(),
    }


def _companies(staff: StaffMember) -> list[dict[str, Any]]:
    return [
        {"membership_id": row.membership_id, "name": row.name, "here": row.tenant_id == staff.tenant_id}
        for row in companies_of(user_id=staff.user_id)
    ]


def _navigation(path: str, staff: StaffMember) -> list[dict[str, Any]]:
    groups = []
    for label, places in NAVIGATION:
        items = [item for place in places if staff.can(place.permission) and (item := _item(place, path))]
        if items:
            groups.append({"label": label, "items": items, "open": any(item["here"] for item in items)})
    return groups


def _item(place: Place, path: str) -> dict[str, Any] | None:
    url = _url(place.url_name)
    if url is None:
        return None
    here = path == url if url == "/" else path.startswith(url)
    return {"label": place.label, "url": url, "icon": place.icon, "here": here}


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
