const longest = 60;

/** A text as notes show it: on one line, and not longer than fits there. */
export function clip(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 3)}...` : line;
}
