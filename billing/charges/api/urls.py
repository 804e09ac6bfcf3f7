"""The charges' part of the API."""

from django.urls import path

from billing.charges.api import (
    ahead,
    contracts,
    import_urls,
    measured_urls,
    month,
    offers,
    tariffs,
    vacancies,
    views,
    waivers,
)

app_name = "charges_api"
urlpatterns = [
    path("runs/", views.Runs.as_view(), name="runs"),
    path("runs/preview/", views.RunPreview.as_view(), name="run_preview"),
    path("runs/month/", month.Month.as_view(), name="run_month"),
    path("runs/release/", month.Release.as_view(), name="run_release"),
    path("runs/<int:run_id>/", views.Run.as_view(), name="run"),
    path("bills/", views.Bills.as_view(), name="bills"),
    path("bills/<int:bill_id>/", views.Bill.as_view(), name="bill"),
    path("bills/<int:bill_id>/void/", views.VoidBill.as_view(), name="void_bill"),
    path("charges/<int:charge_id>/", views.Charge.as_view(), name="charge"),
    path("accounts/", views.Accounts.as_view(), name="accounts"),
    path("accounts/<int:account_id>/", views.Account.as_view(), name="account"),
    path("units/<int:unit_id>/statement/", views.Statement.as_view(), name="statement"),
    path("waivers/", waivers.Waivers.as_view(), name="waivers"),
    path("waivers/<int:waiver_id>/", waivers.OneWaiver.as_view(), name="waiver"),
    path("waivers/<int:waiver_id>/withdraw/", waivers.WithdrawWaiver.as_view(), name="withdraw_waiver"),
    path("accounts/<int:account_id>/waivers/", waivers.AccountWaivers.as_view(), name="account_waivers"),
    path("accounts/<int:account_id>/prepayment/", ahead.PayAhead.as_view(), name="prepayment"),
    path("offers/", offers.Offers.as_view(), name="offers"),
    path("offers/<int:offer_id>/stop/", offers.StopOffer.as_view(), name="stop_offer"),
    path("vacancies/", vacancies.Vacancies.as_view(), name="vacancies"),
    path("vacancies/<int:vacancy_id>/", vacancies.OneVacancy.as_view(), name="vacancy"),
    path("vacancies/<int:vacancy_id>/end/", vacancies.EndOfVacancy.as_view(), name="end_vacancy"),
    path("accounts/<int:account_id>/vacancies/", vacancies.AccountVacancies.as_view(), name="ask_vacancy"),
    path("fee-items/", tariffs.FeeItems.as_view(), name="fee_items"),
    path("tariffs/", tariffs.Tariffs.as_view(), name="tariffs"),
    path("tariffs/new/", tariffs.NewTariff.as_view(), name="new_tariff"),
    path("tariffs/<int:tariff_id>/", tariffs.Tariff.as_view(), name="tariff"),
    path("tariffs/<int:tariff_id>/versions/", tariffs.NewVersion.as_view(), name="new_version"),
    path("tariffs/<int:tariff_id>/subscriptions/", contracts.Subscriptions.as_view(), name="subscriptions"),
    path(
        "subscriptions/<int:subscription_id>/end/",
        contracts.EndSubscription.as_view(),
        name="end_subscription",
    ),
    path("contracts/", contracts.Contracts.as_view(), name="contracts"),
    path("contracts/<int:contract_id>/", contracts.Contract.as_view(), name="contract"),
    path("contracts/<int:contract_id>/next/", contracts.NextContract.as_view(), name="next_contract"),
    *measured_urls.urlpatterns,
    *import_urls.urlpatterns,
]
