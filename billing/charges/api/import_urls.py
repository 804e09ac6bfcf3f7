"""The import's part of the API, taken into this app's list."""

from django.urls import path

from billing.charges.api import import_views

urlpatterns = [
    path("imports/", import_views.Imports.as_view(), name="imports"),
    path("imports/<int:batch_id>/", import_views.Import.as_view(), name="import"),
    path("imports/<int:batch_id>/findings/", import_views.ImportFindings.as_view(), name="import_findings"),
    path("imports/<int:batch_id>/confirm/", import_views.ImportConfirm.as_view(), name="import_confirm"),
]
