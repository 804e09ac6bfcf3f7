"""Month run, bills, contracts, fees, tariffs, and the statement of a unit."""

from django.urls import path

from billing.charges.web import (
    bill_list,
    bills,
    contracts,
    fees,
    import_urls,
    measured_urls,
    run_show,
    runs,
    tariff_list,
    tariffs,
    waivers,
)

app_name = "charges"
urlpatterns = [
    path("runs/", runs.Run.as_view(), name="run"),
    path("runs/changes/", runs.RunChanges.as_view(), name="run_changes"),
    path("runs/release/", runs.AskRelease.as_view(), name="run_release"),
    path("runs/jobs/<int:job_id>/", runs.RunJob.as_view(), name="run_job"),
    path("runs/<int:run_id>/", run_show.RunShow.as_view(), name="run_show"),
    path("runs/<int:run_id>/ask-cancel/", run_show.AskCancel.as_view(), name="ask_cancel"),
    path("runs/<int:run_id>/cancel/", run_show.CancelRun.as_view(), name="cancel_run"),
    path("bills/", bill_list.Bills.as_view(), name="bills"),
    path("bills/<int:bill_id>/", bills.Bill.as_view(), name="bill"),
    path("bills/<int:bill_id>/void/", bills.VoidBill.as_view(), name="void_bill"),
    path("charges/<int:charge_id>/why/", bills.Charge.as_view(), name="charge"),
    path("units/<int:unit_id>/statement/", bills.UnitStatement.as_view(), name="unit_statement"),
    path("waivers/", waivers.Waivers.as_view(), name="waivers"),
    path("waivers/<int:waiver_id>/", waivers.Waiver.as_view(), name="waiver"),
    path("waivers/<int:waiver_id>/withdraw/", waivers.WithdrawWaiver.as_view(), name="withdraw_waiver"),
    path("accounts/<int:account_id>/waiver/", waivers.AskWaiver.as_view(), name="ask_waiver"),
    path("tariffs/", tariff_list.Tariffs.as_view(), name="tariffs"),
    path("tariffs/new/", tariffs.NewTariff.as_view(), name="new_tariff"),
    path("tariffs/<int:tariff_id>/", tariffs.Tariff.as_view(), name="tariff"),
    path("tariffs/<int:tariff_id>/versions/", tariffs.NewVersion.as_view(), name="new_version"),
    path("tariffs/<int:tariff_id>/units/", fees.TariffUnits.as_view(), name="tariff_units"),
    path("tariffs/<int:tariff_id>/subscribe/", fees.Subscribe.as_view(), name="subscribe"),
    path("subscriptions/<int:subscription_id>/end/", fees.EndSubscription.as_view(), name="end_subscription"),
    path("fees/", fees.FeeItems.as_view(), name="fee_items"),
    path("fees/new/", fees.NewFeeItem.as_view(), name="new_fee_item"),
    path("communities/<int:community_id>/terms/", contracts.CommunityTerms.as_view(), name="community_terms"),
    path("contracts/", contracts.Contracts.as_view(), name="contracts"),
    path("contracts/new/", contracts.NewContract.as_view(), name="new_contract"),
    path("contracts/<int:contract_id>/", contracts.Contract.as_view(), name="contract"),
    path("contracts/<int:contract_id>/change/", contracts.EditContract.as_view(), name="edit_contract"),
    path("contracts/<int:contract_id>/next/", contracts.NextContract.as_view(), name="next_contract"),
    *measured_urls.urlpatterns,
    *import_urls.urlpatterns,
]
