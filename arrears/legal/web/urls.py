"""Court papers, the legal stage, and what is posted."""

from django.urls import path

from arrears.legal.web import dockets, endings, gates, paper_list, public, views

app_name = "legal"
urlpatterns = [
    path("court/", paper_list.Papers.as_view(), name="papers"),
    path("court/<int:case_id>/", views.File.as_view(), name="file"),
    path("court/<int:case_id>/proceedings/", views.CaseCourt.as_view(), name="case_court"),
    path("court/accounts/<int:account_id>/counter/", views.AtCounter.as_view(), name="at_counter"),
    path("court/filings/<int:filing_id>/result/", views.Result.as_view(), name="result"),
    path("court/<int:case_id>/review/", views.Review.as_view(), name="review"),
    path("court/<int:case_id>/review/write/", gates.WriteReview.as_view(), name="write_review"),
    path("court/<int:case_id>/gates/", gates.Gates.as_view(), name="gates"),
    path("court/<int:case_id>/gates/note/", gates.NoteGate.as_view(), name="note_gate"),
    path("court/<int:case_id>/gates/summary/", gates.CaseGates.as_view(), name="case_gates"),
    path("court/filings/<int:filing_id>/docket/", dockets.Docket.as_view(), name="docket"),
    path("court/filings/<int:filing_id>/docket/enter/", dockets.Enter.as_view(), name="enter"),
    path("court/calendar/", dockets.Calendar.as_view(), name="calendar"),
    path("court/<int:case_id>/ending/", endings.Ending.as_view(), name="ending"),
    path("court/<int:case_id>/write-off/", endings.AskWriteOff.as_view(), name="ask_write_off"),
    path("court/<int:case_id>/evaluation/", endings.Evaluate.as_view(), name="evaluate"),
    path("court/agreements/", public.Agreements.as_view(), name="agreements"),
    path("court/agreements/add/", public.AddAgreement.as_view(), name="add_agreement"),
    path("court/agreements/<int:agreement_id>/end/", public.EndAgreement.as_view(), name="end_agreement"),
    path("public-notices/", public.PublicNotices.as_view(), name="public_notices"),
    path("public-notices/new/", public.AskNotice.as_view(), name="public_ask"),
    path("public-notices/<int:public_id>/", public.PublicNotice.as_view(), name="public_notice"),
    path("public-notices/<int:public_id>/sign/", public.SignNotice.as_view(), name="public_sign"),
    path("public-notices/<int:public_id>/post/", public.PostNotice.as_view(), name="public_post"),
    path("public-notices/<int:public_id>/remove/", public.RemoveNotice.as_view(), name="public_remove"),
]
