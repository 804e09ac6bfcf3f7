"""The doors of the import, taken into this app's list."""

from django.urls import path

from billing.charges.web import import_views

urlpatterns = [
    path("import/", import_views.Import.as_view(), name="import"),
    path("import/<int:batch_id>/", import_views.ImportBatch.as_view(), name="import_batch"),
    path("import/<int:batch_id>/state/", import_views.ImportState.as_view(), name="import_state"),
    path("import/<int:batch_id>/confirm/", import_views.ImportConfirm.as_view(), name="import_confirm"),
    path("import/<int:batch_id>/findings/", import_views.ImportFindings.as_view(), name="import_findings"),
]
