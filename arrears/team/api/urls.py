"""The API's part of team."""

from django.urls import URLPattern, path

from arrears.team.api import rounds, walks

app_name = "team_api"
urlpatterns: list[URLPattern] = [
    path("rounds/", rounds.Rounds.as_view(), name="rounds"),
    path("rounds/<int:round_id>/", rounds.Round.as_view(), name="round"),
    path("rounds/<int:round_id>/entries/", rounds.Entries.as_view(), name="entries"),
    path("rounds/<int:round_id>/close/", rounds.CloseRound.as_view(), name="close_round"),
    path("rounds/<int:round_id>/call-off/", rounds.CallOff.as_view(), name="call_off_round"),
    path("round-stops/<int:stop_id>/drop/", rounds.DropStop.as_view(), name="drop_stop"),
    path("cases/<int:case_id>/workplace-visits/", rounds.AskWorkplace.as_view(), name="ask_workplace"),
    path("walks/", walks.Walks.as_view(), name="walks"),
    path("walks/<int:round_id>/", walks.Walk.as_view(), name="walk"),
    path("walks/<int:round_id>/entries/", walks.SendEntry.as_view(), name="send_entry"),
]
