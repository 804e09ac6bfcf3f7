"""The API's root: schema, reference, and the doors of people."""

from django.urls import path

from tenancy.people.api import company, schema, views

app_name = "people_api"
urlpatterns = [
    path("schema/", schema.Schema.as_view(), name="schema"),
    path("docs/", schema.Reference.as_view(), name="docs"),
    path("v1/me/", views.WhoAmI.as_view(), name="me"),
    path("v1/company/", company.CompanyDoor.as_view(), name="company"),
    path("v1/members/", views.Members.as_view(), name="members"),
    path("v1/jobs/", views.Jobs.as_view(), name="jobs"),
    path("v1/jobs/<int:job_id>/", views.JobDoor.as_view(), name="job"),
    path("v1/jobs/<int:job_id>/cancel/", views.JobCancel.as_view(), name="job_cancel"),
    path("v1/audit/", views.AuditTrail.as_view(), name="audit"),
]
