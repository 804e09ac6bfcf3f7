"""Court papers."""

from django.urls import path

from arrears.legal.web import bundles, draft_list, drafts, fees, firms, paper_list, views

app_name = "legal"
urlpatterns = [
    path("court/", paper_list.Papers.as_view(), name="papers"),
    path("court/<int:case_id>/", views.File.as_view(), name="file"),
    path("court/<int:case_id>/proceedings/", views.CaseCourt.as_view(), name="case_court"),
    path("court/<int:case_id>/bundles/", bundles.CaseBundles.as_view(), name="case_bundles"),
    path("court/<int:case_id>/bundles/new/", bundles.NewBundle.as_view(), name="bundle_new"),
    path("court/bundles/<int:bundle_id>/", bundles.BundlePage.as_view(), name="bundle"),
    path("court/bundles/<int:bundle_id>/pdf/", bundles.BundleFile.as_view(), name="bundle_pdf"),
    path("court/bundles/<int:bundle_id>/zip/", bundles.BundleFile.as_view(which="zip"), name="bundle_zip"),
    path("court/accounts/<int:account_id>/counter/", views.AtCounter.as_view(), name="at_counter"),
    path("court/filings/<int:filing_id>/result/", views.Result.as_view(), name="result"),
    path("court/fees/", fees.Fees.as_view(), name="fees"),
    path("court/drafts/", draft_list.Drafts.as_view(), name="drafts"),
    path("court/drafts/<int:draft_id>/", drafts.Show.as_view(), name="draft"),
    path("court/drafts/<int:draft_id>/save/", drafts.Save.as_view(), name="draft_save"),
    path("court/drafts/<int:draft_id>/finish/", drafts.Finish.as_view(), name="draft_finish"),
    path("court/drafts/<int:draft_id>/reopen/", drafts.Reopen.as_view(), name="draft_reopen"),
    path("court/drafts/<int:draft_id>/drop/", drafts.Drop.as_view(), name="draft_drop"),
    path("court/drafts/<int:draft_id>/pdf/", drafts.Pdf.as_view(), name="draft_pdf"),
    path("court/drafts/<int:draft_id>/evidence.xlsx", drafts.Workbook.as_view(), name="draft_workbook"),
    path("court/<int:case_id>/documents/", drafts.CaseDrafts.as_view(), name="case_drafts"),
    path("court/<int:case_id>/documents/open/", drafts.Newest.as_view(), name="open_draft"),
    path("court/<int:case_id>/documents/new/", drafts.Begin.as_view(), name="draft_begin"),
    path("settings/law-firms/", firms.Firms.as_view(), name="firms"),
    path("settings/law-firms/new/", firms.NewFirm.as_view(), name="new_firm"),
    path("settings/law-firms/<int:firm_id>/", firms.EditFirm.as_view(), name="firm"),
    path("court/<int:case_id>/review/", views.Review.as_view(), name="review"),
]
