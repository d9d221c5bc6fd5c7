import { type EspejoError, fillText, phraseParameters } from "../errors.ts";
import { esErrors, spanishPhrase } from "../es-errors.ts";
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

/** The text of an error of the catalogue in a language. */
export function errorText({ code, parameters, message }: EspejoError, language: Language): string {
  if (language === "en") return message;
  const spoken = (phraseParameters[code] ?? []) as readonly string[];
  const told = spoken.map((name) => [name, spanishPhrase(String(parameters[name]))]);
  return fillText(esErrors[code], { ...parameters, ...Object.fromEntries(told) });
}
