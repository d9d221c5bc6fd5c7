import type { Language } from "../language.ts";
import { en, type TextKey } from "./texts/en.ts";
import { es } from "./texts/es.ts";

/** Everything the command line says, by language. */
export const catalogues: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, es };

/** The language of the locale. */
export function localeLanguage(
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return /^es/i.test(LC_ALL || LC_MESSAGES || LANG || "") ? "es" : "en";
}
