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
  else {
    listOffers(help);
    help.showModal();
    document.getElementById(`${HELP_ID}-title`)?.focus(); // the list is read from its top
  }
  return true;
}

/** What this page offers by key, in the order of the page: read off the page, so that it is never out of date. */
function listOffers(help: HTMLDialogElement): void {
  const place = help.querySelector<HTMLElement>("[data-page-keys]");
  const list = place?.querySelector("dl");
  if (!place || !list) return;
  const shown = [...document.querySelectorAll<HTMLElement>("[data-key]")].filter(
    (offer) => !help.contains(offer) && offer.getClientRects().length > 0,
  );
  // Of two controls with one key the first is pressed: only that one is told.
  const keys = shown.map((offer) => offer.dataset["key"]);
  const offers = shown.filter((offer, at) => keys.indexOf(offer.dataset["key"]) === at);
  list.replaceChildren(...offers.flatMap(describe));
  place.hidden = offers.length === 0;
}

/** A key and what it does: the words of the control without its picture of the key, or of the label around it. */
function describe(offer: HTMLElement): HTMLElement[] {
  const words = (offer.closest("label") ?? offer).cloneNode(true) as HTMLElement;
  for (const picture of words.querySelectorAll("kbd, svg, input")) picture.remove();
  const field = offer instanceof HTMLInputElement || offer instanceof HTMLTextAreaElement || offer instanceof HTMLSelectElement;
  const labelled = field ? offer.labels?.[0]?.textContent?.trim() : "";
  // A list's own words are its choices: what it is for stands in its label.
  const own = offer instanceof HTMLSelectElement ? "" : words.textContent?.trim();
  const text = offer.getAttribute("aria-label") ?? (own || labelled);
  const [key, meaning] = [document.createElement("dt"), document.createElement("dd")];
  key.append(document.createElement("kbd"));
  key.firstElementChild!.textContent = offer.dataset["key"] ?? "";
  meaning.textContent = text ?? "";
  return text ? [key, meaning] : [];
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
    // What the choice, or what was unfolded, asks for next gets the cursor; otherwise Tab goes on from there.
    if (target.matches("[type=radio], summary")) (document.getElementById(target.dataset["then"] ?? "") ?? target).focus();
  }
  return true;
}

/** Enter in a field that is empty and says what Enter is for then (`data-when-empty`: a selector). */
function openWhenEmpty(event: KeyboardEvent): boolean {
  const field = event.target;
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || field.value.trim() !== "") return false;
  const offered = field.dataset["whenEmpty"] ? document.querySelector<HTMLElement>(field.dataset["whenEmpty"]) : null;
  offered?.click();
  return offered !== null;
}

/** Whether the key belongs to what the cursor stands in. Radio buttons and check boxes take no text. */
function writing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || !target.matches(WRITABLE)) return false;
  return !target.matches("[type=radio], [type=checkbox]");
}

/** A letter means nothing in a field of money: there it is a key of the page, where the page offers it. */
function isLetterInMoney(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLInputElement && event.target.inputMode === "decimal" && /^[a-z]$/.test(event.key);
}

/** Enter begins a new line where one writes; with Ctrl it saves what Enter saves elsewhere on the form. */
function savesFromText(event: KeyboardEvent): boolean {
  const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.repeat && !event.isComposing;
  if (event.key !== "Enter" || !held || !(event.target instanceof HTMLTextAreaElement)) return false;
  return offersEnter(event.target.form) && pressOffered("Enter");
}

function offersEnter(form: HTMLFormElement | null): boolean {
  return form?.querySelector('[data-key="Enter"]') != null;
}

function onKey(event: KeyboardEvent): void {
  if (!event.defaultPrevented && savesFromText(event)) {
    event.preventDefault();
    return;
  }
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
  if (openWhenEmpty(event)) event.preventDefault();
  if (writing(event.target)) {
    // A list takes letters and arrows; Enter saves as from anywhere else on the form, and what is missing is told.
    const list = event.target instanceof HTMLSelectElement && event.target.dataset["key"] ? event.target : null;
    const saves = list !== null && (list.value !== "" || offersEnter(list.form));
    if (event.key === "Enter" && saves && pressOffered("Enter")) event.preventDefault();
    if (isLetterInMoney(event) && pressOffered(event.key)) event.preventDefault();
    return;
  }
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
    if (button.dataset["openDialog"] === HELP_ID) openHelp();
    else if (button.dataset["openDialog"]) dialog.showModal();
    else dialog.close();
  });
}
