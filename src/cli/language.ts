import type { Language } from "../charts/words.ts";
import { type Note, type NoteCode, noteText, noteTexts } from "../data/notes.ts";
import { type EspejoError, fillText, phrases } from "../errors.ts";
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
  const translated = Object.entries(parameters).map(([name, value]) => [name, phraseOf(value)]);
  return fillText(esErrors[code], Object.fromEntries(translated));
}

/** A note in words of a language. */
export function noteWords(note: Note, language: Language): string {
  if (language === "en") return noteText(note);
  const translate = ({ code, parameters }: Note): Note => ({
    code,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        typeof value === "object" ? translate(value) : phraseOf(value),
      ]),
    ),
  });
  return noteText(translate(note), catalogues[language].notes);
}

function phraseOf(value: string | number): string | number {
  const known = Object.entries(phrases).find(([, phrase]) => phrase === value);
  return known ? esPhrases[known[0] as keyof typeof phrases] : value;
}
