// The building board: the line of the square under the pointer or the cursor; arrow keys walk from door to door.
const BOARD = "[data-board]";
const LINE = "[data-board-line]";

type Way = [down: number, right: number];
const WAYS: Record<string, Way> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function squareOf(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>(`${BOARD} a.square`) : null;
}

function tell(event: Event): void {
  const square = squareOf(event.target);
  const line = document.querySelector<HTMLElement>(LINE);
  if (square && line) line.textContent = square.getAttribute("aria-label");
}

/** The next square that way; floors may lack a door, so gaps are stepped over. */
function beside(square: HTMLAnchorElement, [down, right]: Way): HTMLAnchorElement | null {
  const cell = square.closest("td");
  const row = cell?.closest("tr");
  const body = row?.closest("tbody");
  if (!cell || !row || !body) {
    const all = [...document.querySelectorAll<HTMLAnchorElement>(`${BOARD} a.square`)];
    return all[all.indexOf(square) + (down || right)] ?? null;
  }
  const rows = [...body.rows];
  let at = rows.indexOf(row) + down;
  let column = cell.cellIndex + right;
  while (rows[at]?.cells[column]) {
    const found = rows[at]?.cells[column]?.querySelector<HTMLAnchorElement>("a.square");
    if (found) return found;
    at += down;
    column += right;
  }
  return null;
}

function walk(event: KeyboardEvent): void {
  const way = WAYS[event.key];
  const square = squareOf(event.target);
  if (!way || !square || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = beside(square, way);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Listen on the document, as everything here does. */
export function listenForBoard(): void {
  document.addEventListener("mouseover", tell);
  document.addEventListener("focusin", tell);
  document.addEventListener("keydown", walk);
}
