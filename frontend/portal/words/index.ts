// The portal's own words. Chinese leads; English has the same names, or it does not compile.
import { computed, ref } from "vue";
import { en } from "./en";
import { zh } from "./zh";

export type Language = "zh-hans" | "en";
export type Words = typeof zh;

// The cookie that the server's pages use too: its answers come in the same language.
const COOKIE = "django_language";
const YEAR_SECONDS = 365 * 24 * 3600;

function chosen(): Language {
  return document.cookie.split("; ").includes(`${COOKIE}=en`) ? "en" : "zh-hans";
}

export const language = ref<Language>(chosen());
export const words = computed<Words>(() => (language.value === "en" ? en : zh));

export function speak(wanted: Language): void {
  const isSecure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${wanted}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${isSecure}`;
  language.value = wanted;
}
