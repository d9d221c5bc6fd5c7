import { spanishPhrase } from "../../es-errors.ts";
import { countText, type Language } from "../../language.ts";
import { esNotes } from "./es-notes.ts";
import { english, type Note, type NoteWords, noteText } from "./notes.ts";

const words: Readonly<Record<Language, NoteWords>> = {
  en: english,
  es: { language: "es", texts: esNotes, count: (n) => countText(n, "es"), phrase: spanishPhrase },
};

/** A note in words of a language. */
export const noteIn = (note: Note, language: Language): string => noteText(note, words[language]);
