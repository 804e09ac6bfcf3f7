// Lists: a current row for the keyboard, a whole row that opens, ticks and their count.
const ROWS = "[data-rows] > tr, [data-rows] > li";
const CURRENT = "row-current";
const OWN_CLICK = "a, button, input, select, textarea, label, summary";

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

/** A click anywhere in a row opens it, unless it hit a control or a text was being marked. */
function onClick(event: MouseEvent): void {
  const target = event.target;
  if (!(target instanceof Element) || target.closest(OWN_CLICK) || window.getSelection()?.toString()) return;
  const link = target.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-open]");
  if (link) link.click();
}

/** `data-tick-all="unit"` ticks every box named unit; `data-ticked="unit"` shows how many are. */
function onChange(event: Event): void {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const name = box.dataset["tickAll"] ?? box.name;
  const boxes = [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${CSS.escape(name)}"]`)];
  if (box.dataset["tickAll"]) for (const each of boxes) each.checked = box.checked;
  const count = boxes.filter((each) => each.checked).length;
  for (const place of document.querySelectorAll<HTMLElement>(`[data-ticked="${CSS.escape(name)}"]`)) {
    place.textContent = String(count);
  }
  for (const bar of document.querySelectorAll<HTMLElement>(`[data-bulk="${CSS.escape(name)}"]`)) bar.hidden = count === 0;
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
}
