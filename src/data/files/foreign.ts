import { EspejoError, type PhraseKey, phrases } from "../../errors.ts";
import type { SourceFile } from "./files.ts";
import { startText } from "./start.ts";

/** What is looked at to know a file. */
interface Looked {
  readonly head: Buffer;
  /** The first bytes, each as one character, and the same as text without mark and blanks before it. */
  readonly bytes: string;
  readonly text: string;
  readonly name: string;
  readonly entries: readonly string[];
}

/** A kind of file that is not read, what it is called, and how to make of it one that is. */
interface Foreign {
  readonly kind: PhraseKey;
  readonly cure: PhraseKey;
  readonly is: (file: Looked) => boolean;
}

const begins =
  (...starts: readonly string[]) =>
  ({ bytes }: Looked): boolean =>
    starts.some((start) => bytes.startsWith(start));

const matches =
  (pattern: RegExp) =>
  ({ bytes }: Looked): boolean =>
    pattern.test(bytes);
/** Each of the first bytes is one of those that stand in its place. */
const beginsWithOne =
  (...places: readonly string[]) =>
  ({ bytes }: Looked): boolean =>
    places.every((allowed, i) => bytes[i] !== undefined && allowed.includes(bytes[i]!));
const binary =
  (start: string) =>
  ({ bytes }: Looked): boolean =>
    bytes.startsWith(start) && bytes.includes("\0");
const isOle = begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
/** A container of the older Office holds streams of such names. */
const holdsStream =
  (name: string) =>
  (file: Looked): boolean =>
    isOle(file) && file.head.includes(Buffer.from(name, "utf16le"));
const holds =
  (...paths: readonly string[]) =>
  ({ entries }: Looked): boolean =>
    paths.some((path) => entries.includes(path));
const named =
  (ending: RegExp) =>
  ({ name }: Looked): boolean =>
    ending.test(name);

const webPage =
  /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|meta|body|table|style|script)[\s>]/i;
/** Documents of OpenDocument and EPUB tell by the first file in them what they are. */
const mimetype =
  (kind: string) =>
  ({ bytes }: Looked): boolean =>
    bytes.slice(30, 200).startsWith(`mimetype${kind}`);

/** The kinds that are known, those first that others could be taken for. */
const kinds: readonly Foreign[] = [
  // R packs as gzip, bzip2 or xz; the first was taken off before this
  { kind: "r_data", cure: "cure_r", is: begins("X\n\0\0\0") },
  { kind: "r_data", cure: "cure_r", is: matches(/^(RD[XAB][23]\n|A\n[23]\n\d{6}\n\d{6}\n)/) },
  {
    kind: "r_data",
    cure: "cure_r",
    is: (file) => named(/\.(rds|rda|rdata)$/)(file) && isPacked(file),
  },
  // workbooks and documents
  { kind: "word", cure: "cure_copy", is: holdsStream("WordDocument") },
  { kind: "slides", cure: "cure_copy", is: holdsStream("PowerPoint Document") },
  { kind: "excel_old", cure: "cure_xlsx", is: (file) => isOle(file) || isBiff(file) },
  { kind: "excel_binary", cure: "cure_xlsx", is: holds("xl/workbook.bin") },
  {
    kind: "excel_xml",
    cure: "cure_xlsx",
    is: ({ text }) =>
      text.startsWith("<?xml") &&
      /<\?mso-application progid="Excel|urn:schemas-microsoft-com:office:spreadsheet/.test(text),
  },
  { kind: "web_page", cure: "cure_web", is: ({ text }) => webPage.test(text) },
  {
    kind: "web_page",
    cure: "cure_web",
    is: ({ text }) => /^(MIME-Version:|From:[^\n]*\n)[\s\S]*multipart\/related/i.test(text),
  },
  { kind: "xml", cure: "cure_csv", is: ({ text }) => text.startsWith("<?xml") },
  { kind: "numbers_mac", cure: "cure_numbers", is: holds("Index.zip", "Index/Document.iwa") },
  { kind: "google_link", cure: "cure_google", is: named(/\.(gsheet|gdoc)$/) },
  { kind: "word", cure: "cure_copy", is: holds("word/document.xml") },
  { kind: "word", cure: "cure_copy", is: begins("{\\rtf") },
  { kind: "word", cure: "cure_copy", is: mimetype("application/vnd.oasis.opendocument.text") },
  { kind: "slides", cure: "cure_copy", is: holds("ppt/presentation.xml") },
  { kind: "pdf", cure: "cure_pdf", is: begins("%PDF-") },
  { kind: "keras", cure: "cure_keras", is: holds("model.weights.h5") },
  { kind: "document", cure: "cure_copy", is: ({ entries }) => entries.length > 0 },
  // programs of statistics
  { kind: "spss", cure: "cure_spss", is: begins("$FL2@(#)", "$FL3@(#)") },
  { kind: "spss", cure: "cure_spss", is: matches(/^[\s\S]{0,200}ASCII SPSS PORT FILE/) },
  { kind: "stata", cure: "cure_stata", is: begins("<stata_dta>") },
  { kind: "stata", cure: "cure_stata", is: beginsWithOne("ijklmnopqrs", "\x01\x02", "\x01", "\0") },
  { kind: "sas", cure: "cure_sas", is: begins("HEADER RECORD*******LIB") },
  { kind: "sas", cure: "cure_sas", is: ({ bytes }) => bytes.startsWith("\xc2\xea\x81\x60", 12) },
  { kind: "matlab", cure: "cure_matlab", is: begins("MATLAB 5.0 MAT", "MATLAB 7.3 MAT") },
  // stores of tables and arrays
  { kind: "sqlite", cure: "cure_sqlite", is: begins("SQLite format 3\0") },
  { kind: "access", cure: "cure_access", is: begins("\0\x01\0\0Standard ") },
  { kind: "dbase", cure: "cure_xlsx", is: (file) => named(/\.dbf$/)(file) && isDbase(file) },
  {
    kind: "arrow",
    cure: "cure_arrow",
    is: (file) => binary("ARROW1")(file) || binary("FEA1")(file),
  },
  { kind: "orc", cure: "cure_orc", is: binary("ORC") },
  { kind: "avro", cure: "cure_avro", is: begins("Obj\x01") },
  { kind: "hdf5", cure: "cure_hdf5", is: begins("\x89HDF\r\n\x1a\n") },
  { kind: "netcdf", cure: "cure_netcdf", is: begins("CDF\x01", "CDF\x02", "CDF\x05") },
  { kind: "pickle", cure: "cure_pickle", is: beginsWithOne("\x80", "\x02\x03\x04\x05") },
  { kind: "lfs", cure: "cure_lfs", is: begins("version https://git-lfs.github.com") },
  {
    kind: "image",
    cure: "cure_image",
    is: begins("\x89PNG\r\n", "\xff\xd8\xff", "GIF87a", "GIF89a", "II*\0", "MM\0*"),
  },
  // what is packed otherwise than as gzip, zstd or zip
  { kind: "bzip2", cure: "cure_bzip2", is: matches(/^BZh[1-9]1AY&SY/) },
  { kind: "xz", cure: "cure_xz", is: begins("\xfd7zXZ\0") },
  { kind: "seven_zip", cure: "cure_7z", is: begins("7z\xbc\xaf\x27\x1c") },
  { kind: "rar", cure: "cure_7z", is: begins("Rar!\x1a\x07") },
  { kind: "lz4", cure: "cure_lz4", is: begins("\x04\x22\x4d\x18") },
  { kind: "compressed", cure: "cure_7z", is: begins("\x1f\x9d") },
  { kind: "tar", cure: "cure_tar", is: ({ bytes }) => bytes.startsWith("ustar", 257) },
];

const isPacked = begins("BZh", "\xfd7zXZ\0");

/** A workbook of Excel 2 to 4, which has no container: the record that begins one. */
const isBiff = beginsWithOne("\x09", "\0\x02\x04\x08", "\x04\x06\x08", "\0");

/** A version, and the day of the last change. */
const isDbase = (file: Looked): boolean =>
  beginsWithOne("\x03\x30\x31\x83\x8b\xf5")(file) && file.head[2]! <= 12 && file.head[3]! <= 31;

/** Kinds that are text, and so could pass for a table under a wrong name. */
const disguises: readonly PhraseKey[] = ["web_page", "excel_xml", "xml"];
const ownEnding = /^\.(html?|mht|mhtml|xml)$/;
const excelEnding = /^\.xl/;

/** The error for a file that is no table for Espejo: what it is, and how to make it one; null for others. */
export function foreignError(file: SourceFile): EspejoError | null {
  const start = file.head.subarray(0, 4096);
  const text = startText(start);
  const name = file.name.toLowerCase();
  const looked = { ...file, bytes: start.toString("latin1"), text, name };
  const found = kinds.find(({ is }) => is(looked));
  if (!found) return null;
  const path = file.shown;
  const kind = phrases[found.kind];
  const ending = /\.\w+$/.exec(name)?.[0] ?? "";
  const page = found.kind === "web_page" && excelEnding.test(ending);
  const cure = phrases[page ? "cure_xlsx" : found.cure];
  return disguises.includes(found.kind) && ending !== "" && !ownEnding.test(ending)
    ? new EspejoError("file_disguised", { path, kind, ending, cure })
    : new EspejoError("file_foreign", { path, kind, cure });
}
