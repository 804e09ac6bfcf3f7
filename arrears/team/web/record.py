"""《物业费催缴记录表》 as a list with its workbook, and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arrears.team import documents, queries
from arrears.team.web import forms
from tenancy.kernel import clock
from tenancy.kernel.errors import Refused
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage
from tenancy.people.services import audit
from tenancy.people.templatetags.house import word

MOST_ON_PAPER: Final = 1_000


class TooLong(Refused):
    """More than anybody prints."""

    code = "team.too_long"


def papers_in_words(line: queries.RecordLine) -> str:
    """The documents that were sent, with the day each was delivered."""
    return "；".join(
        f"{word(paper.kind)} {paper.issued_on}" + (f" → {paper.delivered_on}" if paper.delivered_on else "")
        for paper in line.papers
    )


def check_in_words(event: str, name: str) -> str:
    """A signature or a return, with who."""
    return f"{name} {word('sheet.' + event)}" if event else ""


def period_in_words(line: queries.RecordLine) -> str:
    """What is owed for: the due day of the oldest to the last day that is paid for by the newest."""
    return f"{line.oldest_due_on} ~ {line.newest_on}" if line.oldest_due_on else ""


def _how(line: queries.RecordLine) -> str:
    return f"record.{line.kind}" if line.kind else ""


def _result(line: queries.RecordLine) -> str:
    return line.word if line.outcome else ""


def _reason(line: queries.RecordLine) -> str:
    return f"arrears.{line.reason_code}" if line.reason_code else ""


def _paid(line: queries.RecordLine) -> int | None:
    return line.paid_fen or None


class Record(ListPage):
    """Every open case of the period with each call and visit: who owes, what was done, who checked it."""

    permission = Permission.CASE_SEE
    title = gettext_lazy("Collection record sheet")
    template = "team/record.html"
    dense = True
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit_code", gettext_lazy("Room"), Kind.ROOM),
        Column("community_name", gettext_lazy("Community"), sheet_only=True),
        Column("party_name", gettext_lazy("Owner"), Kind.NAME, template="team/_cell_owner.html"),
        Column("overdue_fen", gettext_lazy("Past due"), Kind.LATE),
        Column("period", gettext_lazy("Period owed"), sheet_only=True, value=period_in_words),
        Column("days_late", gettext_lazy("Days late"), Kind.COUNT),
        Column("klass", gettext_lazy("Class"), Kind.WORD),
        Column("phone", gettext_lazy("Phone"), Kind.NUMBER, sheet_only=True),
        Column("legacy", gettext_lazy("Legacy issue"), Kind.WRAP, sheet_only=True),
        Column("points", gettext_lazy("Points"), Kind.COUNT),
        Column("collector_name", gettext_lazy("Collector"), Kind.NAME, sheet_only=True),
        Column("at", gettext_lazy("When"), Kind.MOMENT, template="team/_cell_act.html"),
        Column("kind", gettext_lazy("How"), Kind.WORD, sheet_only=True, value=_how),
        Column("caller", gettext_lazy("Who called or visited"), Kind.NAME, sheet_only=True),
        Column("answered_by", gettext_lazy("Answered by"), Kind.WORD, sheet_only=True),
        Column("word", gettext_lazy("Result"), Kind.WORD, value=_result, template="team/_cell_result.html"),
        Column("reason_code", gettext_lazy("Why unpaid"), Kind.WORD, sheet_only=True, value=_reason),
        Column(
            "feedback",
            gettext_lazy("What the owner said"),
            Kind.WRAP,
            template="team/_cell_feedback.html",
        ),
        Column("correction", gettext_lazy("Correction"), Kind.WRAP, sheet_only=True),
        Column("promised_on", gettext_lazy("Promise"), Kind.DATE, template="team/_cell_next.html"),
        Column("next_kind", gettext_lazy("Next"), Kind.WORD, sheet_only=True),
        Column("next_on", gettext_lazy("Next day"), Kind.DATE, sheet_only=True),
        Column("papers", gettext_lazy("Documents sent"), Kind.WRAP, sheet_only=True, value=papers_in_words),
        Column("paid_on", gettext_lazy("Paid"), Kind.DATE, template="team/_cell_paid.html"),
        Column("paid_fen", gettext_lazy("Paid amount"), Kind.MONEY, sheet_only=True, value=_paid),
        Column(
            "lead_name",
            gettext_lazy("Team lead's check"),
            Kind.WRAP,
            value=lambda line: check_in_words(line.lead_event, line.lead_name),
            template="team/_cell_checks.html",
        ),
        Column(
            "boss_name",
            gettext_lazy("Manager's check"),
            Kind.WRAP,
            sheet_only=True,
            value=lambda line: check_in_words(line.boss_event, line.boss_name),
        ),
    )

    def filter_form(self) -> forms.RecordSheetFilter:
        return forms.RecordSheetFilter(self.request.GET, today=clock.today())

    @cached_property
    def _found(self) -> queries.FoundLines:
        return queries.find_lines(self.asked.wanted())

    def found(self) -> queries.FoundLines:
        return self._found

    def rows(self, part: list[Any]) -> Sequence[queries.RecordLine]:
        return queries.record_lines(part, to_on=self.asked.wanted().to_on, as_of=clock.today())

    def marked(self, row: Any) -> bool:
        """Whoever paid stands out, as with a coloured pen: nobody calls him (R000-I4)."""
        return bool(row.is_paid)

    def head(self) -> list[str]:
        """The head of the sheet: project, area, collector, period, printed at (domain 4.8)."""
        return head_of(self.asked, self.staff.tenant_name)

    def link(self, row: Any) -> str:
        return reverse("cases:case", args=[row.case_id])

    def empty(self) -> Empty:
        return Empty(_("No case was open in these days."))

    def more(self, found: Any, page: Any) -> dict[str, Any]:
        return {"cases": found.cases, "may_print": self.staff.can(Permission.LIST_EXPORT) and len(found) > 0}


class RecordPdf(StaffView):
    """The sheet on paper, A4 across; every print stands in the trail."""

    permission = Permission.LIST_EXPORT

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = forms.RecordSheetFilter(request.GET, today=clock.today())
        wanted = asked.wanted()
        found = queries.find_lines(wanted)
        if len(found) > MOST_ON_PAPER:
            text = ngettext(
                "At most %(count)d line fits on paper. Set a filter first, or take the workbook.",
                "At most %(count)d lines fit on paper. Set a filter first, or take the workbook.",
                MOST_ON_PAPER,
            )
            raise TooLong(text % {"count": MOST_ON_PAPER})
        lines = queries.record_lines(found[:], to_on=wanted.to_on, as_of=clock.today())
        head = head_of(asked, self.request.staff.tenant_name)
        pdf = documents.record_pdf(head, lines)
        audit.record("record.printed", kind="list", rows=len(lines), filters=head[1:-1])
        response = HttpResponse(pdf, content_type="application/pdf")
        name = f"物业费催缴记录表-{wanted.from_on:%Y%m%d}-{wanted.to_on:%Y%m%d}.pdf"
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
        response["Cache-Control"] = "private, no-store"
        return response


def head_of(asked: forms.RecordSheetFilter, company: str) -> list[str]:
    """The lines above the table, on paper and in the workbook; Chinese, as all papers of the house."""
    wanted, told = asked.wanted(), asked.told()
    return [
        f"{company} 物业费催缴记录表",
        f"项目：{told['community'] or '全部'}",
        f"区域：{told['building'] or '全部'}",
        f"催费员：{told['collector'] or '全部'}",
        f"期间：{wanted.from_on} 至 {wanted.to_on}",
        f"打印时间：{timezone.localtime(clock.now()):%Y-%m-%d %H:%M}",
    ]
