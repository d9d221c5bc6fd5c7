import { posix } from "node:path";
import type { Archive } from "../files/zip.ts";
import { builtInCode, builtInKind, type CellKind, codeKind } from "./sheet-dates.ts";
import { readXml, unescapeText } from "./sheet-xml.ts";

/** What the sheets of an Excel workbook share. */
export interface XlsxFile {
  readonly sheets: readonly {
    readonly name: string;
    readonly part: string;
    readonly hidden: boolean;
  }[];
  /** The texts that cells name by number. */
  readonly texts: readonly string[];
  /** The kind of number, and the code of its format, by the style of a cell. */
  readonly kinds: readonly CellKind[];
  readonly codes: readonly string[];
  readonly from1904: boolean;
}

/** Reads all of a workbook but its sheets (ECMA-376, part 1). */
export async function readXlsx(archive: Archive): Promise<XlsxFile> {
  const main = (await related(archive, "_rels/.rels", "")).find(({ type }) =>
    type.endsWith("/officeDocument"),
  );
  const path = main?.path ?? "xl/workbook.xml";
  if (!archive.names.includes(path)) throw new Error(`it has no ${path}`);
  const folder = posix.dirname(path);
  const parts = await related(archive, `${folder}/_rels/${posix.basename(path)}.rels`, folder);
  const found: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readXml(await archive.stream(path), {
    open: (tag, attributes) => {
      if (tag === "workbookPr") from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (tag === "sheet") {
        const hidden = /^(hidden|veryHidden)$/.test(attributes.state ?? "");
        found.push({ name: attributes.name ?? "", id: idOf(attributes), hidden });
      }
    },
  });
  const sheets = found.flatMap(({ name, id, hidden }) => {
    const part = parts.find((each) => each.id === id && each.type.endsWith("/worksheet"));
    return part && archive.names.includes(part.path) ? [{ name, part: part.path, hidden }] : [];
  });
  const partOf = (type: string): string | undefined =>
    parts.find((each) => each.type.endsWith(type) && archive.names.includes(each.path))?.path;
  return {
    sheets,
    from1904,
    texts: await sharedTexts(archive, partOf("/sharedStrings")),
    ...(await styles(archive, partOf("/styles"))),
  };
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly path: string;
}

async function related(archive: Archive, path: string, folder: string): Promise<Relation[]> {
  if (!archive.names.includes(path)) return [];
  const relations: Relation[] = [];
  await readXml(await archive.stream(path), {
    open: (tag, { Id = "", Type = "", Target = "" }) => {
      const target = Target.startsWith("/") ? Target.slice(1) : posix.join(folder, Target);
      if (tag === "Relationship") relations.push({ id: Id, type: Type, path: target });
    },
  });
  return relations;
}

const idOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => /^\w+:id$/i.test(name))?.[1] ?? "";

async function sharedTexts(archive: Archive, path: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (path === undefined) return texts;
  let text = "";
  let inside = false;
  let reading = false;
  await readXml(await archive.stream(path), {
    open: (tag) => {
      if (tag === "si") text = "";
      // How a word is said (rPh) is no part of it.
      if (tag === "rPh") reading = true;
      inside = tag === "t" && !reading;
    },
    text: (piece) => {
      if (inside) text += piece;
    },
    close: (tag) => {
      if (tag === "t") inside = false;
      if (tag === "rPh") reading = false;
      if (tag === "si") texts.push(unescapeText(text));
    },
  });
  return texts;
}

async function styles(
  archive: Archive,
  path: string | undefined,
): Promise<Pick<XlsxFile, "kinds" | "codes">> {
  const known = new Map<number, string>();
  const kinds: CellKind[] = [];
  const codes: string[] = [];
  if (path === undefined) return { kinds, codes };
  let cells = false;
  await readXml(await archive.stream(path), {
    open: (tag, attributes) => {
      const id = Number(attributes.numFmtId ?? 0);
      if (tag === "numFmt") known.set(id, attributes.formatCode ?? "");
      if (tag === "cellXfs") cells = true;
      if (tag === "xf" && cells) {
        const code = known.get(id);
        kinds.push(code === undefined ? builtInKind(id) : codeKind(code));
        codes.push(code ?? builtInCode(id));
      }
    },
    close: (tag) => {
      if (tag === "cellXfs") cells = false;
    },
  });
  return { kinds, codes };
}
