import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { openZip } from "../files/zip.ts";
import type { Book } from "./book.ts";
import { readXlsx } from "./xlsx-file.ts";
import { xlsxRows } from "./xlsx-rows.ts";

/** Whether a file is an Excel workbook of today; one with a password is no zip archive but an old container. */
export function isXlsx({ head, name, entries }: SourceFile): boolean {
  const parts = entries.some((entry) => /^xl\/workbook\d*\.xml$/.test(entry));
  return isLocked(head) || parts || (entries.length > 0 && /\.xls[xm]$/i.test(name));
}

const isLocked = (head: Buffer): boolean =>
  head.subarray(0, 4).equals(Buffer.from("d0cf11e0", "hex")) &&
  head.includes(Buffer.from("EncryptedPackage", "utf16le"));

/** Opens an Excel workbook (ECMA-376); each sheet is read when it is asked for. */
export async function xlsxBook(
  path: string,
  file: SourceFile,
  workspace: Workspace,
): Promise<Book> {
  if (isLocked(file.head)) throw new EspejoError("workbook_locked", { path });
  const archive = await openZip(file.path, path);
  try {
    const book = await readXlsx(archive);
    return {
      sheets: book.sheets,
      rows: (sheet) => xlsxRows(archive, book.sheets[sheet]!.part, book, workspace),
      close: () => archive.close(),
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}
