"""The living page of the house's look: every component in every state, light and dark, screen and paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tenancy.kernel.errors import Conflict
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.queries.audit import Change, ChangeRow

SCHEMES = ("light", "dark")
MOMENT = datetime(2026, 5, 8, 8, 5, tzinfo=UTC)
LONG_NAME = "欧阳慕容·阿卜杜热依木·买买提江（代理人：上海锦绣年华物业服务有限公司）"
COLOURS = ("ink", "quiet", "late", "good", "warn", "paper", "desk", "head", "hover", "pick", "legacy", "line")
TONES = ("", "info", "good", "warn", "late")


class Refusal(Conflict):
    code = "style.example"


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), initial=LONG_NAME)
    paid_on = forms.DateField(
        label=_("Value date"),
        help_text=_("The day the money arrived."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    method = forms.ChoiceField(label=_("Method"), choices=[("CASH", _("Cash")), ("TRANSFER", _("Transfer"))])
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    agreed = forms.BooleanField(label=_("Agreed for service"), required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[("cashier", _("Cashier")), ("collector", _("Collector"))],
        widget=forms.CheckboxSelectMultiple,
    )


class Row(NamedTuple):
    """A row of the sample table."""

    room: str
    name: str
    fen: int
    late_fen: int
    due_on: date
    tone: str
    state: Any


ROWS = (
    Row("3-1-1602", "张三", 252_024, 0, date(2026, 5, 31), "info", _("Unpaid")),
    Row("3-1-1702", LONG_NAME, 123_456_789, 4_512, date(2026, 3, 31), "late", _("Overdue")),
    Row("31-2-2501", "李四", 0, 0, date(2026, 1, 31), "good", _("Paid")),
)
EVENTS = (
    {"at": MOMENT, "who": "王芳", "title": _("Promised to pay"), "detail": "5 月 15 日前缴清。", "url": "#"},
    {"on": date(2026, 5, 6), "who": "", "title": _("Reminder sent"), "detail": ""},
)

CHANGES = (
    ChangeRow(
        MOMENT,
        LONG_NAME,
        "company.changed",
        (Change("set.short_name", "锦绣物业", "锦绣生活"), Change("set.phone", "", "0571-88000000")),
    ),
    ChangeRow(MOMENT, "", "company.changed", ()),
)


class StylePage(StaffView):
    """For whoever builds or judges a screen. Nothing on it does anything."""

    permission = Permission.SIGNED_IN
    opens_company = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            "people/style.html",
            schemes=[self._scheme(name) for name in SCHEMES],
            colours=COLOURS,
            tones=TONES,
            rows=ROWS,
            events=EVENTS,
            changes=CHANGES,
            page=Paginator(range(1248), 50).page(2),
            jobs=[_job("WAITING", 0), _job("RUNNING", 812), _job("DONE", 1248), _job("FAILED", 40)],
            refusal=Refusal(str(_("Somebody was faster. Nothing was changed."))),
        )

    def _scheme(self, name: str) -> dict[str, Any]:
        """Both halves stand on one page: their fields must not share names of elements."""
        wrong = Sample({"name": "", "paid_on": "", "method": "CASH"}, auto_id=f"{name}_wrong_%s")
        return {"name": name, "form": Sample(auto_id=f"{name}_%s"), "wrong": wrong}


def _job(state: str, done: int) -> SimpleNamespace:
    """What the job bar reads of a job; each is over, so that no bar here asks for itself."""
    return SimpleNamespace(
        pk=0,
        title=str(_("Bill run")),
        state=state,
        total=1248,
        done=done,
        failed=3 if state == "DONE" else 0,
        cancel_requested=False,
        finished_at=MOMENT,
        error_text=str(_("The sheet has no header row.")) if state == "FAILED" else "",
    )
