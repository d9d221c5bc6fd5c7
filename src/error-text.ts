import { type EspejoError, fillText, phraseParameters } from "./errors.ts";
import { esErrors, spanishPhrase } from "./es-errors.ts";
import { aboutItems, type Items, type Language } from "./language.ts";

/** The text of an error of the catalogue in a language. */
export function errorText({ code, parameters, message }: EspejoError, language: Language): string {
  if (language === "en") return message;
  const spoken = (phraseParameters[code] ?? []) as readonly string[];
  const told = spoken.map((name) => [name, spanishPhrase(String(parameters[name]))]);
  const text = aboutItems(esErrors[code], (parameters.items ?? "rows") as Items, language);
  return fillText(text, { ...parameters, ...Object.fromEntries(told) });
}
