import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { operatorNames } from "../../src/graph/index.ts";
import { metadataOf, readModel } from "../../src/onnx/index.ts";
import { zip } from "../data/arrays.ts";
import { rawFrame } from "../data/zstd.ts";
import { bundled, espejo, fileIn, folder, smallTable } from "./helpers.ts";

/** The bytes of a model, and its metadata. */
function read(place: string, name: string) {
  const bytes = readFileSync(join(place, name));
  return { bytes, metadata: metadataOf(readModel(bytes, name, operatorNames)) };
}

/** Asserts that two files are the same but for how their sources were read. */
function sameButForSource(place: string, first: string, second: string): void {
  const [one, two] = [read(place, first), read(place, second)];
  const source = (metadata: Readonly<Record<string, string>>): Buffer =>
    Buffer.from(metadata["espejo.source"]!);
  expect(Object.keys(two.metadata)).toEqual(Object.keys(one.metadata));
  for (const [key, value] of Object.entries(one.metadata))
    if (key !== "espejo.source") expect(two.metadata[key], key).toBe(value);
  // The entry of the metadata is the only thing that differs, with the lengths before it.
  const head = (bytes: Buffer, part: Buffer): Buffer => bytes.subarray(0, bytes.indexOf(part) - 30);
  const tail = (bytes: Buffer, part: Buffer): Buffer =>
    bytes.subarray(bytes.indexOf(part) + part.length);
  expect(one.bytes.indexOf(source(one.metadata))).toBeGreaterThan(30);
  const [a, b] = [source(one.metadata), source(two.metadata)];
  expect(head(one.bytes, a).equals(head(two.bytes, b))).toBe(true);
  expect(tail(one.bytes, a).equals(tail(two.bytes, b))).toBe(true);
}

const trainTo = async (place: string, data: string, output: string, input?: string) => {
  const words = ["train", data, "--label", "Class", "--epochs", "3", "-o", output, "--run", "r"];
  const call = await espejo(words, { in: place, ...(input !== undefined && { input }) });
  expect(call.err).not.toContain("error");
  expect(call.code).toBe(0);
  return call;
};

/** The bundled transactions with a day and a town, which real ones have. */
function transactions(): string {
  const [head, ...rows] = gunzipSync(readFileSync(bundled)).toString().trimEnd().split("\n");
  const towns = ["Cádiz", "Ávila", "León", "A Coruña"];
  const lines = rows.slice(0, 2000).map((row, i) => {
    const day = new Date(Date.UTC(2021, 0, 1 + ((i * 7) % 365))).toISOString().slice(0, 10);
    return `${day},${towns[(i * i) % 4]},${row}`;
  });
  return `day,town,${head}\n${lines.join("\n")}\n`;
}

/** The same table as Spanish programs write it. */
function writtenLocally(text: string): Buffer {
  const local = (cell: string): string => {
    const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(cell);
    if (date) return `${date[3]}/${date[2]}/${date[1]}`;
    const number = /^(-?)(\d+)(?:\.(\d+(?:e-?\d+)?))?$/.exec(cell);
    if (!number) return cell;
    const thousands = number[2]!.replace(/\B(?=(\d{3})+$)/g, ".");
    return number[1] + thousands + (number[3] === undefined ? "" : `,${number[3]}`);
  };
  const lines = text.split("\n").map((line) => line.split(",").map(local).join(";"));
  return Buffer.from(lines.join("\r\n"), "latin1");
}

test("a table with decimal commas, thousands points, Latin-1 and dd/mm gives the same model", async () => {
  const place = folder();
  const text = transactions();
  fileIn(place, "plain.csv", text);
  fileIn(place, "local.csv", writtenLocally(text));
  await trainTo(place, "plain.csv", "plain.onnx");
  const { err } = await trainTo(place, "local.csv", "local.onnx");
  expect(err).toContain('separated by ";", with header, latin-1, decimal comma');
  expect(err).toContain("dates dmy");
  sameButForSource(place, "plain.onnx", "local.onnx");
  const source = JSON.parse(read(place, "local.onnx").metadata["espejo.source"]!);
  expect(source).toMatchObject({ decimal: ",", thousands: ".", encoding: "latin-1", dates: "dmy" });
});

test("the same seed gives the same bytes, whatever the output is called and wherever it lies", async () => {
  const [place, elsewhere] = [folder(), folder()];
  const text = smallTable().replace("odd", "Class");
  fileIn(place, "t.csv", text);
  fileIn(elsewhere, "another name.csv", text);
  await trainTo(place, "t.csv", "a.onnx");
  await trainTo(place, "t.csv", "b.model");
  await trainTo(elsewhere, "another name.csv", "c.onnx");
  const first = read(place, "a.onnx").bytes;
  expect(read(place, "b.model").bytes.equals(first)).toBe(true);
  expect(read(elsewhere, "c.onnx").bytes.equals(first)).toBe(true);
  const other = await espejo(
    ["train", "t.csv", "--label", "Class", "--epochs", "3", "--seed", "7", "-o", "d.onnx"],
    { in: place },
  );
  expect(other.code).toBe(0);
  expect(read(place, "d.onnx").bytes.equals(first)).toBe(false);
});

test("standard input gives the same model as the file", async () => {
  const place = folder();
  const text = smallTable().replace("odd", "Class");
  fileIn(place, "t.csv", text);
  await trainTo(place, "t.csv", "file.onnx");
  await trainTo(place, "-", "stdin.onnx", text);
  sameButForSource(place, "file.onnx", "stdin.onnx");
});

/** A table as a plain OpenDocument workbook. */
function asFods(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    if (text === "") return "<table:table-cell/>";
    const type = /^\d{4}-/.test(text)
      ? `"date" office:date-value="${text}"`
      : /^-?[\d.]+$/.test(text)
        ? `"float" office:value="${text}"`
        : '"string"';
    return `<table:table-cell office:value-type=${type}><text:p>${text}</text:p></table:table-cell>`;
  };
  const lines = rows.map((row) => `<table:table-row>${row.map(cell).join("")}</table:table-row>`);
  return `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="A">${lines.join("")}</table:table></office:spreadsheet></office:body></office:document>`;
}

/** A table as Weka writes it. */
function asArff([names, ...rows]: readonly (readonly string[])[]): string {
  const types = ["date yyyy-MM-dd", "{north,south}", "numeric", "numeric", "{ok,odd}"];
  const head = names!.map((name, i) => `@attribute ${name} ${types[i]}`);
  const lines = rows.map((row) => row.map((cell) => (cell === "" ? "?" : cell)).join(","));
  return ["@relation t", ...head, "@data", ...lines].join("\n");
}

test("packed, in a workbook, by columns or from Weka, the same table gives the same model", async () => {
  const place = folder();
  const rows = Array.from({ length: 240 }, (_, i) => {
    const day = new Date(Date.UTC(2023, 0, 1 + ((i * 7) % 240))).toISOString().slice(0, 10);
    const odd = i % 20 === 7;
    const a = (((i * 37) % 11) / 10).toFixed(2);
    const b = i % 50 === 3 ? "" : ((odd ? -3 : 1) * Number(a) + ((i * 17) % 7) / 10).toFixed(3);
    return [day, i % 60 === 9 ? "" : ["north", "south"][i % 2]!, a, b, odd ? "odd" : "ok"];
  });
  const table = [["day", "place", "a", "b", "Class"], ...rows];
  const csv = `${table.map((row) => row.join(",")).join("\n")}\n`;
  const json = (text: string): string =>
    text === "" ? "null" : /^-?[\d.]+$/.test(text) ? text : `"${text}"`;
  const columns = table[0]!.map(
    (name, j) => `"${name}": {${rows.map((row, i) => `"${i}": ${json(row[j]!)}`)}}`,
  );
  const files: Readonly<Record<string, string | Uint8Array>> = {
    "t.csv": csv,
    "t.zip": zip({ "t.csv": csv, "README.md": "about" }),
    "t.csv.zst": rawFrame(csv),
    "t.fods": asFods(table),
    "t.json": `{${columns}}`,
    "t.arff": asArff(table),
  };
  for (const [name, content] of Object.entries(files)) {
    fileIn(place, name, content);
    await trainTo(place, name, `${name}.onnx`);
    sameButForSource(place, "t.csv.onnx", `${name}.onnx`);
  }
  // and from a pipe
  const words = [
    "train",
    "-",
    "--label",
    "Class",
    "--epochs",
    "3",
    "-o",
    "pipe.onnx",
    "--run",
    "r",
  ];
  const call = await espejo(words, { in: place, input: files["t.zip"]! });
  expect(call.code).toBe(0);
  sameButForSource(place, "t.csv.onnx", "pipe.onnx");
  for (const name of Object.keys(files)) {
    const [own, other] = await Promise.all(
      [name, "t.csv"].map((data) =>
        espejo(["score", data, "-m", `${name}.onnx`, "--format", "csv"], { in: place }),
      ),
    );
    expect(own!.out).toBe(other!.out);
    expect(own!.code).toBe(0);
  }
});
