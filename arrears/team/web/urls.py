"""Team: who works on what, sheets to sign, the record sheet and the weekly review."""

from django.urls import path

from arrears.team.web import distribution, lists, planning, record, reviews, rounds, sheets, walk, workplaces

app_name = "team"
urlpatterns = [
    path("distribution/", distribution.Distribution.as_view(), name="distribution"),
    path("distribution/move/", distribution.MoveCase.as_view(), name="move"),
    path("distribution/fairly/", distribution.Fairly.as_view(), name="fairly"),
    path("workload/", distribution.Workload.as_view(), name="workload"),
    path("stewards/", distribution.Stewards.as_view(), name="stewards"),
    path("stewards/<int:building_id>/", distribution.SetSteward.as_view(), name="set_steward"),
    path("leaves/", distribution.Leaves.as_view(), name="leaves"),
    path("leaves/<int:leave_id>/cancel/", distribution.CancelLeave.as_view(), name="cancel_leave"),
    path("sign-off/", sheets.Queue.as_view(), name="sign"),
    path("sheets/", sheets.Sheets.as_view(), name="sheets"),
    path("sheets/<str:sheet>/", sheets.SheetPage.as_view(), name="sheet"),
    path("sheets/<str:sheet>/sign/", sheets.Sign.as_view(), name="sign_sheet"),
    path("sheets/<str:sheet>/return/", sheets.Return.as_view(), name="return_sheet"),
    path("sheets/<str:sheet>/correct/", sheets.Correct.as_view(), name="correct_sheet"),
    path("record/", record.Record.as_view(), name="record"),
    path("record/print/", record.RecordPdf.as_view(), name="record_pdf"),
    path("reviews/", reviews.Reviews.as_view(), name="reviews"),
    path("reviews/<int:pack_id>/", reviews.Review.as_view(), name="review"),
    path("reviews/<int:pack_id>/print/", reviews.PackPdf.as_view(), name="review_pdf"),
    path("reviews/<int:pack_id>/decisions/", reviews.Decide.as_view(), name="decide"),
    path(
        "reviews/<int:pack_id>/decisions/<int:resolution_id>/end/",
        reviews.EndDecision.as_view(),
        name="end_decision",
    ),
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
