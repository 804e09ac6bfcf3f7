"""Building board, call list, call desk, visits, cases, approvals, ladder."""

from django.urls import path

from arrears.cases.web import approvals, assigning, board, cases, desk, holds, ladders, lists, visits

app_name = "cases"
urlpatterns = [
    path("calls/", lists.CallList.as_view(), name="worklist"),
    path("calls/<int:case_id>/", desk.Call.as_view(), name="call"),
    path("calls/<int:case_id>/numbers/<int:contact_id>/", desk.Reveal.as_view(), name="reveal"),
    path("tasks/<int:task_id>/finish/", desk.FinishTask.as_view(), name="finish_task"),
    path("visits/", lists.Visits.as_view(), name="visits"),
    path("visits/<int:case_id>/", visits.Visit.as_view(), name="visit"),
    path("cases/", lists.Cases.as_view(), name="cases"),
    path("cases/assign/", assigning.AssignCases.as_view(), name="assign"),
    path("cases/<int:case_id>/", cases.CasePage.as_view(), name="case"),
    path("cases/<int:case_id>/holds/new/", holds.HoldForm.as_view(), name="hold_form"),
    path("cases/<int:case_id>/holds/", holds.SetHold.as_view(), name="set_hold"),
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
