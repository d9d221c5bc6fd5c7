import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { openZip } from "../files/zip.ts";
import type { Book } from "./book.ts";
import { odsSheets } from "./ods-sheets.ts";
import { readXml } from "./sheet-xml.ts";

const spreadsheet = "application/vnd.oasis.opendocument.spreadsheet";

/** Whether a file is an OpenDocument workbook, as LibreOffice saves it: packed, or as one plain XML file. */
export function isOds({ head, entries }: SourceFile): boolean {
  if (!entries.includes("content.xml")) return isFlat(head);
  // The first entry is stored as it is, and tells the kind of document; one that was packed again may have lost it.
  const kind = /^PK.{28}mimetype(application\/[\w.+-]+)/s.exec(
    head.subarray(0, 200).toString("latin1"),
  );
  return kind === null || kind[1]!.startsWith(spreadsheet);
}

const isFlat = (head: Buffer): boolean =>
  /^\s*<\?xml[^>]*>\s*<office:document\s[^>]*opendocument\.spreadsheet/.test(
    head.subarray(0, 8192).toString("latin1"),
  );

/** Opens a workbook of OpenDocument 1.3 (ISO/IEC 26300); all of its sheets are read at once. */
export async function odsBook(path: string, file: SourceFile, workspace: Workspace): Promise<Book> {
  const sheets = isFlat(file.head)
    ? await odsSheets(createReadStream(file.path), workspace)
    : await packedSheets(path, file, workspace);
  return { sheets, rows: async (sheet) => sheets[sheet]!.rows, close: () => {} };
}

async function packedSheets(path: string, file: SourceFile, workspace: Workspace) {
  const archive = await openZip(file.path, path);
  try {
    const manifest = "META-INF/manifest.xml";
    if (archive.names.includes(manifest) && (await isLocked(await archive.stream(manifest))))
      throw new EspejoError("workbook_locked", { path });
    return await odsSheets(await archive.stream("content.xml"), workspace);
  } finally {
    archive.close();
  }
}

async function isLocked(manifest: Readable): Promise<boolean> {
  let locked = false;
  await readXml(manifest, {
    open: (tag) => {
      locked ||= tag === "encryption-data";
    },
  });
  return locked;
}
