"""Log-in, language, people, audit trail, jobs, files."""

from django.urls import path

from tenancy.people.web import views

app_name = "people"
urlpatterns = [
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.LogOut.as_view(), name="logout"),
    path("language/", views.Language.as_view(), name="language"),
    path("company/", views.SwitchCompany.as_view(), name="company"),
    path("healthz", views.Health.as_view(), name="health"),
    path("settings/people/", views.Members.as_view(), name="members"),
    path("settings/audit/", views.Audit.as_view(), name="audit"),
    path("jobs/", views.Jobs.as_view(), name="jobs"),
    path("jobs/<int:job_id>/", views.JobPage.as_view(), name="job"),
    path("jobs/<int:job_id>/bar/", views.JobBar.as_view(), name="job_bar"),
    path("jobs/<int:job_id>/cancel/", views.JobCancel.as_view(), name="job_cancel"),
    path("files/<int:file_id>/", views.FileDownload.as_view(), name="file"),
]
