// Lists: a current row for the keyboard, a whole row that opens, ticks and their count, and waiting in words.
const ROWS = "[data-rows] > tr, [data-rows] > li";
const CURRENT = "row-current";
const OWN_CLICK = "a, button, input, select, textarea, label, summary";
const LEAVES = ".pager a, .chips a, form.filters";

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ROWS)].filter((row) => row.getClientRects().length > 0);
}

function current(): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.${CURRENT}`);
}

/** Make the next or previous row the current one. */
export function moveBy(step: number): boolean {
  const all = rows();
  if (all.length === 0) return false;
  const from = current();
  const at = from ? all.indexOf(from) : -1;
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  from?.classList.remove(CURRENT);
  from?.removeAttribute("aria-current");
  next?.classList.add(CURRENT);
  next?.setAttribute("aria-current", "true");
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

/** Open the current row: its marked link, else its first. */
export function openCurrent(): boolean {
  const link = current()?.querySelector<HTMLAnchorElement>("a[data-open], a[href]");
  link?.click();
  return link != null;
}

/** Tick or untick the current row. */
export function tickCurrent(): boolean {
  const box = current()?.querySelector<HTMLInputElement>("input[type=checkbox]");
  box?.click();
  return box != null;
}

/** Put the cursor into the first filter of the list. */
export function focusFilter(): boolean {
  const field = document.querySelector<HTMLElement>("form.filters :is(input:not([type=hidden]), select)");
  field?.focus();
  return field !== null;
}

function boxesOf(name: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${CSS.escape(name)}"]`)];
}

/** Say everywhere how many are ticked; the bar of what can be done shows itself only then. */
function tell(name: string): void {
  const boxes = boxesOf(name);
  const count = boxes.filter((box) => box.checked).length;
  const id = CSS.escape(name);
  const matching = document.querySelector<HTMLInputElement>(`[data-tick-matching="${id}"]`);
  if (matching && count < boxes.length) matching.checked = false; // no longer all of them
  for (const place of document.querySelectorAll<HTMLElement>(`[data-ticked="${id}"]`)) {
    const all = matching?.checked ? document.getElementById("list-count")?.textContent : undefined;
    place.textContent = all ?? String(count);
  }
  for (const bar of document.querySelectorAll<HTMLElement>(`[data-bulk="${id}"]`)) bar.hidden = count === 0;
  for (const head of document.querySelectorAll<HTMLInputElement>(`[data-tick-all="${id}"]`)) {
    head.checked = count > 0 && count === boxes.length;
    head.indeterminate = count > 0 && count < boxes.length;
  }
}

function tickEach(name: string, yes: boolean): void {
  for (const box of boxesOf(name)) box.checked = yes;
  tell(name);
}

/** The list that is about to be replaced says that it is being read. */
function wait(target: EventTarget | null): void {
  if (!(target instanceof Element) || !target.closest(LEAVES)) return;
  document.querySelector(".sheet.list")?.setAttribute("aria-busy", "true");
}

/** A click anywhere in a row opens it, unless it hit a control or a text was being marked. */
function onClick(event: MouseEvent): void {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const untick = target.closest<HTMLElement>("[data-untick]")?.dataset["untick"];
  if (untick) tickEach(untick, false);
  if (target.closest("a") && !event.ctrlKey && !event.metaKey) wait(target);
  if (target.closest(OWN_CLICK) || window.getSelection()?.toString()) return;
  const box = target.closest("td.tick")?.querySelector<HTMLInputElement>("input");
  const link = target.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-open]");
  if (box) box.click(); // beside the box is meant for the box
  else if (link) link.click();
}

/** `data-tick-all="unit"` ticks every box named unit; `data-ticked="unit"` shows how many are. */
function onChange(event: Event): void {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const { tickAll, tickMatching } = box.dataset;
  if (tickAll) tickEach(tickAll, box.checked);
  else if (tickMatching) tickEach(tickMatching, box.checked);
  else if (box.name) tell(box.name);
}

/** Ticks that the browser kept over a page's reload are counted; what came from its memory waits for nothing. */
function onShow(): void {
  document.querySelector(".sheet.list[aria-busy]")?.removeAttribute("aria-busy");
  const names = new Set([...document.querySelectorAll<HTMLElement>("[data-bulk]")].map((bar) => bar.dataset["bulk"]));
  for (const name of names) if (name) tell(name);
}

/** What a list has cut short is read by pointing at it. */
function onPoint(event: Event): void {
  const cell = event.target;
  if (!(cell instanceof HTMLElement) || cell.title || !cell.matches("td.name, td .name")) return;
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent?.trim() ?? "";
}

/** Listen on the document, so that swapped-in rows need no set-up. */
export function listenForRows(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("mouseover", onPoint);
  document.addEventListener("submit", (event) => wait(event.target));
  window.addEventListener("pageshow", onShow);
}
