// The owners' portal: mounts into #portal of templates/portal/shell.html and talks to /api/portal/v1/ only.
import "./main.css";

const place = document.getElementById("portal");
if (place) place.dataset["ready"] = "";
