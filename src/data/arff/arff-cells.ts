/** A cell as it stands in a line; what stood in quotes is no mark of a missing one. */
export interface ArffCell {
  readonly text: string;
  readonly quoted: boolean;
}

/** A line without the remark that a % outside of quotes begins. */
export function withoutRemark(line: string): string {
  if (!line.includes("%")) return line;
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (quote !== "") {
      if (letter === "\\") i++;
      else if (letter === quote) quote = "";
    } else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === "%" && (i === 0 || /[\s,]/.test(line[i - 1]!))) return line.slice(0, i);
  }
  return line;
}

/**
 * The cells of a line, between commas, or where there are none between blanks; undefined where a quotation mark is not
 * closed, or has text behind it.
 */
export function cellsOf(line: string): ArffCell[] | undefined {
  if (!/['"\\]/.test(line)) {
    const texts = line.includes(",") ? line.split(",") : line.trim().split(/\s+/);
    return texts.map((text) => ({ text: text.trim(), quoted: false }));
  }
  const cells: ArffCell[] = [];
  const commas = hasComma(line);
  let at = 0;
  for (;;) {
    while (/\s/.test(line[at] ?? "")) at++;
    const quote = line[at];
    if (quote === "'" || quote === '"') {
      let text = "";
      for (at++; at < line.length && line[at] !== quote; at++) {
        if (line[at] !== "\\") text += line[at];
        else text += unescaped(line[++at] ?? "");
      }
      if (at >= line.length) return undefined;
      cells.push({ text, quoted: true });
      at++;
    } else {
      const end = commas
        ? line.indexOf(",", at)
        : at + (/^\S*/.exec(line.slice(at))?.[0].length ?? 0);
      const stop = end < 0 ? line.length : end;
      cells.push({ text: line.slice(at, stop).trim(), quoted: false });
      at = stop;
    }
    while (/\s/.test(line[at] ?? "")) at++;
    if (at >= line.length) return cells;
    if (line[at] === ",") at++;
    else if (commas) return undefined;
  }
}

function hasComma(line: string): boolean {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (letter === "\\") i++;
    else if (quote !== "") {
      if (letter === quote) quote = "";
    } else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === ",") return true;
  }
  return false;
}

const unescaped = (letter: string): string => ({ n: " ", r: " ", t: " " })[letter] ?? letter;
