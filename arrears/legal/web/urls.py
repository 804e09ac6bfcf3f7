"""Court papers."""

from django.urls import path

from arrears.legal.web import paper_list, views

app_name = "legal"
urlpatterns = [
    path("court/", paper_list.Papers.as_view(), name="papers"),
    path("court/<int:case_id>/", views.File.as_view(), name="file"),
    path("court/<int:case_id>/proceedings/", views.CaseCourt.as_view(), name="case_court"),
    path("court/accounts/<int:account_id>/counter/", views.AtCounter.as_view(), name="at_counter"),
    path("court/filings/<int:filing_id>/result/", views.Result.as_view(), name="result"),
    path("court/<int:case_id>/review/", views.Review.as_view(), name="review"),
]
