// A form whose session had ended comes back with what was typed. Hidden fields are the page's own business.
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const TICKED = "[type=checkbox], [type=radio]";
const NOT_TYPED = "[type=hidden], [type=file], [type=submit], [type=button], [type=password]";

function formFor(action: string): HTMLFormElement | undefined {
  const posted = [...document.forms].filter((form) => form.method === "post");
  const pathOf = (address: string | null) => new URL(address || "", window.location.href).pathname;
  // What a form shows while one types may have asked first: it is the same form.
  return posted.find((form) => [form.getAttribute("action"), form.getAttribute("hx-post")].map(pathOf).includes(action));
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
    put(control, fields.filter(([name]) => name === control.name).map(([, value]) => value));
    for (let fold = control.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
    filled += 1;
  }
  return filled;
}

function restore(): void {
  const kept = document.getElementById("kept-form");
  if (!kept || kept.dataset["done"] !== undefined) return;
  const form = formFor(kept.dataset["action"] ?? "");
  if (!form || fill(form, JSON.parse(kept.dataset["fields"] ?? "[]") as [string, string][]) === 0) return;
  kept.dataset["done"] = "";
  for (const line of kept.querySelectorAll<HTMLElement>("[data-kept-lost]")) line.hidden = true;
  for (const line of kept.querySelectorAll<HTMLElement>("[data-kept-filled]")) line.hidden = false;
  form.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
}

/** Now, and whenever a part of the page has been loaded: the form may stand there. */
export function restoreKeptForm(): void {
  restore();
  document.addEventListener("htmx:load", restore);
}
