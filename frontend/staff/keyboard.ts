// Keys: `/` search, `?` help, j k x Enter in a list, and whatever a page offers with data-key.
import { focusFilter, moveBy, openCurrent, tickCurrent } from "./rows";

const HELP_ID = "keyboard-help";
const WRITABLE = "input, textarea, select, [contenteditable]";

const HOUSE_KEYS: Record<string, () => boolean> = {
  "/": focusSearch,
  "?": openHelp,
  j: () => moveBy(1),
  k: () => moveBy(-1),
  x: tickCurrent,
  f: focusFilter,
  Enter: openCurrent,
};

/** Where keys count now: an open dialog keeps them to itself. */
function stage(): ParentNode {
  return document.querySelector("dialog[open]") ?? document;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  field?.focus();
  field?.select();
  return field !== null;
}

function openHelp(): boolean {
  const help = document.getElementById(HELP_ID);
  if (!(help instanceof HTMLDialogElement)) return false;
  if (help.open) help.close();
  else help.showModal();
  return true;
}

/** Press the visible control that carries this key. A radio button is chosen, a field gets the cursor. */
function pressOffered(key: string): boolean {
  const offers = stage().querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  const target = [...offers].find((offer) => offer.getClientRects().length > 0 && !offer.matches(":disabled"));
  if (!target) return false;
  if (target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])")) {
    target.focus();
  } else {
    target.click();
    if (target.matches("[type=radio]")) target.focus(); // Tab goes on from here
  }
  return true;
}

/** Whether the key belongs to what the cursor stands in. Radio buttons and check boxes take no text. */
function writing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || !target.matches(WRITABLE)) return false;
  return !target.matches("[type=radio], [type=checkbox]");
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  // A finger that rests on Enter must not run through the next screen: money is taken there.
  if (event.key === "Enter" && event.repeat && !(event.target instanceof HTMLTextAreaElement)) {
    event.preventDefault();
    return;
  }
  if (event.key === "Escape" && writing(event.target)) {
    (event.target as HTMLElement).blur();
    return;
  }
  if (writing(event.target)) return;
  // Enter on a link or a button is the browser's own business.
  if (event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary")) return;
  if (pressOffered(event.key) || HOUSE_KEYS[event.key]?.()) event.preventDefault();
}

/** Listen on the document, so that swapped-in parts need no set-up. */
export function listenForKeys(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest?.("[data-open-dialog], [data-close-dialog]");
    if (!(button instanceof HTMLElement)) return;
    const dialog = button.dataset["openDialog"]
      ? document.getElementById(button.dataset["openDialog"])
      : button.closest("dialog");
    if (!(dialog instanceof HTMLDialogElement)) return;
    if (button.dataset["openDialog"]) dialog.showModal();
    else dialog.close();
  });
}
