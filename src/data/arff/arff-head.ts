import { EspejoError } from "../../errors.ts";
import { cellsOf, withoutRemark } from "./arff-cells.ts";
import { type DateReader, javaDates } from "./java-dates.ts";

/** A column as the head of an ARFF file declares it. */
export interface Attribute {
  readonly name: string;
  readonly type: "numeric" | "nominal" | "string" | "date";
  /** The values of a nominal attribute. */
  readonly values: readonly string[];
  readonly date: DateReader | undefined;
}

/** An attribute's name, in quotes or not, and what stands behind it. */
const declaration =
  /^@attribute\s+(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*|([^\s{'"][^\s{]*)(?:\s+|(?=\{)))(\{.*\}|\w+)\s*(.*)$/i;

/** Whether a line begins what a head declares. */
export const isDeclaration = (line: string): boolean => line.trimStart().startsWith("@");

/**
 * Reads a line of the head; undefined for those that declare no column, null for the last. Throws `arff_head` and
 * `arff_relational`.
 */
export function readDeclaration(
  source: string,
  path: string,
  line: number,
): Attribute | null | undefined {
  const text = withoutRemark(source).trim();
  if (text === "" || /^@relation\b/i.test(text)) return undefined;
  if (/^@data\b/i.test(text)) return null;
  const match = declaration.exec(text);
  const wrong = (): Error => new EspejoError("arff_head", { path, line, text: text.slice(0, 60) });
  if (!match) throw wrong();
  const [, quoted, bare, type = "", more = ""] = match;
  const name = bare ?? cellsOf(quoted!)![0]!.text;
  const none = { values: [], date: undefined };
  if (type.startsWith("{")) {
    const cells = cellsOf(type.slice(1, -1).trim());
    if (!cells) throw wrong();
    return { ...none, name, type: "nominal", values: cells.map((cell) => cell.text) };
  }
  const kind = type.toLowerCase();
  if (/^(numeric|real|integer)$/.test(kind)) return { ...none, name, type: "numeric" };
  if (kind === "string") return { ...none, name, type: "string" };
  if (kind === "date") {
    const format = cellsOf(more)?.[0]?.text ?? "";
    const date = javaDates(format === "" ? "yyyy-MM-dd'T'HH:mm:ss" : format);
    if (!date) throw wrong();
    return { ...none, name, type: "date", date };
  }
  if (kind === "relational") throw new EspejoError("arff_relational", { path, line, column: name });
  throw wrong();
}
