"""Write a legal document: its fields, what is missing, its PDF; finish, reopen and drop it."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.legal import queries, services
from arrears.legal.documents.page import DraftPage, draft_page, draft_pdf, find_draft
from arrears.legal.documents.scope import kinds_for
from arrears.legal.documents.workbook import evidence_workbook
from arrears.legal.rules.gates import Finding
from arrears.legal.services.drafts import DraftRefused, DraftThere
from arrears.legal.web.draft_forms import DraftForm
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import files
from tenancy.people.words import sentence


class CaseDrafts(StaffView):
    """The legal documents of a case, for its page; and begin one more."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())
        rows = queries.draft_rows(list(queries.drafts(case_id=case_id)))
        may_edit = self.request.staff.can(Permission.DRAFT_EDIT)
        kinds = kinds_for(case_id, as_of=clock.today()) if may_edit else ()
        there = {row.kind for row in rows if row.state == "OPEN"}
        begin = [kind for kind in kinds if kind not in there]
        return self.page("legal/_case_drafts.html", rows=rows, begin=begin, case_id=case_id)


class Begin(StaffView):
    """Begin a document of a case; the one that is there already is opened instead."""

    permission = Permission.DRAFT_EDIT

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())
        kind = request.POST.get("kind", "")
        try:
            draft_id = services.open_draft(case_id=case_id, kind=kind, as_of=clock.today())
        except DraftThere as there:
            messages.info(request, str(there))
            draft_id = there.params["draft"]
        return redirect("legal:draft", draft_id)


class Newest(StaffView):
    """The way from a case to the document that is being written for it."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())
        newest = queries.drafts(case_id=case_id, state="OPEN").first()
        return redirect("legal:draft", newest.pk) if newest else redirect("cases:case", case_id)


class DraftView(StaffView):
    """What the doors of a draft share: its page."""

    permission = Permission.DRAFT_EDIT

    def show(self, page: DraftPage, form: DraftForm | None = None, *, status: int = 200) -> HttpResponse:
        """The document as it stands, or with what was typed."""
        may_edit = self.request.staff.can(Permission.DRAFT_EDIT)
        form = form or DraftForm(page)
        missing = [
            (one, str(form.fields[one.field].label)) for one in page.unready if one.field in form.fields
        ]
        return self.page(
            "legal/draft_edit.html",
            status=status,
            draft=page,
            case=page.case,
            form=form,
            may_edit=may_edit,
            missing=[(one.field, label) for one, label in missing if one.because.code == _MISSING],
            unconfirmed=_unconfirmed(page) if page.is_open else (),
            stops=[sentence(one.because) for one in page.unready if one.because.code != _MISSING],
        )


_MISSING = "draft_field_missing"


class Show(DraftView):
    """Read a document, with its form for whoever writes it."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        return self.show(draft_page(draft_id, as_of=clock.today()))


class Save(DraftView):
    """What was written becomes a new version."""

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        page = draft_page(draft_id, as_of=clock.today())
        form = DraftForm(page, request.POST)
        done = self.attempt(form, lambda: _save(draft_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(page, form, status=422)
        messages.success(request, _("Saved as version %(number)d.") % {"number": done})
        return redirect("legal:draft", draft_id)


class Finish(DraftView):
    """Freeze it: it gets its number and goes to whoever carries or files it."""

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        find_draft(draft_id)
        form = Finished(request.POST)
        said = form.cleaned_data if form.is_valid() else {"version": 0, "goes_on": False}
        notice_id = self.attempt(
            form, lambda: services.finish_draft(draft_id=draft_id, as_of=clock.today(), **said)
        )
        if notice_id is None:
            for text in _said(form):
                messages.error(request, text)
            return self.show(draft_page(draft_id, as_of=clock.today()), status=422)
        messages.success(request, _("Finished. It has its number and can be printed."))
        return redirect("legal:draft", draft_id)


class Reopen(DraftView):
    """Go on writing a finished one."""

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        find_draft(draft_id)
        services.reopen_draft(draft_id=draft_id)
        messages.success(request, _("It can be edited again. Its paper stands until it is finished anew."))
        return redirect("legal:draft", draft_id)


class Drop(DraftView):
    """Write it no further."""

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        draft, form = find_draft(draft_id), Seen(request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        services.drop_draft(draft_id=draft_id, version=version)
        messages.success(request, _("Dropped."))
        return redirect("cases:case", draft.case_id)


class Pdf(DraftView):
    """How it would be printed, now or in one version. Who looks at personal numbers is written down."""

    def get(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        asked = request.GET.get("version", "")
        version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None
        content = draft_pdf(draft_id, as_of=clock.today(), version=version)
        return _file(content, f"draft-{draft_id}.pdf", files.PDF)


class Workbook(DraftView):
    """The list of evidence as a workbook."""

    def get(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        content = evidence_workbook(draft_id, as_of=clock.today())
        return _file(content, f"evidence-{draft_id}.xlsx", files.XLSX)


class Seen(django_forms.Form):
    """Which version was before the eyes of who acts."""

    version = django_forms.IntegerField(min_value=0, max_value=32_000)


class Finished(Seen):
    """The same; `goes_on`: with the checks unconfirmed that the page lists."""

    goes_on = django_forms.BooleanField(required=False)


def _unconfirmed(page: DraftPage) -> tuple[Finding, ...]:
    ids = page.charge_ids
    return queries.unconfirmed(
        page.case.case_id, page.kind, charge_ids=ids, fields=page.fields, as_of=page.as_of
    )


def _save(draft_id: int, form: DraftForm) -> int | None:
    """The number of the new version; every field that cannot stand says so itself."""
    said = form.cleaned_data
    try:
        return services.save_draft(
            draft_id=draft_id,
            version=said["version"],
            given=form.given(),
            as_of=clock.today(),
            seen_on=said["seen_on"],
            note=said["note"],
        )
    except DraftRefused as refusal:
        for fault in refusal.faults[1:]:
            form.add_error(fault.key if fault.key in form.fields else None, sentence(fault.because))
        raise


def _said(form: django_forms.Form) -> list[str]:
    return [str(text) for texts in form.errors.values() for text in texts]


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    as_attachment = content_type != files.PDF
    response["Content-Disposition"] = content_disposition_header(as_attachment, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
