import { ref, watchEffect } from "vue";
import { keep, kept } from "./kept.ts";

export type Language = "en" | "es";
export const languages: Readonly<Record<Language, string>> = { en: "English", es: "Español" };

const ofBrowser = (): Language => (navigator.language.startsWith("es") ? "es" : "en");

/** What the page speaks: as chosen, else as the browser. */
export const language = ref<Language>(kept("language", ["en", "es"]) ?? ofBrowser());

watchEffect(() => {
  keep("language", language.value);
  document.documentElement.lang = language.value;
});
