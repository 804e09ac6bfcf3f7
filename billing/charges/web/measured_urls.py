"""Meters and their readings, common costs."""

from django.urls import path

from billing.charges.web import local_rules, meter_list, meters, pools, reading_round

urlpatterns = [
    path("meters/", meter_list.Meters.as_view(), name="meters"),
    path("meters/new/", meters.NewMeter.as_view(), name="new_meter"),
    path("meters/round/", reading_round.Round.as_view(), name="round"),
    path("meters/round/sheet/", reading_round.RoundSheet.as_view(), name="round_sheet"),
    path("meters/import/", reading_round.ImportReadings.as_view(), name="import_readings"),
    path("meters/<int:meter_id>/", meters.Meter.as_view(), name="meter"),
    path("meters/<int:meter_id>/change/", meters.ChangeMeter.as_view(), name="change_meter"),
    path("meters/<int:meter_id>/household/", meters.Household.as_view(), name="meter_household"),
    path("readings/<int:reading_id>/correct/", meters.CorrectReading.as_view(), name="correct_reading"),
    path("local-rules/", local_rules.LocalRules.as_view(), name="local_rules"),
    path("local-rules/new/", local_rules.NewLocalRule.as_view(), name="new_local_rule"),
    path("pools/", pools.Pools.as_view(), name="pools"),
    path("pools/new/", pools.NewPool.as_view(), name="new_pool"),
    path("pools/<int:pool_id>/", pools.Pool.as_view(), name="pool"),
    path("pools/<int:pool_id>/ask/", pools.AskPool.as_view(), name="ask_pool"),
    path("pools/<int:pool_id>/withdraw/", pools.WithdrawPool.as_view(), name="withdraw_pool"),
    path("pools/<int:pool_id>/table.pdf", pools.PoolPaper.as_view(), name="pool_paper"),
    path("pools/<int:pool_id>/table.xlsx", pools.PoolWorkbook.as_view(), name="pool_workbook"),
]
