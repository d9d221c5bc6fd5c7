import { countText, type Language } from "../charts/words.ts";
import { type Note, type NoteCode, noteText, noteTexts } from "../data/terms/notes.ts";
import {
  type EspejoError,
  fillText,
  type PhraseKey,
  phraseParameters,
  phrases,
} from "../errors.ts";
import { en, type TextKey } from "./texts/en.ts";
import { es } from "./texts/es.ts";
import { esErrors, esPhrases } from "./texts/es-errors.ts";
import { esNotes } from "./texts/es-notes.ts";

interface Catalogues {
  readonly texts: Readonly<Record<TextKey, string>>;
  readonly notes: Readonly<Record<NoteCode, string>>;
}

export const catalogues: Readonly<Record<Language, Catalogues>> = {
  en: { texts: en, notes: noteTexts },
  es: { texts: es, notes: esNotes },
};

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

/** A note in words of a language. */
export const noteWords = (note: Note, language: Language): string =>
  noteText(note, {
    texts: catalogues[language].notes,
    count: (n) => countText(n, language),
    phrase: language === "en" ? (text) => text : spanishPhrase,
  });

/** What a parameter says that holds a phrase or a list of them; words of the system stay as they are. */
function spanishPhrase(english: string): string {
  const known = (part: string): string | undefined => {
    const key = (Object.keys(phrases) as PhraseKey[]).find((key) => phrases[key] === part);
    return key && esPhrases[key];
  };
  const parts = english.split(", ").map(known);
  return known(english) ?? (parts.includes(undefined) ? english : parts.join(", "));
}
