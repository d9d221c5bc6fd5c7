import { type EspejoError, fillText, phraseParameters, phraseText } from "./errors.ts";
import { esErrors, esPhrases, spanishPhrase } from "./es-errors.ts";
import { aboutItems, type Items, type Language } from "./language.ts";

/** The text of an error of the catalogue in a language. */
export function errorText(error: EspejoError, language: Language): string {
  const { code, parameters, phrases, message } = error;
  if (language === "en") return message;
  const spoken = (phraseParameters[code] ?? []) as readonly string[];
  const told = [
    ...spoken.map((name) => [name, spanishPhrase(String(parameters[name]))]),
    ...Object.entries(phrases).map(([name, each]) => [name, phraseText(each, esPhrases)]),
  ];
  const text = aboutItems(esErrors[code], (parameters.items ?? "rows") as Items, language);
  return fillText(text, { ...parameters, ...Object.fromEntries(told) });
}
