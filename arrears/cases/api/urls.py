"""Collection's part of the API."""

from django.urls import path

from arrears.cases.api import assigning, board, decisions, facts, limitation, policies, views

app_name = "cases_api"
urlpatterns = [
    path("calls/", views.Worklist.as_view(), name="worklist"),
    path("visits/", views.VisitList.as_view(), name="visits_due"),
    path("cases/", views.Cases.as_view(), name="cases"),
    path("cases/assign/", assigning.AssignCases.as_view(), name="assign"),
    path("cases/review/", assigning.Review.as_view(), name="review"),
    path("collectors/", assigning.Collectors.as_view(), name="collectors"),
    path("cases/<int:case_id>/", views.Case.as_view(), name="case"),
    path("cases/rebase/", policies.Rebase.as_view(), name="rebase"),
    path("cases/<int:case_id>/facts/", facts.CaseFacts.as_view(), name="case_facts"),
    path("cases/<int:case_id>/dial/", facts.Dial.as_view(), name="dial"),
    path("cases/<int:case_id>/letter/", facts.Letter.as_view(), name="post_notice"),
    path("cases/<int:case_id>/relaxations/", policies.Relaxations.as_view(), name="relaxations"),
    path("relaxations/<int:relaxation_id>/end/", policies.EndRelaxation.as_view(), name="end_relaxation"),
    path("deviations/", policies.Deviations.as_view(), name="deviations"),
    path("quiet-days/", policies.QuietDays.as_view(), name="quiet_days"),
    path("quiet-days/<int:quiet_id>/", policies.QuietDay.as_view(), name="quiet_day"),
    path("units/<int:unit_id>/standing/", facts.UnitStanding.as_view(), name="unit_standing"),
    path("cases/<int:case_id>/timeline/", views.CaseTimeline.as_view(), name="timeline"),
    path("cases/<int:case_id>/call-gate/", views.CallGate.as_view(), name="call_gate"),
    path("cases/<int:case_id>/calls/", views.Calls.as_view(), name="calls"),
    path("cases/<int:case_id>/visits/", views.Visits.as_view(), name="visits"),
    path("cases/<int:case_id>/holds/", views.Holds.as_view(), name="holds"),
    path("cases/<int:case_id>/numbers/<int:contact_id>/", views.Number.as_view(), name="number"),
    path("cases/<int:case_id>/clocks/", limitation.CaseClocks.as_view(), name="case_clocks"),
    path("cases/<int:case_id>/clock-proofs/", limitation.ClockProofs.as_view(), name="prove_clock"),
    path(
        "cases/<int:case_id>/clock-proofs/undo/", limitation.TakeBackProof.as_view(), name="take_back_proof"
    ),
    path("cases/<int:case_id>/ems-demand/", limitation.EmsDemand.as_view(), name="demand_by_ems"),
    path(
        "cases/<int:case_id>/limitation-decisions/",
        limitation.LimitationDecisions.as_view(),
        name="decide_expired",
    ),
    path("limitation/", limitation.Limitation.as_view(), name="limitation"),
    path("holds/<int:hold_id>/release/", views.ReleaseHold.as_view(), name="release_hold"),
    path("holds/<int:hold_id>/end-request/", views.AskToEndHold.as_view(), name="ask_to_end_hold"),
    path("tasks/<int:task_id>/finish/", views.FinishTask.as_view(), name="finish_task"),
    path("board/", board.BuildingBoard.as_view(), name="board"),
    path("units/<int:unit_id>/timeline/", views.UnitTimeline.as_view(), name="unit_timeline"),
    path("approvals/", decisions.Approvals.as_view(), name="approvals"),
    path("approvals/<int:approval_id>/", decisions.Approval.as_view(), name="approval"),
    path("approvals/<int:approval_id>/remarks/", decisions.Remarks.as_view(), name="remarks"),
    path("approvals/<int:approval_id>/decision/", decisions.Decision.as_view(), name="decision"),
    path("ladders/", decisions.Ladders.as_view(), name="ladders"),
    path("ladders/foresights/", policies.Foresights.as_view(), name="ladder_foresights"),
    path("ladders/foresights/<int:foresight_job_id>/", policies.Foresight.as_view(), name="ladder_foresight"),
    path("ladders/compare/", decisions.LadderComparison.as_view(), name="ladder_compare"),
    path("ladders/<int:ladder_id>/", decisions.Ladder.as_view(), name="ladder"),
]
