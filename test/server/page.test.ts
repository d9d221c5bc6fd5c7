import { readdirSync, readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildServer } from "../../src/server/build-server.ts";
import { pageTexts } from "../../src/server/page/texts.ts";
import { trainModels } from "./models.ts";

let app: FastifyInstance;
beforeAll(async () => {
  const { path } = await trainModels();
  ({ app } = await buildServer(["clients", "pictures", "waves"].map(path)));
});
afterAll(() => app.close());

const folder = new URL("../../src/server/page/", import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => name !== "texts.ts")
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

test("the page uses every text that it has, and has every text that it uses", () => {
  const all = sources.join("\n").replace(/[=!]== "\w+"/g, "");
  const used = new Set(
    [...all.matchAll(/\b(?:text|key)\(([^()]*)/g)].flatMap(([, inside]) =>
      [...inside!.matchAll(/"(\w+)"/g)].map(([, key]) => key!),
    ),
  );
  const listed = [...all.matchAll(/"(\w+)"/g)].map(([, key]) => key!);
  for (const texts of Object.values(pageTexts)) {
    expect([...used].filter((key) => !(key in texts))).toEqual([]);
    expect(Object.keys(texts).filter((key) => !listed.includes(key))).toEqual([]);
  }
});

test("texts of both languages have the same places, and none is the same but names", () => {
  const { en, es } = pageTexts;
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(es)) {
    const english = en[key as keyof typeof en];
    expect([key, places(text)]).toEqual([key, places(english)]);
    if (text === english)
      expect(["token", "named", "normal", "original", "variable"]).toContain(key);
  }
});

test("all that the page loads is there, and is its own", async () => {
  const { body } = await app.inject({ url: "/", headers: { "accept-language": "es" } });
  expect(body).toContain('<html lang="es">');
  const loaded = [...body.matchAll(/(?:src|href)="([\w./]+)"/g)].map(([, to]) => to!);
  expect(loaded).toEqual(["page.css", "docs", "page/script.js"]);
  const scripts = new Set<string>();
  const load = async (name: string): Promise<void> => {
    if (scripts.has(name)) return;
    scripts.add(name);
    const answer = await app.inject({ url: `/page/${name}` });
    expect([name, answer.statusCode]).toEqual([name, 200]);
    expect(answer.headers["content-type"]).toMatch(/^text\/javascript/);
    for (const [, to] of answer.body.matchAll(/from "([^"]+)"/g)) {
      expect(to).toMatch(/^\.\/\w+\.js$/);
      await load(to!.slice(2));
    }
  };
  await load("script.js");
  expect(scripts.size).toBe(7);
});

test("a model is described as its form needs it", async () => {
  const of = async (name: string) => (await app.inject({ url: `/score/${name}` })).json();
  expect(await of("pictures")).toMatchObject({ content: "images", shape: [8, 8, 1] });
  const waves = await of("waves");
  expect(waves).toMatchObject({ content: "sequences", shape: [12, 2] });
  expect(waves.usual).toHaveLength(2);
  const { columns } = await of("clients");
  expect(columns.map(({ name }: { name: string }) => name)).toEqual([
    ...["amount", "balance", "country", "opened", "active", "visits"],
  ]);
  const amount = columns[0].usual as number;
  expect(Math.abs(amount - 100)).toBeLessThan(10);
  expect(String(amount).length).toBeLessThan(8);
});

test("what a model rebuilt comes beside its rows where it is asked for", async () => {
  const ask = async (url: string, payload: unknown, headers: Record<string, string> = {}) =>
    app.inject({ method: "POST", url, headers, payload: JSON.stringify(payload) });
  const wave = Array.from({ length: 12 }, (_, i) => [i === 3 ? null : Math.sin(i), 1]);
  const [heard] = (await ask("/score/waves?reconstruction=true", [wave])).json().rows;
  expect(heard.input.flat().map((cell: unknown) => cell === null)).toEqual(
    wave.flat().map((cell) => cell === null),
  );
  const v2 = async (name: string, body: object) =>
    (
      await ask(`/v2/models/${name}/infer`, { ...body, outputs: [{ name: "reconstruction" }] })
    ).json().outputs[0].data as readonly number[];
  const input = { name: "x", shape: [1, 12, 2], datatype: "FP64", data: wave };
  const rebuilt = await v2("waves", { inputs: [input] });
  (heard.reconstruction.flat() as number[]).forEach((value, i) => {
    expect(Math.abs(value - rebuilt[i]!)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
  });
  const image = Array.from({ length: 8 }, () => Array.from({ length: 8 }, (_, x) => [10 * x]));
  const [seen] = (await ask("/score/pictures?reconstruction=true", [image])).json().rows;
  expect(seen.input).toEqual(image);
  expect(seen.reconstruction.map((line: unknown[]) => line.length)).toEqual(new Array(8).fill(8));

  const row = {
    amount: 1,
    balance: 2,
    country: "ES",
    opened: "2024-05-06",
    active: true,
    visits: 3,
  };
  const [{ reconstruction, input: none }] = (
    await ask("/score/clients?reconstruction=true", row)
  ).json().rows;
  expect(none).toBeUndefined();
  expect(Object.keys(reconstruction)).toEqual(Object.keys(row));
  expect(["ES", "PT"]).toContain(reconstruction.country);
  expect(reconstruction.opened).toMatch(/^2024-\d\d-\d\d/);
  const csv = await ask("/score/clients?reconstruction=true&format=csv", row);
  expect([csv.statusCode, csv.json().code]).toEqual([400, "request_invalid"]);
});
