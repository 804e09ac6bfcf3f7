"""Meters, readings, common costs."""

from django.urls import path

from billing.charges.api import local_rules, measured

urlpatterns = [
    path("runs/<int:run_id>/ask-cancel/", measured.AskCancel.as_view(), name="ask_cancel"),
    path("runs/<int:run_id>/cancel/", measured.CancelRun.as_view(), name="cancel_run"),
    path("meters/", measured.Meters.as_view(), name="meters"),
    path("meters/<int:meter_id>/", measured.Meter.as_view(), name="meter"),
    path("meters/<int:meter_id>/change/", measured.ChangeMeter.as_view(), name="change_meter"),
    path("readings/", measured.Readings.as_view(), name="readings"),
    path("readings/<int:reading_id>/correct/", measured.CorrectReading.as_view(), name="correct_reading"),
    path("local-rules/", local_rules.LocalRules.as_view(), name="local_rules"),
    path("pools/", measured.Pools.as_view(), name="pools"),
    path("pools/<int:pool_id>/", measured.Pool.as_view(), name="pool"),
    path("pools/<int:pool_id>/shares/", measured.PoolShares.as_view(), name="pool_shares"),
    path("pools/<int:pool_id>/ask/", measured.AskPool.as_view(), name="ask_pool"),
    path("pools/<int:pool_id>/withdraw/", measured.WithdrawPool.as_view(), name="withdraw_pool"),
]
