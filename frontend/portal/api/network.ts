// Whether the server is out of reach, from when the data on the screen are, and knocking again.
import { ref, watch } from "vue";

const PATIENCE_MS = 15_000;

/** null: reached. Otherwise the moment (ISO) of what is shown; empty where nothing was ever seen. */
export const offlineSince = ref<string | null>(null);

/** Counts how often it was tried again; every answer on the screen is asked for anew when it moves. */
export const knocks = ref(0);

export function knock(): void {
  knocks.value += 1;
}

window.addEventListener("online", knock);
let timer: number | undefined;
watch(offlineSince, (since) => {
  window.clearInterval(timer);
  if (since !== null) timer = window.setInterval(knock, PATIENCE_MS);
});
