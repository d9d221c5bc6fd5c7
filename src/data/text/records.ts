/** A record of a delimited text: its trimmed fields, and the lines that it is on (from 1). */
export interface TextRecord {
  readonly line: number;
  readonly lastLine: number;
  readonly fields: readonly string[];
  readonly text: string;
}

/**
 * The first records of a text, blank lines left out; for looking at a file's head, not for reading it.
 * `delimiter` is one character, or "whitespace" for runs of spaces and tabs (which knows no quotes).
 */
export function readRecords(
  text: string,
  delimiter: string,
  quote: string,
  limit: number,
): TextRecord[] {
  const records: TextRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length && records.length < limit) {
    const start = at;
    const firstLine = line;
    const fields: string[] = [];
    let field = "";
    let quoted = false;
    let fresh = true;
    for (; ; at++) {
      const c = text[at];
      if (c === undefined) break;
      if (quoted) {
        if (c === "\n") line++;
        if (c !== quote) field += c;
        else if (text[at + 1] === quote) field += text[++at];
        else quoted = false;
      } else if (c === quote && fresh) {
        quoted = true;
        fresh = false;
      } else if (c === delimiter) {
        fields.push(field.trim());
        field = "";
        fresh = true;
      } else if (c === "\n" || (c === "\r" && text[at + 1] !== "\n")) {
        break;
      } else {
        field += c;
        if (c !== " ") fresh = false;
      }
    }
    fields.push(field.trim());
    const raw = text.slice(start, at).trim();
    const whole = delimiter === "whitespace" ? raw.split(/[ \t]+/) : fields;
    if (raw !== "") records.push({ line: firstLine, lastLine: line, fields: whole, text: raw });
    line++;
    at++;
  }
  return records;
}
