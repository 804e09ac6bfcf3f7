"""Log-in, language, people, audit trail, jobs, files."""

from django.urls import path

from tenancy.people.web import company, jobs, lists, preferences, settings, staff, staff_lists, style, views

app_name = "people"
urlpatterns = [
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.LogOut.as_view(), name="logout"),
    path("language/", preferences.Language.as_view(), name="language"),
    path("company/", preferences.SwitchCompany.as_view(), name="company"),
    path("community/", preferences.SwitchCommunity.as_view(), name="community"),
    path("theme/", preferences.Theme.as_view(), name="theme"),
    path("style/", style.StylePage.as_view(), name="style"),
    path("healthz", views.Health.as_view(), name="health"),
    path("favicon.ico", views.NoIcon.as_view(), name="icon"),
    path("settings/", settings.Settings.as_view(), name="settings"),
    path("settings/company/", company.CompanyPage.as_view(), name="company_data"),
    path("settings/company/edit/", company.EditCompany.as_view(), name="company_edit"),
    path("settings/people/", staff_lists.Members.as_view(), name="members"),
    path("settings/people/add/", staff.MemberAdd.as_view(), name="member_add"),
    path("settings/people/<int:membership_id>/", staff.MemberEdit.as_view(), name="member"),
    path(
        "settings/people/<int:membership_id>/password/",
        staff.MemberPassword.as_view(),
        name="member_password",
    ),
    path("settings/my-keys/", staff.OwnTokens.as_view(), name="own_tokens"),
    path("settings/keys/", staff.Tokens.as_view(), name="tokens"),
    path("settings/keys/<int:token_id>/revoke/", staff.TokenRevoke.as_view(), name="token_revoke"),
    path("settings/audit/", staff_lists.Audit.as_view(), name="audit"),
    path("jobs/", jobs.Jobs.as_view(), name="jobs"),
    path("jobs/<int:job_id>/", jobs.JobPage.as_view(), name="job"),
    path("jobs/<int:job_id>/bar/", jobs.JobBar.as_view(), name="job_bar"),
    path("jobs/<int:job_id>/cancel/", jobs.JobCancel.as_view(), name="job_cancel"),
    path("lists/export/", lists.Export.as_view(), name="list_export"),
    path("lists/filters/", lists.Save.as_view(), name="filter_save"),
    path("lists/filters/<int:saved_id>/forget/", lists.Forget.as_view(), name="filter_forget"),
    path("files/<int:file_id>/", views.FileDownload.as_view(), name="file"),
]
