"""The court's part of the API."""

from django.urls import path

from arrears.legal.api import views

app_name = "legal_api"
urlpatterns = [
    path("court-papers/", views.Papers.as_view(), name="papers"),
    path("filings/", views.Filings.as_view(), name="filings"),
    path("filings/<int:filing_id>/results/", views.Results.as_view(), name="results"),
    path("cases/<int:case_id>/court/", views.CaseCourt.as_view(), name="case_court"),
    path("cases/<int:case_id>/filings/", views.CaseFilings.as_view(), name="file"),
]
