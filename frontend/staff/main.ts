// The staff pages: what the server rendered, made quick. Every page works without this file.
import "./main.css";
import "./requests";
import { listenForBoard } from "./board";
import { listenForKeys } from "./keyboard";
import { listenForForms } from "./forms";
import { setUpFrame } from "./frame";
import { restoreKeptForm } from "./kept";
import { listenForPanel } from "./panel";
import { listenForPiles } from "./piles";
import { listenForReadings } from "./readings";
import { listenForRows } from "./rows";

listenForKeys();
listenForForms();
listenForRows();
listenForReadings();
listenForPanel();
listenForPiles();
setUpFrame();
restoreKeptForm();
listenForBoard();

// Only pages with a chart pay for it.
if (document.querySelector("[data-chart]")) void import("./charts").then(({ drawCharts }) => drawCharts());
