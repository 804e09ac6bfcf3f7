// The distribution board: a card dragged to another column is given by its own form. Without this file the select does.
const PILES = "[data-piles]";

let carried: HTMLElement | null = null;

function pileAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(`${PILES} [data-pile]`) : null;
}

function lift(event: DragEvent): void {
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>(`${PILES} [data-case]`) : null;
  if (!card || !event.dataTransfer) return;
  carried = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset["case"] ?? "");
}

function over(event: DragEvent): void {
  const pile = pileAt(event.target);
  if (!carried || !pile) return;
  event.preventDefault(); // this column takes it
  mark(pile);
}

/** Only the column under the pointer shows that it would take the card. */
function mark(pile: HTMLElement | null): void {
  for (const one of document.querySelectorAll(`${PILES} .takes`)) if (one !== pile) one.classList.remove("takes");
  pile?.classList.add("takes");
}

function drop(event: DragEvent): void {
  const pile = pileAt(event.target);
  const choice = carried?.querySelector<HTMLSelectElement>("select[name=collector]");
  if (!pile || !choice || choice.value === pile.dataset["pile"]) return;
  event.preventDefault();
  choice.value = pile.dataset["pile"] ?? "";
  choice.form?.requestSubmit();
}

/** Listen on the document, as everything here does. */
export function listenForPiles(): void {
  document.addEventListener("dragstart", lift);
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  document.addEventListener("dragend", () => {
    mark(null);
    carried = null;
  });
}
