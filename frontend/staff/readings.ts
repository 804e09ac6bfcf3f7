// The reading round: Enter goes to the next line; leaving a line saves it (htmx does, on change).
const LINE = "input[data-reading]:not([readonly])";

function lines(form: Element): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(LINE)];
}

/** Enter and the arrows walk through the lines of a round. */
export function listenForReadings(): void {
  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches(LINE) || event.isComposing) return;
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const form = input.closest("[data-readings]");
    if (step === undefined || !form) return;
    const all = lines(form);
    const next = all[all.indexOf(input) + step];
    if (!next && event.key === "Enter") return; // after the last line Enter sends the form
    event.preventDefault();
    next?.focus();
    next?.select();
  });
}
