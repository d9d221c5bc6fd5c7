import { posix } from "node:path";
import type { Archive } from "../files/zip.ts";
import { builtInKind, type CellKind, codeKind } from "./sheet-dates.ts";
import { readXml, unescapeText } from "./sheet-xml.ts";

/** What the sheets of a workbook share. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  /** The texts that cells name by number. */
  readonly texts: readonly string[];
  /** The kind of number, by the style of a cell. */
  readonly kinds: readonly CellKind[];
  readonly from1904: boolean;
}

/** Reads all of a workbook but its sheets (ECMA-376, part 1). */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const main = (await related(archive, "_rels/.rels", "")).find(({ type }) =>
    type.endsWith("/officeDocument"),
  );
  const path = main?.path ?? "xl/workbook.xml";
  if (!archive.names.includes(path)) throw new Error(`it has no ${path}`);
  const folder = posix.dirname(path);
  const parts = await related(archive, `${folder}/_rels/${posix.basename(path)}.rels`, folder);
  const found: { name: string; id: string }[] = [];
  let from1904 = false;
  await readXml(await archive.stream(path), {
    open: (tag, attributes) => {
      if (tag === "workbookPr") from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (tag === "sheet") found.push({ name: attributes.name ?? "", id: idOf(attributes) });
    },
  });
  const sheets = found.flatMap(({ name, id }) => {
    const part = parts.find((each) => each.id === id && each.type.endsWith("/worksheet"));
    return part && archive.names.includes(part.path) ? [{ name, part: part.path }] : [];
  });
  const partOf = (type: string): string | undefined =>
    parts.find((each) => each.type.endsWith(type) && archive.names.includes(each.path))?.path;
  return {
    sheets,
    from1904,
    texts: await sharedTexts(archive, partOf("/sharedStrings")),
    kinds: await styleKinds(archive, partOf("/styles")),
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

async function styleKinds(archive: Archive, path: string | undefined): Promise<CellKind[]> {
  if (path === undefined) return [];
  const codes = new Map<number, CellKind>();
  const kinds: CellKind[] = [];
  let cells = false;
  await readXml(await archive.stream(path), {
    open: (tag, attributes) => {
      const id = Number(attributes.numFmtId ?? 0);
      if (tag === "numFmt") codes.set(id, codeKind(attributes.formatCode ?? ""));
      if (tag === "cellXfs") cells = true;
      if (tag === "xf" && cells) kinds.push(codes.get(id) ?? builtInKind(id));
    },
    close: (tag) => {
      if (tag === "cellXfs") cells = false;
    },
  });
  return kinds;
}
