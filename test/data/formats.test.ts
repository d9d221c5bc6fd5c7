import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openFile } from "../../src/data/files/files.ts";
import { foreignError } from "../../src/data/files/foreign.ts";
import { Workspace } from "../../src/data/files/workspace.ts";
import { openTable } from "../../src/data/tables/open.ts";
import { type PhraseKey, phrases } from "../../src/errors.ts";
import { esPhrases } from "../../src/es-errors.ts";
import { espejo } from "../cli/helpers.ts";
import { zip } from "./arrays.ts";
import { file, open } from "./helpers.ts";

const latin = (text: string) => Buffer.from(text, "latin1");
const padded = (start: string, length = 600) => Buffer.concat([latin(start), Buffer.alloc(length)]);
const ole = (stream = "") =>
  Buffer.concat([
    padded("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 504),
    Buffer.from(stream, "utf16le"),
    Buffer.alloc(64),
  ]);
const openXml = (part: string) => zip({ "[Content_Types].xml": "<Types/>", [part]: "<x/>" });
const page = "<html><head></head><body><table><tr><td>1</td></tr></table></body></html>";
const spreadsheetMl =
  '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>';

/** A file of each kind that is not read: name, bytes, what it is and its cure. */
const foreign: readonly (readonly [string, Uint8Array | string, PhraseKey, PhraseKey])[] = [
  ["old.xls", ole(), "excel_old", "cure_xlsx"],
  ["renamed.csv", ole("Workbook"), "excel_old", "cure_xlsx"],
  ["ancient.xls", padded("\x09\x08\x08\0\0\x05"), "excel_old", "cure_xlsx"],
  ["report.doc", ole("WordDocument"), "word", "cure_copy"],
  ["talk.ppt", ole("PowerPoint Document"), "slides", "cure_copy"],
  ["binary.xlsb", openXml("xl/workbook.bin"), "excel_binary", "cure_xlsx"],
  ["sheet.xls", spreadsheetMl, "excel_xml", "cure_xlsx"],
  ["page.xls", page, "web_page", "cure_xlsx"],
  ["download.csv", `\ufeff\n<!DOCTYPE html>${page}`, "web_page", "cure_web"],
  ["page.html", page, "web_page", "cure_web"],
  ["wide.xls", Buffer.from(`\ufeff${page}`, "utf16le"), "web_page", "cure_xlsx"],
  ["archive.xls", "MIME-Version: 1.0\nContent-Type: multipart/related;", "web_page", "cure_xlsx"],
  ["feed.csv", '<?xml version="1.0"?><rows/>', "xml", "cure_csv"],
  ["plain.xml", '<?xml version="1.0"?><rows/>', "xml", "cure_csv"],
  ["budget.numbers", zip({ "Index/Document.iwa": "x" }), "numbers_mac", "cure_numbers"],
  ["survey.gsheet", '{"url": "https://docs.google.com/"}', "google_link", "cure_google"],
  ["report.docx", openXml("word/document.xml"), "word", "cure_copy"],
  ["report.rtf", "{\\rtf1\\ansi", "word", "cure_copy"],
  [
    "report.odt",
    zip({ mimetype: "application/vnd.oasis.opendocument.text" }, { stored: true }),
    "word",
    "cure_copy",
  ],
  ["talk.pptx", openXml("ppt/presentation.xml"), "slides", "cure_copy"],
  [
    "book.epub",
    zip({ mimetype: "application/epub+zip" }, { stored: true }),
    "document",
    "cure_copy",
  ],
  ["packed-again.epub", zip({ mimetype: "application/epub+zip" }), "document", "cure_copy"],
  ["drawing.vsdx", openXml("visio/document.xml"), "document", "cure_copy"],
  ["table.pdf", "%PDF-1.7\n", "pdf", "cure_pdf"],
  ["net.zip", zip({ "config.json": "{}", "model.weights.h5": "x" }), "keras", "cure_keras"],
  ["enc.sav", padded("$FL2@(#) SPSS DATA FILE"), "spss", "cure_spss"],
  ["enc.zsav", padded("$FL3@(#) SPSS DATA FILE"), "spss", "cure_spss"],
  ["enc.por", `${"x".repeat(40)}ASCII SPSS PORT FILE`, "spss", "cure_spss"],
  ["enc.dta", padded("<stata_dta><header><release>118"), "stata", "cure_stata"],
  ["old.dta", padded("\x72\x02\x01\0\x03\0"), "stata", "cure_stata"],
  ["a.xpt", `HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!${"0".repeat(30)}`, "sas", "cure_sas"],
  ["a.sas7bdat", padded(`${"\0".repeat(12)}\xc2\xea\x81\x60\xb3\x14`), "sas", "cure_sas"],
  ["q.rds", gzipSync(padded("X\n\0\0\0\x03")), "r_data", "cure_r"],
  ["q.RData", gzipSync(padded("RDX3\nX\n\0\0\0\x03")), "r_data", "cure_r"],
  ["ascii.rda", "RDA3\nA\n3\n262914\n197888\n", "r_data", "cure_r"],
  ["ascii.rds", "A\n3\n262914\n197888\n5\n", "r_data", "cure_r"],
  ["packed.rds", padded("\xfd7zXZ\0"), "r_data", "cure_r"],
  ["a.mat", padded("MATLAB 5.0 MAT-file"), "matlab", "cure_matlab"],
  ["s.sqlite", padded("SQLite format 3\0"), "sqlite", "cure_sqlite"],
  ["s.accdb", padded("\0\x01\0\0Standard ACE DB\0"), "access", "cure_access"],
  ["s.dbf", padded("\x03\x7a\x07\x1a"), "dbase", "cure_xlsx"],
  ["d.feather", padded("ARROW1\0\0"), "arrow", "cure_arrow"],
  ["d.csv", padded("FEA1"), "arrow", "cure_arrow"],
  ["d.orc", padded("ORC\n\x0b"), "orc", "cure_orc"],
  ["d.avro", padded("Obj\x01"), "avro", "cure_avro"],
  ["d.dat", padded("\x89HDF\r\n\x1a\n"), "hdf5", "cure_hdf5"],
  ["d.nc", padded("CDF\x01"), "netcdf", "cure_netcdf"],
  ["d.pkl", padded("\x80\x04\x95"), "pickle", "cure_pickle"],
  [
    "big.csv",
    "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
    "lfs",
    "cure_lfs",
  ],
  ["photo.csv", padded("\x89PNG\r\n\x1a\n"), "image", "cure_image"],
  ["photo.dat", padded("\xff\xd8\xff\xe0"), "image", "cure_image"],
  ["a.csv.bz2", padded("BZh91AY&SY"), "bzip2", "cure_bzip2"],
  ["a.csv.xz", padded("\xfd7zXZ\0"), "xz", "cure_xz"],
  ["a.7z", padded("7z\xbc\xaf\x27\x1c"), "seven_zip", "cure_7z"],
  ["a.rar", padded("Rar!\x1a\x07\x01\0"), "rar", "cure_7z"],
  ["a.csv.lz4", padded("\x04\x22\x4d\x18"), "lz4", "cure_lz4"],
  ["a.csv.Z", padded("\x1f\x9d\x90"), "compressed", "cure_7z"],
  [
    "a.tar",
    Buffer.concat([Buffer.alloc(257), latin("ustar\0"), Buffer.alloc(249)]),
    "tar",
    "cure_tar",
  ],
  [
    "a.tar.gz",
    gzipSync(Buffer.concat([Buffer.alloc(257), latin("ustar\0"), Buffer.alloc(249)])),
    "tar",
    "cure_tar",
  ],
];

describe("a file that is no table says what it is and how to make it one", () => {
  test.each(foreign)("%s", async (name, content, kind, cure) => {
    const path = file(content, name);
    for (const [language, words, named] of [
      ["en", phrases, "named"],
      ["es", esPhrases, "con nombre"],
    ] as const) {
      const { code, out, err } = await espejo(["inspect", path, "--lang", language]);
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toContain(`${words[kind]}`);
      expect(err.trim().endsWith(`: ${words[cure]}`)).toBe(true);
      const ending = /\.\w+$/.exec(name)![0];
      const disguised = ["web_page", "excel_xml", "xml"].includes(kind);
      const own = [".html", ".xml"].includes(ending);
      expect(err.includes(`${words[kind]} ${named} ${ending}: `)).toBe(disguised && !own);
    }
  });

  test("every kind and every cure of the catalogue has a file here", () => {
    const told = new Set(foreign.flatMap(([, , kind, cure]) => [kind, cure]));
    const cures = (Object.keys(phrases) as PhraseKey[]).filter((key) => key.startsWith("cure_"));
    const others = ["cure_install", "cure_musl", "cure_system"];
    expect(cures.filter((cure) => !told.has(cure))).toEqual(others);
  });

  test("also from standard input and as bytes", async () => {
    const { code, err } = await espejo(["inspect", "-"], {
      input: padded("$FL2@(#) SPSS DATA FILE"),
    });
    expect([code, err]).toEqual([
      3,
      `error: stdin: this is ${phrases.spss}: ${phrases.cure_spss}\n`,
    ]);
    await expect(openTable(ole("Workbook"))).rejects.toMatchObject({ code: "file_foreign" });
  });

  test("tables that begin a little like them are tables", async () => {
    const rows = "1,2\n3,4\n5,7\n";
    for (const head of [
      "ORCID,x",
      "A,B",
      "RDX,y",
      "<TICKER>,<VOL>",
      "BZh,b",
      "MIME-Version:,b",
      "Rar,b",
    ]) {
      const workspace = new Workspace();
      const path = file(`${head}\n${rows}`);
      expect(foreignError(await openFile(path, path, workspace))).toBeNull();
      const source = await open(path);
      expect([source.rows, source.columns[0]!.name]).toEqual([3, head.split(",")[0]]);
    }
  });
});
