"""Relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from django.urls import path

from arrears.relief.web import applications, lists

app_name = "relief"
urlpatterns = [
    path("applications/", lists.Applications.as_view(), name="applications"),
    path("applications/<int:application_id>/", applications.Application.as_view(), name="application"),
    path("applications/<int:application_id>/form/", applications.FormPdf.as_view(), name="form_pdf"),
    path("applications/<int:application_id>/withdraw/", applications.Withdraw.as_view(), name="withdraw"),
    path("applications/<int:application_id>/agreement/", applications.DrawUp.as_view(), name="draw_up"),
    path("applications/<int:application_id>/sign/", applications.Sign.as_view(), name="sign"),
    path("applications/<int:application_id>/release/", applications.Release.as_view(), name="release"),
    path("accounts/<int:account_id>/applications/", applications.OfAccount.as_view(), name="of_account"),
    path("accounts/<int:account_id>/applications/ask/", applications.Ask.as_view(), name="ask"),
    path("accounts/<int:account_id>/applications/preview/", applications.Preview.as_view(), name="preview"),
]
