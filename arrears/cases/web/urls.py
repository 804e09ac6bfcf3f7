"""Building board, call list, call desk, visits, cases, approvals, ladder."""

from django.urls import path

from arrears.cases.web import (
    approvals,
    assigning,
    board,
    cases,
    desk,
    holds,
    ladders,
    limitation,
    lists,
    reviewing,
    visits,
)

app_name = "cases"
urlpatterns = [
    path("calls/", lists.CallList.as_view(), name="worklist"),
    path("calls/<int:case_id>/", desk.Call.as_view(), name="call"),
    path("calls/<int:case_id>/numbers/<int:contact_id>/", desk.Reveal.as_view(), name="reveal"),
    path("tasks/<int:task_id>/finish/", desk.FinishTask.as_view(), name="finish_task"),
    path("visits/", lists.Visits.as_view(), name="visits"),
    path("visits/<int:case_id>/", visits.Visit.as_view(), name="visit"),
    path("cases/", lists.Cases.as_view(), name="cases"),
    path("cases/review/", reviewing.ReviewCases.as_view(), name="review"),
    path("cases/assign/", assigning.AssignCases.as_view(), name="assign"),
    path("cases/<int:case_id>/", cases.CasePage.as_view(), name="case"),
    path("cases/<int:case_id>/holds/", holds.SetHold.as_view(), name="set_hold"),
    path("cases/<int:case_id>/clocks/", limitation.CaseClocks.as_view(), name="case_clocks"),
    path("cases/<int:case_id>/clocks/prove/", limitation.ProveClock.as_view(), name="prove_clock"),
    path("cases/<int:case_id>/clocks/undo/", limitation.TakeBackProof.as_view(), name="take_back_proof"),
    path("cases/<int:case_id>/clocks/demand/", limitation.DemandByEms.as_view(), name="demand_by_ems"),
    path("cases/<int:case_id>/clocks/decide/", limitation.DecideExpired.as_view(), name="decide_expired"),
    path("limitation/", limitation.Limitation.as_view(), name="limitation"),
    path("limitation/tile/", limitation.LimitationTile.as_view(), name="limitation_tile"),
    path("holds/<int:hold_id>/release/", holds.ReleaseHold.as_view(), name="release_hold"),
    path("board/", board.BuildingBoard.as_view(), name="board"),
    path("units/<int:unit_id>/timeline/", cases.UnitTimeline.as_view(), name="unit_timeline"),
    path("units/<int:unit_id>/head/", cases.UnitHead.as_view(), name="unit_head"),
    path("approvals/", lists.Approvals.as_view(), name="approvals"),
    path("approvals/<int:approval_id>/", approvals.Approval.as_view(), name="approval"),
    path("approvals/<int:approval_id>/remark/", approvals.Remark.as_view(), name="approval_remark"),
    path("ladder/", ladders.Ladders.as_view(), name="ladder"),
    path("ladder/new/", ladders.NewVersion.as_view(), name="ladder_new"),
    path("ladder/compare/", ladders.Compare.as_view(), name="ladder_compare"),
    path("ladder/<int:ladder_id>/", ladders.Version.as_view(), name="ladder_version"),
]
