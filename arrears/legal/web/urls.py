"""Court papers."""

from django.urls import path

from arrears.legal.web import bundles, paper_list, views

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
    path("court/<int:case_id>/review/", views.Review.as_view(), name="review"),
]
