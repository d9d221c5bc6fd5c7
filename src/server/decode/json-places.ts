import { type ParseErrorCode, visit } from "jsonc-parser";
import { type Phrase, phrase } from "../../errors.ts";

/** A text in at most 20 characters. */
const brief = (text: string): string => (text.length > 20 ? `${text.slice(0, 17)}...` : text);

const openString: ParseErrorCode.UnexpectedEndOfString = 12;

/** Where a text stops being JSON. */
class Break extends Error {
  readonly phrase: Phrase;
  constructor(found: Phrase) {
    super();
    this.phrase = found;
  }
}

/** The line and character, from 1, at which a text stops being JSON, and what stands there; null where it is JSON. `first` is its first line. */
export function whereJsonBreaks(text: string, first = 1): Phrase | null {
  const ends = phrase("json_ends", {});
  // the NaN that Python writes is taken elsewhere
  const plain = text.replace(/\bNaN\b/g, "0.0");
  const onError = (code: number, offset: number, length: number, line: number, at: number) => {
    const open = code === openString && offset + length >= plain.length;
    if (open || offset >= plain.trimEnd().length) throw new Break(ends);
    const found = JSON.stringify(brief(text.slice(offset, offset + Math.max(length, 1))));
    // what follows would be read as if nothing were wrong, as deep as it goes
    throw new Break(phrase("json_stands", { line: first + line, character: at + 1, found }));
  };
  try {
    visit(plain, { onError }, { disallowComments: true });
  } catch (error) {
    if (error instanceof Break) return error.phrase;
    throw error;
  }
  return null;
}
