// The staff pages: what the server rendered, made quick. Every page works without this file.
import "./main.css";
import "./requests";
import { listenForKeys } from "./keyboard";
import { listenForForms } from "./forms";
import { listenForRows } from "./rows";

listenForKeys();
listenForForms();
listenForRows();

// Only pages with a chart pay for it.
if (document.querySelector("[data-chart]")) void import("./charts").then(({ drawCharts }) => drawCharts());
