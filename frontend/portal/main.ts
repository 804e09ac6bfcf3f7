// The owners' portal: mounts into #portal of templates/portal/shell.html and talks to /api/portal/v1/ only.
import "vant/es/style/base.css";
import "vant/es/cell/index.css";
import "vant/es/cell-group/index.css";
import "vant/es/field/index.css";
import "vant/es/loading/index.css";
import "vant/es/button/index.css";
import "vant/es/skeleton/index.css";
import "vant/es/skeleton-title/index.css";
import "vant/es/skeleton-paragraph/index.css";
import "vant/es/tag/index.css";
// Vant's icon style sheet stays out: its font comes from a foreign host. The few signs are in parts/Sign.vue.
import "./tokens.css";
import "./main.css";
import "./rows.css";
import { createApp } from "vue";
import { whenExpired } from "./api/client";
import { workOffline } from "./offline/register";
import Portal from "./Portal.vue";
import { places, toLogIn } from "./places";

whenExpired(() => void toLogIn(true));
createApp(Portal).use(places).mount("#portal");
workOffline();
