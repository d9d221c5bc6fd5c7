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

/** A note in words of a language for who has no command line: without the part that says which option settles it. */
export const plainNoteIn = (note: Note, language: Language): string => {
  const { texts } = words[language];
  const text = withoutOption(texts[note.code]);
  return noteText(note, { ...words[language], texts: { ...texts, [note.code]: text } });
};

/** Signs of a part of a sentence that only leads to an option: "; if not, say --zone". */
const shortPart = 40;

/** A text up to the part in which it names an option. */
function withoutOption(text: string): string {
  const option = text.search(/(^|\s)--\w/);
  if (option < 0) return text;
  const before = text.slice(0, option + 1);
  const semicolon = before.lastIndexOf("; ");
  const nearest = Math.max(...["; ", ": ", ", ", " ("].map((mark) => before.lastIndexOf(mark)));
  const end = semicolon >= 0 && option - semicolon < shortPart ? semicolon : nearest;
  return end > 0 ? text.slice(0, end) : text;
}
