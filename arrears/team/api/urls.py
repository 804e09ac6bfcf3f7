"""The API's part of team."""

from django.urls import path

from arrears.team.api import duty, reviews, rounds, sheets, walks

app_name = "team_api"
urlpatterns = [
    path("distribution/fair/", duty.FairSplit.as_view(), name="fair"),
    path("workload/", duty.Workload.as_view(), name="workload"),
    path("stewards/", duty.Stewards.as_view(), name="stewards"),
    path("stewards/<int:building_id>/", duty.OneSteward.as_view(), name="steward"),
    path("leaves/", duty.Leaves.as_view(), name="leaves"),
    path("leaves/<int:leave_id>/cancel/", duty.CancelLeave.as_view(), name="cancel_leave"),
    path("sheets/", sheets.Sheets.as_view(), name="sheets"),
    path("sheets/<str:sheet>/", sheets.OneSheet.as_view(), name="sheet"),
    path("sheets/<str:sheet>/sign/", sheets.SignSheet.as_view(), name="sign_sheet"),
    path("sheets/<str:sheet>/return/", sheets.ReturnSheet.as_view(), name="return_sheet"),
    path("sheets/<str:sheet>/correct/", sheets.CorrectSheet.as_view(), name="correct_sheet"),
    path("record/", sheets.Record.as_view(), name="record"),
    path("reviews/", reviews.Reviews.as_view(), name="reviews"),
    path("reviews/<int:pack_id>/", reviews.OneReview.as_view(), name="review"),
    path("reviews/<int:pack_id>/decisions/", reviews.Decide.as_view(), name="decide"),
    path(
        "reviews/<int:pack_id>/decisions/<int:resolution_id>/end/",
        reviews.EndDecision.as_view(),
        name="end_decision",
    ),
    path("rounds/", rounds.Rounds.as_view(), name="rounds"),
    path("rounds/<int:round_id>/", rounds.Round.as_view(), name="round"),
    path("rounds/<int:round_id>/entries/", rounds.Entries.as_view(), name="entries"),
    path("rounds/<int:round_id>/close/", rounds.CloseRound.as_view(), name="close_round"),
    path("rounds/<int:round_id>/call-off/", rounds.CallOff.as_view(), name="call_off_round"),
    path("round-stops/<int:stop_id>/drop/", rounds.DropStop.as_view(), name="drop_stop"),
    path("cases/<int:case_id>/workplace-visits/", rounds.AskWorkplace.as_view(), name="ask_workplace"),
    path("walks/", walks.Walks.as_view(), name="walks"),
    path("walks/<int:round_id>/", walks.Walk.as_view(), name="walk"),
    path("walks/<int:round_id>/entries/", walks.SendEntry.as_view(), name="send_entry"),
]
