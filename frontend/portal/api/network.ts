// Whether the server is out of reach, and from when the data on the screen are.
import { ref } from "vue";

/** null: reached. Otherwise the moment (ISO) of what is shown; empty where nothing was ever seen. */
export const offlineSince = ref<string | null>(null);
