"""公摊: common costs entered, shared, put before somebody, published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries, services
from billing.charges.queries.pools import ShareLine, share_lines, shares, weight_text
from billing.charges.services.pool_table import pool_pdf, pool_workbook
from billing.charges.services.pools import PoolNotValid
from billing.charges.web import pool_forms as forms
from owners.queries import communities
from owners.queries.units import buildings
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage
from tenancy.people.services.files import PDF, XLSX
from values.period import Period, add_months, month_start

_SHOWN = 100


class Pools(ListPage):
    """Every common cost, the newest first."""

    permission = Permission.TARIFF_SEE
    title = gettext_lazy("Shared costs")
    template = "charges/pool_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", gettext_lazy("What it is"), Kind.NAME),
        Column("community_name", gettext_lazy("Community"), Kind.NAME, beside="building"),
        Column("fee_item", gettext_lazy("Fee"), Kind.NAME),
        Column("period", gettext_lazy("Period"), value=lambda row: row.period.label),
        Column("amount_fen", gettext_lazy("Sum"), Kind.MONEY),
        Column("method", gettext_lazy("Shared"), Kind.WORD, value=lambda row: f"share.{row.method}"),
        Column("units", gettext_lazy("Units"), Kind.COUNT),
        Column("state", gettext_lazy("State"), Kind.BADGE, by="tone", value=lambda row: f"pool.{row.state}"),
    )

    def filter_form(self) -> forms.Filter:
        form = forms.Filter(self.request.GET)
        form.offer(communities())
        return form

    def found(self) -> Any:
        self.asked.is_valid()
        return queries.pools(self.asked.cleaned_data.get("community"))

    def rows(self, part: list[Any]) -> Sequence[Any]:
        return queries.pool_rows(part)

    def link(self, row: Any) -> str:
        return reverse("charges:pool", args=[row.pool_id])

    def empty(self) -> Empty:
        url = reverse("charges:new_pool") if self.staff.can(Permission.TARIFF_EDIT) else None
        return Empty(_("No common cost was entered yet."), url, _("New shared cost"))

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.TARIFF_EDIT)}


class NewPool(StaffView):
    """One more common cost."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        last = Period.of_months(add_months(month_start(clock.today()), -1), 1)
        first = {
            "community": row_id(request.GET.get("community", "")),
            "from_on": last.start,
            "last_on": last.last_day,
            "measure": "kWh",
            "kinds": ["ROOM", "SHOP"],
        }
        return self._show(forms.Pool(initial=first))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _offered(forms.Pool(request.POST))
        made = self.attempt(form, lambda: _enter(form)) if form.is_valid() else None
        return redirect("charges:pool", made) if made else self._show(form, status=422)

    def _show(self, form: forms.Pool, *, status: int = 200) -> HttpResponse:
        return self.page("charges/pool_add.html", status=status, form=_offered(form))


class Pool(StaffView):
    """One common cost with everybody's share."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, pool_id: int) -> HttpResponse:
        return _page(self, pool_id)


class AskPool(StaffView):
    """Put it before somebody else."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, pool_id: int) -> HttpResponse:
        form = forms.Reason()
        form.is_bound, form.cleaned_data = True, {}
        asked = self.attempt(
            form, lambda: services.ask_pool(pool_id=pool_id, by=self.request.staff, at=clock.now())
        )
        if asked is None:
            return _page(self, pool_id, asking=form, status=422)
        messages.success(request, _("The request is made. It is billed with the run after it is agreed to."))
        return redirect("charges:pool", pool_id)


class WithdrawPool(StaffView):
    """Take it back."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, pool_id: int) -> HttpResponse:
        queries.pool_row(pool_id)
        form = forms.Reason(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _withdraw(pool_id, form)):
            return _page(self, pool_id, form=form, status=422)
        messages.success(request, _("Taken back."))
        return redirect("charges:pool", pool_id)


class PoolPaper(StaffView):
    """公摊公示表 for the notice board."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, pool_id: int) -> HttpResponse:
        pdf = pool_pdf(pool_id, issuer=self.request.staff.tenant_name, on=clock.today())
        return _file(pdf, f"公摊公示表-{pool_id}.pdf", PDF, inline=True)


class PoolWorkbook(StaffView):
    """The same as a workbook."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, pool_id: int) -> HttpResponse:
        return _file(pool_workbook(pool_id), f"公摊公示表-{pool_id}.xlsx", XLSX)


def _page(
    view: StaffView,
    pool_id: int,
    *,
    form: forms.Reason | None = None,
    asking: forms.Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    pool = queries.pool_row(pool_id)
    fault, lines = "", list[ShareLine]()
    if pool.is_open:
        try:
            found = services.preview_shares(pool_id)
        except PoolNotValid as refusal:
            found, fault = (), str(refusal)
        lines = [
            ShareLine(one.sharer.code, weight_text(one.weight, pool.method), one.amount_fen) for one in found
        ]
        page = view.paginate(lines, size=_SHOWN)
    else:
        page = view.paginate(shares(pool_id), size=_SHOWN)
        lines = share_lines(page.object_list, pool.method)
    return view.page(
        "charges/pool_show.html",
        status=status,
        pool=pool,
        page=page,
        lines=list(page.object_list) if pool.is_open else lines,
        fault=fault,
        form=form or forms.Reason(),
        asking=asking,
        may_edit=view.request.staff.can(Permission.TARIFF_EDIT),
    )


def _offered(form: forms.Pool) -> forms.Pool:
    form.offer(communities(), buildings(), queries.fee_items())
    return form


def _enter(form: forms.Pool) -> int:
    return services.enter_pool(community_id=form.cleaned_data["community"], pool=form.pool())


def _withdraw(pool_id: int, form: forms.Reason) -> bool:
    services.withdraw_pool(pool_id=pool_id, reason=form.cleaned_data["reason"], on=clock.today())
    return True


def _file(content: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
