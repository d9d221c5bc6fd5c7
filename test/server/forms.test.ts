import type { FastifyInstance } from "fastify";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildServer } from "../../src/server/build-server.ts";
import { boundary, formOf, type Part, written, writtenType } from "./forms.ts";
import { tableOf, trainModels } from "./models.ts";

let app: FastifyInstance;
let images: readonly Buffer[];
beforeAll(async () => {
  const { path } = await trainModels();
  const names = ["clients", "pictures", "waves"].map(path);
  ({ app } = await buildServer(names, { defaultModel: "clients", maxRows: 100 }));
  const grey = (value: number) =>
    sharp({ create: { width: 16, height: 16, channels: 3, background: `rgb(${value},0,0)` } });
  images = await Promise.all([
    grey(10).png().toBuffer(),
    grey(120).jpeg().toBuffer(),
    grey(250).webp().toBuffer(),
  ]);
});
afterAll(() => app.close());

const post = (
  url: string,
  { payload, headers }: { payload: Buffer | string; headers: object },
  more = {},
) => app.inject({ method: "POST", url, payload, headers: { ...headers, ...more } });
const send = async (url: string, ...parts: readonly Part[]) => post(url, await formOf(...parts));
const scoresOf = (answer: { json(): { rows: { score: number }[] } }) =>
  answer.json().rows.map(({ score }) => score);

const rows = tableOf(30, 9);
const names = Object.keys(rows[0]!);
const csv = [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))].join("\n");
const raw = (body: string, type: string) =>
  post("/score/clients", { payload: body, headers: { "content-type": type } });

describe("a form with a table", () => {
  test.each([
    ["CSV by its type", csv, "rows", "text/csv"],
    ["CSV by its name, as Windows sends it", csv, "rows.CSV", "application/vnd.ms-excel"],
    ["JSON", JSON.stringify(rows), "rows.json", "application/json"],
    ["NDJSON by its name", rows.map((row) => JSON.stringify(row)).join("\n"), "rows.ndjson", ""],
  ])("%s gives the scores of the same body without a form", async (_, body, name, type) => {
    const known = scoresOf(await raw(csv, "text/csv"));
    const answer = await send("/score/clients", ["anything", body, name, type]);
    expect(answer.statusCode).toBe(200);
    expect(scoresOf(answer)).toEqual(known);
    expect(answer.json().rows[0]).toMatchObject({ client: "c0" });
    expect(answer.json().rows[0]).not.toHaveProperty("file");
  });

  test("fields are options, empty ones and files that were not chosen are none", async () => {
    const semicolons = csv.replaceAll(",", ";").replaceAll(".", ",");
    const answer = await send(
      "/score",
      ["reasons", "all"],
      ["decimal", ","],
      ["delimiter", ""],
      ["format", "csv"],
      ["more", "", "", "application/octet-stream"],
      ["file", semicolons, "filas.csv", "text/csv"],
    );
    expect(answer.headers["content-type"]).toMatch(/^text\/csv/);
    const lines = answer.body.trim().split("\n");
    expect(lines[0]).toBe("client,score,is_anomaly,reason_1,reason_2,reason_3");
    expect(lines).toHaveLength(31);
    const known = scoresOf(await raw(csv, "text/csv"));
    expect(Number(lines[1]!.split(",")[1])).toBe(known[0]);
  });

  test("a great one is read in a thread", async () => {
    const great = csv + `\n${" ".repeat(10)}`.repeat(7000);
    expect(great.length).toBeGreaterThan(70_000);
    const answer = await send("/score/clients", ["file", great, "rows.csv", "text/csv"]);
    expect(scoresOf(answer)).toEqual(scoresOf(await raw(csv, "text/csv")));
  });

  test("sequences in CSV, and `format` in the address too", async () => {
    const steps = Array.from({ length: 24 }, (_, i) => `${Math.sin(i)},${i}`).join("\n");
    const answer = await send("/score/waves?format=ndjson", ["file", steps, "w.csv", "text/csv"]);
    expect(answer.body.trim().split("\n")).toHaveLength(2);
  });
});

describe("a form with images", () => {
  test("rows are the images in their order, each with the name of its file", async () => {
    const answer = await send(
      "/score/pictures",
      ["image", images[0]!, "a.png", "image/png"],
      ["image", images[1]!, "señal.jpg", ""],
      ["other", images[2]!, "c.webp", "application/octet-stream"],
      ["reasons", "all"],
    );
    expect(answer.json().rows.map(({ file }: { file: string }) => file)).toEqual([
      ...["a.png", "señal.jpg", "c.webp"],
    ]);
    const alone = await Promise.all(
      images.map(async (payload, i) => {
        const type = ["image/png", "image/jpeg", "image/webp"][i]!;
        const each = await post("/score/pictures", { payload, headers: { "content-type": type } });
        return scoresOf(each)[0]!;
      }),
    );
    scoresOf(answer).forEach((score, i) => {
      expect(score).toBeCloseTo(alone[i]!, 5);
    });
    const table = await post(
      "/score/pictures",
      await formOf(["image", images[0]!, "../b.png"], ["image", images[0]!, "a,b.png"]),
      { accept: "text/csv" },
    );
    expect(table.body.split("\n").map((line) => line.split(/,(?=[\d"s])/)[0])).toEqual([
      ...["file", "b.png", '"a,b.png"', ""],
    ]);
  });

  test("images that are too large, alone or together, are refused before they are decoded", async () => {
    const of = (side: number) =>
      sharp({ create: { width: side, height: side, channels: 3, background: "#fff" } })
        .png({ compressionLevel: 1 })
        .toBuffer();
    const [large, huge] = [new Uint8Array(await of(7000)), new Uint8Array(await of(7100))];
    const alone = await send("/score/pictures", ["image", huge, "huge.png", "image/png"]);
    expect(alone.json().message).toMatch(/^huge\.png: .*an image of more than 50000000 pixels$/);
    const parts = Array.from({ length: 11 }, (_, i): Part => ["image", large, `${i}.png`]);
    const many = await send("/score/pictures", ...parts);
    expect([many.statusCode, many.json().code]).toEqual([413, "request_pixels"]);
    expect(many.json().message).toMatch(/^the images have more than 500 million pixels together/);
  });

  test("one that is no image is named", async () => {
    const answer = await send(
      "/score/pictures",
      ["image", images[0]!, "a.png", "image/png"],
      ["image", "nothing", "b.png", "image/png"],
    );
    expect([answer.statusCode, answer.json().code]).toEqual([400, "request_invalid"]);
    expect(answer.json().message).toBe(
      "b.png: an image in PNG, JPEG or WebP is expected, got 7 bytes that are no whole image",
    );
  });
});

test("images that are too great together are refused before any is decoded", async () => {
  const side = 7000;
  const wide = await sharp({
    create: { width: side, height: side, channels: 3, background: "#777" },
  })
    .png({ palette: true })
    .toBuffer();
  const images = (count: number) =>
    Array.from({ length: count }, (_, i): Part => ["image", wide, `${i}.png`, "image/png"]);
  expect((await send("/score/pictures", ...images(1))).statusCode).toBe(200);
  const answer = await send("/score/pictures", ...images(11));
  expect([answer.statusCode, answer.json().code]).toEqual([413, "request_pixels"]);
});

describe("what is wrong with a form is said", () => {
  const file: Part = ["file", csv, "rows.csv", "text/csv"];
  const png = (name = "a.png"): Part => ["image", new Uint8Array(images[0]!), name, "image/png"];
  const many = (count: number, part: (i: number) => Part) =>
    Array.from({ length: count }, (_, i) => part(i));
  test.each<readonly [string, string, () => readonly Part[], number, string, RegExp]>([
    ["no file", "clients", () => [["reasons", "all"]], 400, "request_invalid", /^the form: a file/],
    ["nothing", "clients", () => [], 400, "request_invalid", /^the form: a file/],
    [
      "two tables",
      "clients",
      () => [file, file],
      400,
      "request_invalid",
      /^the form: one table.*rows\.csv, rows\.csv$/,
    ],
    [
      "a table and an image",
      "pictures",
      () => [file, png()],
      400,
      "request_invalid",
      /one table, or images alone/,
    ],
    [
      "an image for a table",
      "clients",
      () => [png()],
      415,
      "request_content",
      /takes tables.*"image\/png".*text\/csv/,
    ],
    [
      "CSV for images",
      "pictures",
      () => [file],
      415,
      "request_content",
      /takes images.*"text\/csv".*image\/webp/,
    ],
    [
      "a file of another kind",
      "clients",
      () => [["file", "x", "rows.xlsx"]],
      400,
      "request_invalid",
      /^rows\.xlsx: a file in CSV/,
    ],
    [
      "a field that nobody knows",
      "clients",
      () => [file, ["colour", "red"]],
      400,
      "request_invalid",
      /^the form: one of format, .*got "colour"$/,
    ],
    [
      "an option of another value",
      "clients",
      () => [file, ["format", "xml"]],
      400,
      "request_invalid",
      /^format: one of json, csv, ndjson/,
    ],
    [
      "an option twice",
      "clients",
      () => [file, ["reasons", "all"], ["reasons", "none"]],
      400,
      "request_invalid",
      /^reasons: one value.*got all, none$/,
    ],
    [
      "an option in the address too",
      "clients?reasons=all",
      () => [file, ["reasons", "all"]],
      400,
      "request_invalid",
      /^reasons: one value/,
    ],
    [
      "a field that is too long",
      "clients",
      () => [file, ["delimiter", "x".repeat(1001)]],
      400,
      "request_invalid",
      /^delimiter: a text of at most 1000/,
    ],
    [
      "many fields",
      "clients",
      () => [file, ...many(40, (i) => [`a${i}`, "1"])],
      400,
      "request_invalid",
      /^the form: at most 32 fields/,
    ],
    [
      "many images",
      "pictures",
      () => many(101, (i) => png(`${i}.png`)),
      413,
      "request_rows",
      /more than 100 rows/,
    ],
    [
      "a table without rows",
      "clients",
      () => [["file", `${names}`, "rows.csv"]],
      422,
      "file_no_rows",
      /^rows/,
    ],
    [
      "a table of another width",
      "clients",
      () => [["file", `${csv}\n1`, "rows.csv"]],
      422,
      "request_width",
      /line 32/,
    ],
    [
      "__proto__",
      "clients",
      () => [file, ["__proto__", "1"]],
      400,
      "request_invalid",
      /got "__proto__"$/,
    ],
    [
      "toString",
      "clients",
      () => [file, ["toString", "1"]],
      400,
      "request_invalid",
      /got "toString"$/,
    ],
  ])("%s", async (_, model, parts, status, code, message) => {
    const answer = await send(`/score/${model}`, ...parts());
    expect(answer.json().message).toMatch(message);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  const disposition = 'Content-Disposition: form-data; name="file"; filename="rows.csv"';
  const whole = written([disposition, csv]);
  test.each([
    [
      "no boundary",
      whole,
      "multipart/form-data",
      /^the body cannot be read: its Content-Type names no boundary/,
    ],
    [
      "an endless boundary",
      whole,
      `multipart/form-data; boundary=${"x".repeat(300)}`,
      /names no boundary/,
    ],
    ["another boundary", whole, "multipart/form-data; boundary=other", /no whole form/],
    ["no end", whole.slice(0, -20), writtenType["content-type"], /no whole form/],
    ["a head that ends", whole.slice(0, 40), writtenType["content-type"], /no whole form/],
    ["no parts", `--${boundary}--\r\n`, writtenType["content-type"], /^the form: a file/],
    [
      "a part without a name",
      written([disposition, csv], ["Content-Type: text/csv", csv]),
      writtenType["content-type"],
      /^the form: a name and a value in each part/,
    ],
    ["no body", "", writtenType["content-type"], /no whole form/],
  ])("%s", async (_, payload, type, message) => {
    const answer = await post("/score/clients", { payload, headers: { "content-type": type } });
    expect(answer.json().message).toMatch(message);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toMatch(/^request_/);
  });

  test("a boundary in quotes and a text before the first part are usual", async () => {
    const answer = await post("/score/clients", {
      payload: `Hello\r\n${whole}`,
      headers: { "content-type": `Multipart/Form-Data; charset=utf-8; boundary="${boundary}"` },
    });
    expect(scoresOf(answer)).toEqual(scoresOf(await raw(csv, "text/csv")));
  });

  test("MLflow's door knows no forms", async () => {
    const answer = await send("/invocations", file);
    expect([answer.statusCode, answer.json().code]).toEqual([415, "request_type"]);
  });
});

test("/openapi.json tells of forms and their fields", async () => {
  const { paths } = (await app.inject({ url: "/openapi.json" })).json();
  const { schema } = paths["/score/{model}"].post.requestBody.content["multipart/form-data"];
  expect(Object.keys(schema.properties)).toEqual([
    ...[
      "file",
      "format",
      "reasons",
      "reconstruction",
      "delimiter",
      "decimal",
      "thousands",
      "dates",
      "header",
    ],
  ]);
});
