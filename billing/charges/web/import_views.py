"""Import: upload, preview, confirm, done. The work itself runs on the worker; the page follows it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from billing.charges.queries.import_batches import BatchCard, batch_card, batches, card, lines
from billing.charges.queries.import_words import line_row
from billing.charges.services.import_batches import confirm_batch, start_batch
from billing.charges.tasks import run_import
from billing.charges.web.import_forms import Upload
from billing.charges.web.import_workbook import findings_workbook
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services.files import XLSX

HEAVIEST = ("ERROR", "WARNING", "CHANGE", "NOTE")


class ImportView(StaffView):
    """What the doors of the import share."""

    permission = Permission.IMPORT_RUN

    def start(self, batch_id: int, *, commit: bool) -> None:
        """Hand the batch to the worker once everything it needs is there."""
        staff = self.request.staff
        work = {"batch_id": str(batch_id), "user_id": str(staff.user_id), "commit": commit}
        transaction.on_commit(lambda: run_import.delay(tenant_id=staff.tenant_id, **work))


class Import(ImportView):
    """Upload a file; see the last ones."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = {
            "kind": request.GET.get("kind", "REGISTER"),
            "community": row_id(request.GET.get("community", "")),
        }
        return self.show(Upload(initial={"as_of": clock.today(), **wanted}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = Upload(request.POST, request.FILES)
        batch_id = self.attempt(form, lambda: start_batch(**form.said())) if form.is_valid() else None
        if batch_id is None:
            return self.show(form, status=422)
        self.start(batch_id, commit=False)
        return redirect("charges:import_batch", batch_id)

    def show(self, form: Upload, *, status: int = 200) -> HttpResponse:
        """The form and the list."""
        page = self.paginate(batches(), size=20)
        rows = [card(batch) for batch in page.object_list]
        return self.page("charges/import.html", status=status, form=form, page=page, rows=rows)


class ImportBatch(ImportView):
    """One upload: how far it is, what was found, and the button that imports it."""

    def get(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        batch = batch_card(batch_id)
        weight = request.GET.get("weight", "") or self._heaviest(batch)
        page = self.paginate(lines(batch_id, weight), size=100)
        rows = [line_row(line) for line in page.object_list]
        return self.page("charges/import_batch.html", batch=batch, weight=weight, page=page, rows=rows)

    def _heaviest(self, batch: BatchCard) -> str:
        counted = {"ERROR": "errors", "WARNING": "warnings", "CHANGE": "changes"}
        return next((weight for weight, name in counted.items() if batch.counts.get(name)), "NOTE")


class ImportState(ImportView):
    """The live bar; when the worker is done the page is loaded anew."""

    def get(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        batch = batch_card(batch_id)
        response = self.page("charges/_import_state.html", batch=batch)
        if not batch.is_running:
            response["HX-Refresh"] = "true"
        return response


class ImportConfirm(ImportView):
    """Import what the preview showed."""

    def post(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        confirm_batch(batch_id=batch_id)
        self.start(batch_id, commit=True)
        return redirect("charges:import_batch", batch_id)


class ImportFindings(ImportView):
    """Everything found, as a workbook."""

    def get(self, request: HttpRequest, batch_id: int) -> HttpResponse:
        batch = batch_card(batch_id)
        content = findings_workbook(lines(batch_id, request.GET.get("weight", "")).iterator(chunk_size=2000))
        response = HttpResponse(content, content_type=XLSX)
        name = f"{batch.file_name.removesuffix('.xlsx')}-{batch_id}.xlsx"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        response["Cache-Control"] = "private, no-store"
        return response
