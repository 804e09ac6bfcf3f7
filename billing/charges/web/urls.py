"""Month run, bills, tariffs, and the statement of a unit."""

from django.urls import path

from billing.charges.web import bills, import_urls, runs, tariffs

app_name = "charges"
urlpatterns = [
    path("runs/", runs.Run.as_view(), name="run"),
    path("runs/jobs/<int:job_id>/", runs.RunJob.as_view(), name="run_job"),
    path("bills/", bills.Bills.as_view(), name="bills"),
    path("bills/<int:bill_id>/", bills.Bill.as_view(), name="bill"),
    path("bills/<int:bill_id>/void/", bills.VoidBill.as_view(), name="void_bill"),
    path("charges/<int:charge_id>/why/", bills.Charge.as_view(), name="charge"),
    path("units/<int:unit_id>/statement/", bills.UnitStatement.as_view(), name="unit_statement"),
    path("tariffs/", tariffs.Tariffs.as_view(), name="tariffs"),
    path("tariffs/new/", tariffs.NewTariff.as_view(), name="new_tariff"),
    path("tariffs/<int:tariff_id>/", tariffs.Tariff.as_view(), name="tariff"),
    path("tariffs/<int:tariff_id>/versions/", tariffs.NewVersion.as_view(), name="new_version"),
    *import_urls.urlpatterns,
]
