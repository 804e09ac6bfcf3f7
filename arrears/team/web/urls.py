"""Team: visit rounds, sign-off, leave, the record sheet and the weekly review."""

from django.urls import URLPattern, path

from arrears.team.web import lists, planning, rounds, walk, workplaces

app_name = "team"
urlpatterns: list[URLPattern] = [
    path("rounds/", lists.Rounds.as_view(), name="rounds"),
    path("rounds/new/visits/", planning.PlanVisits.as_view(), name="plan_visits"),
    path("rounds/new/papers/", planning.PlanPapers.as_view(), name="plan_papers"),
    path("rounds/<int:round_id>/", rounds.Round.as_view(), name="round"),
    path("rounds/<int:round_id>/close/", rounds.CloseRound.as_view(), name="close_round"),
    path("rounds/<int:round_id>/call-off/", rounds.CallOff.as_view(), name="call_off_round"),
    path("rounds/<int:round_id>/sheet.pdf", rounds.RouteSheet.as_view(), name="route_sheet"),
    path("rounds/<int:round_id>/record.pdf", rounds.RoundRecord.as_view(), name="round_record"),
    path("rounds/<int:round_id>/round.xlsx", rounds.RoundSheet.as_view(), name="round_workbook"),
    path("round-stops/<int:stop_id>/drop/", rounds.DropStop.as_view(), name="drop_stop"),
    path("visits/<int:visit_id>/record.pdf", rounds.VisitRecord.as_view(), name="visit_record"),
    path("cases/<int:case_id>/workplace/", workplaces.AskWorkplace.as_view(), name="ask_workplace"),
    path("settings/visit-rounds/", workplaces.Rules.as_view(), name="rules"),
    path("walk/", walk.Walks.as_view(), name="walks"),
    path("walk/offline.js", walk.OfflineWorker.as_view(), name="walk_worker"),
    path("walk/<int:round_id>/", walk.Walk.as_view(), name="walk"),
    path("walk/<int:round_id>/sheet.pdf", walk.WalkSheet.as_view(), name="walk_sheet"),
]
