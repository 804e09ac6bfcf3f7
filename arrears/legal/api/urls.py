"""The court's part of the API."""

from django.urls import path

from arrears.legal.api import bundles, drafts, firms, process, public, views

app_name = "legal_api"
urlpatterns = [
    path("court-papers/", views.Papers.as_view(), name="papers"),
    path("cases/<int:case_id>/bundles/", bundles.CaseBundles.as_view(), name="case_bundles"),
    path("bundles/<int:bundle_id>/", bundles.BundleDetail.as_view(), name="bundle"),
    path("bundles/<int:bundle_id>/pdf/", bundles.BundlePdf.as_view(), name="bundle_pdf"),
    path("bundles/<int:bundle_id>/zip/", bundles.BundleZip.as_view(), name="bundle_zip"),
    path("court-fees/", drafts.Fees.as_view(), name="fees"),
    path("law-firms/", firms.Firms.as_view(), name="firms"),
    path("law-firms/<int:firm_id>/", firms.Firm.as_view(), name="firm"),
    path("law-firms/<int:firm_id>/agreements/", firms.Agreements.as_view(), name="agreements"),
    path(
        "law-firms/<int:firm_id>/agreements/<int:processing_id>/end/",
        firms.EndAgreement.as_view(),
        name="end_agreement",
    ),
    path("legal-documents/", drafts.Drafts.as_view(), name="drafts"),
    path("legal-documents/<int:draft_id>/", drafts.Draft.as_view(), name="draft"),
    path("legal-documents/<int:draft_id>/finish/", drafts.Finish.as_view(), name="draft_finish"),
    path("legal-documents/<int:draft_id>/reopen/", drafts.Reopen.as_view(), name="draft_reopen"),
    path("legal-documents/<int:draft_id>/drop/", drafts.Drop.as_view(), name="draft_drop"),
    path("cases/<int:case_id>/legal-documents/", drafts.CaseDrafts.as_view(), name="case_drafts"),
    path("court-days/", process.CourtDays.as_view(), name="court_days"),
    path("filings/", views.Filings.as_view(), name="filings"),
    path("filings/<int:filing_id>/results/", views.Results.as_view(), name="results"),
    path("filings/<int:filing_id>/docket/", process.Docket.as_view(), name="docket"),
    path("cases/<int:case_id>/court/", views.CaseCourt.as_view(), name="case_court"),
    path("cases/<int:case_id>/filings/", views.CaseFilings.as_view(), name="file"),
    path("cases/<int:case_id>/gates/", process.Gates.as_view(), name="gates"),
    path("cases/<int:case_id>/gates/notes/", process.GateNotes.as_view(), name="gate_notes"),
    path("cases/<int:case_id>/reviews/", process.Reviews.as_view(), name="reviews"),
    path("cases/<int:case_id>/ending/", process.Ending.as_view(), name="ending"),
    path("cases/<int:case_id>/write-offs/", process.WriteOffs.as_view(), name="write_offs"),
    path("cases/<int:case_id>/evaluations/", process.Evaluations.as_view(), name="evaluations"),
    path("public-notices/", public.PublicNotices.as_view(), name="public_notices"),
    path("public-notices/<int:public_id>/", public.PublicNotice.as_view(), name="public_notice"),
    path("public-notices/<int:public_id>/sign/", public.SignNotice.as_view(), name="public_sign"),
    path("public-notices/<int:public_id>/post/", public.PostNotice.as_view(), name="public_post"),
    path("public-notices/<int:public_id>/remove/", public.RemoveNotice.as_view(), name="public_remove"),
]
