// An answer of the server for a screen: at once what was last seen, then what is true now.
import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { NoNetwork, Refusal } from "./client";
import { offlineSince } from "./network";
import { recall, remember } from "./remembered";

export type State = "loading" | "fresh" | "offline" | "missing" | "failed";

export interface Shown<T> {
  answer: ShallowRef<T | null>;
  state: Ref<State>;
  load: () => Promise<void>;
}

/** `name` is what the answer is remembered under. */
export function useAnswer<T>(name: string, ask: () => Promise<T>): Shown<T> {
  const seen = recall<T>(name);
  const answer = shallowRef<T | null>(seen?.answer ?? null);
  const state = ref<State>("loading");

  async function load(): Promise<void> {
    state.value = "loading";
    try {
      answer.value = await ask();
      remember(name, answer.value);
      offlineSince.value = null;
      state.value = "fresh";
    } catch (error) {
      state.value = stateOf(error);
      if (state.value === "offline") offlineSince.value = recall<T>(name)?.at ?? "";
      if (state.value === "missing") answer.value = null;
    }
  }

  const again = (): void => void load();
  window.addEventListener("online", again);
  onBeforeUnmount(() => window.removeEventListener("online", again));
  void load();
  return { answer, state, load };
}

function stateOf(error: unknown): State {
  if (error instanceof NoNetwork) return "offline";
  if (error instanceof Refusal) return error.status === 404 ? "missing" : "failed";
  throw error;
}
