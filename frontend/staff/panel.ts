// The side panel: what htmx loads into it opens it; Esc or the button closes it, the cursor goes back by itself.
const PANEL = "side-panel";

/** Listen on the document, so that swapped-in triggers need no set-up. */
export function listenForPanel(): void {
  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = document.getElementById(PANEL);
    if (!(panel instanceof HTMLDialogElement) || !(event.target instanceof Element)) return;
    if (panel.contains(event.target) && !panel.open) panel.showModal();
  });
  document.addEventListener("click", (event) => {
    // A click beside the panel is a click on its backdrop, that is on the dialog itself.
    if (event.target instanceof HTMLDialogElement && event.target.id === PANEL) event.target.close();
  });
}
