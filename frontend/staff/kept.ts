// A form whose session had ended comes back with what was typed. Hidden fields are the page's own business.
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const TICKED = "[type=checkbox], [type=radio]";
const NOT_TYPED = "[type=hidden], [type=file], [type=submit], [type=button], [type=password]";

/** The form that posts there, or the one that its first step says is kept for it (`data-keeps`). */
function formFor(action: string): HTMLFormElement | undefined {
  const first = [...document.forms].find((form) => form.dataset["keeps"] === action);
  if (first) return first;
  const posted = [...document.forms].filter((form) => form.method === "post");
  const pathOf = (address: string | null) => new URL(address || "", window.location.href).pathname;
  // What a form shows while one types may have asked first: it is the same form.
  return posted.find((form) => {
    const tried = form.getAttribute("hx-post");
    return pathOf(form.getAttribute("action")) === action || (tried !== null && pathOf(tried) === action);
  });
}

function put(control: Control, values: string[]): void {
  if (control.matches(TICKED)) (control as HTMLInputElement).checked = values.includes(control.value);
  else if (control instanceof HTMLSelectElement && control.multiple) {
    for (const option of control.options) option.selected = values.includes(option.value);
  } else if (values[0] !== undefined) control.value = values[0];
}

function fill(form: HTMLFormElement, fields: [string, string][]): number {
  let filled = 0;
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement)) continue;
    if (!control.name || control.matches(NOT_TYPED)) continue;
    filled += 1;
    const keptAs = control.dataset["keptAs"] ?? control.name;
    put(control, fields.filter(([name]) => name === keptAs).map(([, value]) => value));
    if (control.matches(TICKED) ? !(control as HTMLInputElement).checked : control.value === "") continue;
    for (let fold = control.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  }
  return filled;
}

/** Filled by us, not by hand: what depends on it has still to be drawn anew. */
let changed: HTMLElement | null = null;

function restore(): void {
  const kept = document.getElementById("kept-form");
  if (!kept || kept.dataset["done"] !== undefined) return;
  const form = formFor(kept.dataset["action"] ?? "");
  if (!form || fill(form, JSON.parse(kept.dataset["fields"] ?? "[]") as [string, string][]) === 0) return;
  kept.dataset["done"] = "";
  for (const line of kept.querySelectorAll<HTMLElement>("[data-kept-lost]")) line.hidden = true;
  for (const line of kept.querySelectorAll<HTMLElement>("[data-kept-filled]")) line.hidden = false;
  const field = form.querySelector<HTMLElement>("[autofocus]") ?? form.querySelector<HTMLElement>("textarea, input:not([type=hidden])");
  field?.focus();
  if (form.dataset["keeps"]) changed = field;
}

/** Now, and whenever a part of the page has been loaded: the form may stand there. */
export function restoreKeptForm(): void {
  restore();
  document.addEventListener("htmx:load", () => {
    restore();
    const field = changed;
    changed = null;
    field?.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
