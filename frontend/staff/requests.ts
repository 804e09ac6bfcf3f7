// htmx under a strict content policy: no eval, no injected styles, own server only, refusals are shown.
import htmx from "htmx.org";

htmx.config.allowEval = false;
// Settling style attributes would need inline styles, which the CSP forbids.
htmx.config.attributesToSettle = ["class"];
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold personal data: nothing of them stays in the browser's storage
htmx.config.refreshOnHistoryMiss = true; // and the back button asks the server
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409|422", swap: true }, // a refusal in words, or a form that came back with its errors
  { code: "[45]..", swap: false, error: true },
];

const SAFE = new Set(["get", "head", "options"]);
const LOGIN_PATH = "/login/";

/** The CSRF token: from the page's meta element, or from the cookie where the page has none. */
function csrfToken(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');
  if (meta) return meta.content;
  const pair = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return pair ? decodeURIComponent(pair.slice("csrftoken=".length)) : "";
}

/** Show or hide the page's own "that did not work" line; its words come from the server, translated. */
function failed(yes: boolean): void {
  const line = document.getElementById("request-failed");
  if (line) line.hidden = !yes;
}

document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers } = (event as CustomEvent).detail as { verb: string; headers: Record<string, string> };
  if (!SAFE.has(verb.toLowerCase())) headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = (event as CustomEvent).detail as { xhr: XMLHttpRequest };
  // A session that has ended answers with the log-in page; it must not land inside a table.
  if (xhr.responseURL && new URL(xhr.responseURL).pathname === LOGIN_PATH) {
    event.preventDefault();
    window.location.reload();
  }
});

document.addEventListener("htmx:beforeRequest", () => failed(false));
document.addEventListener("htmx:responseError", () => failed(true));
document.addEventListener("htmx:sendError", () => failed(true));
