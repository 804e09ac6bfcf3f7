// An answer of the server for a screen: at once what was last seen, then what is true now.
import { ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import { language } from "../words";
import { NoNetwork, Refusal } from "./client";
import { knocks, offlineSince } from "./network";
import { recall, remember } from "./remembered";
import { key } from "./session";

export type State = "loading" | "fresh" | "offline" | "missing" | "failed";

export interface Shown<T> {
  answer: ShallowRef<T | null>;
  state: Ref<State>;
  load: () => Promise<void>;
}

/** `place` is what the answer is remembered under, in the language that it came in. */
export function useAnswer<T>(place: string, ask: () => Promise<T>): Shown<T> {
  const name = `${language.value}.${place}`;
  const seen = recall<T>(name);
  const answer = shallowRef<T | null>(seen?.answer ?? null);
  const state = ref<State>("loading");

  async function load(): Promise<void> {
    state.value = "loading";
    const asker = key();
    try {
      const told = await ask();
      // Logged out meanwhile: what comes late is kept nowhere.
      if (key() !== asker) return;
      answer.value = told;
      remember(name, answer.value);
      offlineSince.value = null;
      state.value = "fresh";
    } catch (error) {
      state.value = stateOf(error);
      if (state.value === "offline") offlineSince.value = recall<T>(name)?.at ?? "";
      if (state.value === "missing") answer.value = null;
    }
  }

  watch(knocks, load);
  void load();
  return { answer, state, load };
}

function stateOf(error: unknown): State {
  if (error instanceof NoNetwork) return "offline";
  if (error instanceof Refusal) return error.status === 404 ? "missing" : "failed";
  throw error;
}
