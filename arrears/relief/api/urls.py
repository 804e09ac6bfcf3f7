"""The API's part of relief."""

from django.urls import path

from arrears.relief.api import views

app_name = "relief_api"
urlpatterns = [
    path("applications/", views.Applications.as_view(), name="applications"),
    path("applications/<int:application_id>/", views.Application.as_view(), name="application"),
    path("applications/<int:application_id>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("applications/<int:application_id>/agreement/", views.Agreement.as_view(), name="agreement"),
    path("applications/<int:application_id>/signature/", views.Signature.as_view(), name="signature"),
    path("applications/<int:application_id>/release/", views.Release.as_view(), name="release"),
    path("accounts/<int:account_id>/applications/", views.AccountApplications.as_view(), name="of_account"),
    path("accounts/<int:account_id>/applications/preview/", views.Preview.as_view(), name="preview"),
]
