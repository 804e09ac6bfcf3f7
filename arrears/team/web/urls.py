"""Team: who works on what, sheets to sign, the record sheet and the weekly review."""

from django.urls import path

from arrears.team.web import distribution, record, reviews, sheets

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
]
