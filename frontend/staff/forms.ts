// Forms: sent once, asked before what cannot be undone, filters that apply themselves, printing.

/** A second click must not take the money twice. The server refuses it as well; this spares the refusal. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const question = event.submitter?.dataset["confirm"] ?? form.dataset["confirm"];
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  // A download leaves the page as it is: it may be asked for again.
  if (form.method !== "post" || form.matches("[data-again], [hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
  if (form.dataset["sent"] !== undefined) event.preventDefault();
  else form.dataset["sent"] = "";
}

/** A page that comes back from the browser's memory may be sent again. */
function onReturn(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
}

/** A part that is asked for with some answers only is shown with them (`data-when="name=ONE OTHER"`). */
function follow(form: HTMLFormElement): void {
  const chosen = new FormData(form);
  for (const part of form.querySelectorAll<HTMLElement>("[data-when]")) {
    const [name, values] = (part.dataset["when"] ?? "").split("=", 2);
    part.hidden = !(values ?? "").split(" ").includes(String(chosen.get(name ?? "") ?? ""));
  }
}

function onChange(event: Event): void {
  const field = event.target;
  if (field instanceof HTMLElement) {
    const form = field.closest("form");
    if (form?.querySelector("[data-when]")) follow(form);
  }
  if (field instanceof HTMLElement && field.closest("[data-submit-on-change]")) {
    field.closest("form")?.requestSubmit();
  }
}

function onClick(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
}

/** Listen on the document, so that swapped-in forms need no set-up. */
export function listenForForms(): void {
  for (const form of document.querySelectorAll("form")) if (form.querySelector("[data-when]")) follow(form);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  document.addEventListener("click", onClick);
  window.addEventListener("pageshow", onReturn);
}
