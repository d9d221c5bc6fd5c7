import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { fileHead } from "../../src/studio/looks/file-head.ts";
import { newFolder, openStudio, shopsFile, token } from "./helpers.ts";

test("nothing answers without the secret of the printed address, and no foreign page is let in", async () => {
  const { app } = await openStudio(newFolder());
  for (const url of ["/api/state", "/api/sources", "/api/events", "/api/runs/x/model"])
    expect((await app.inject({ url })).statusCode).toBe(401);
  const wrong = await app.inject({
    ...{ method: "POST", url: "/api/session", payload: { token: `${token}x` } },
  });
  expect([wrong.statusCode, wrong.cookies]).toEqual([401, []]);
  const refused = async (headers: object) =>
    (
      await app.inject({
        ...{ method: "POST", url: "/api/session", payload: { token }, headers: { ...headers } },
      })
    ).json().code;
  expect(await refused({ host: "evil.example" })).toBe("host_refused");
  expect(await refused({ origin: "https://evil.example" })).toBe("origin_refused");
  const begun = await app.inject({ method: "POST", url: "/api/session", payload: { token } });
  expect(begun.headers["set-cookie"]).toMatch(
    /^espejo-\d+=\w+; Path=\/; HttpOnly; SameSite=Strict$/,
  );
});

test("a dropped file is kept in the project, looked at, and read otherwise where a person says so", async () => {
  const folder = newFolder();
  const { ask } = await openStudio(folder);
  const bytes = readFileSync(shopsFile(newFolder()));
  const dropped = await ask("PUT", "/api/uploads/tiendas.csv", bytes);
  expect(dropped.body).toMatchObject({
    name: "tiendas.csv",
    path: "data/tiendas.csv",
    kind: "dropped",
  });
  expect(readFileSync(join(folder, "data/tiendas.csv"))).toEqual(bytes);
  const { id } = dropped.body;
  const { body: look } = await ask("GET", `/api/sources/${id}/look?language=es`);
  expect(look.rows).toBe(300);
  expect(look.head).toHaveLength(100);
  expect(look.head[0]).toEqual({ row: 1, line: 2, cells: ["1", "Norte", "100,5", "200", "no"] });
  const chip = (name: string) =>
    look.chips.find(({ option }: { option: string }) => option === name);
  expect(chip("delimiter")).toMatchObject({ value: ";", stated: false });
  expect(chip("decimal")).toMatchObject({ value: ",", choices: [".", ","] });
  expect(look.unread).toMatchObject([{ row: 8, column: "ventas" }]);
  expect(look.unread[0].why).toContain("no es un número");
  const sales = look.columns.find(({ name }: { name: string }) => name === "ventas");
  expect(sales).toMatchObject({ type: "number", unread: 1, maximum: 9000.5 });
  expect(look.labels[0].column).toBe("fraude");
  expect(look.command).toBe("espejo detect data/tiendas.csv");

  const options = { types: { visitas: "category" }, ignore: ["pedido"] };
  const again = await ask("PUT", `/api/sources/${id}/options`, { options });
  const types = again.body.columns.map(({ name, type, role }: never) => [name, type, role]);
  expect(types).toContainEqual(["visitas", "category", "feature"]);
  expect(types).toContainEqual(["pedido", "number", "ignore"]);
  expect(again.body.command).toContain("--types visitas=category");
  // what cannot be read is said, and the former options stay
  const bad = await ask("PUT", `/api/sources/${id}/options`, { options: { ignore: ["nadie"] } });
  expect([bad.status, bad.body.code]).toEqual([422, "column_unknown"]);
  const sources = await ask("GET", "/api/sources");
  expect(sources.body[0].options).toEqual(options);
  const shares = await ask("GET", `/api/sources/${id}/shares`);
  expect(shares.body.map(({ name }: { name: string }) => name)).toEqual(
    "pedido tienda ventas visitas fraude".split(" "),
  );

  expect((await ask("DELETE", `/api/sources/${id}`)).status).toBe(204);
  expect(existsSync(join(folder, "data/tiendas.csv"))).toBe(false);
  expect((await ask("GET", `/api/sources/${id}/look`)).body.code).toBe("source_unknown");
});

test("names of dropped files stay inside the project, and none takes the place of another", async () => {
  const { ask } = await openStudio(newFolder());
  const put = (name: string) =>
    ask("PUT", `/api/uploads/${encodeURIComponent(name)}`, Buffer.from("a,b\n1,2\n"));
  for (const name of ["../up.csv", "..", ".hidden", "a\\b.csv", "x".repeat(300), "a:b.csv"])
    expect([name, (await put(name)).status >= 400]).toEqual([name, true]);
  const names = [await put("t.csv.gz"), await put("t.csv.gz"), await put("año 1.csv")];
  expect(names.map(({ body }) => body.path)).toEqual([
    ...["data/t.csv.gz", "data/t (2).csv.gz", "data/año 1.csv"],
  ]);
});

test("a file that is too large leaves nothing behind", async () => {
  const folder = newFolder();
  const { ask } = await openStudio(folder, { uploadLimit: 1000 });
  const answer = await ask("PUT", "/api/uploads/large.csv", Buffer.alloc(5000, "1,2\n"));
  expect([answer.status, answer.body.code]).toEqual([413, "request_large"]);
  expect((await ask("GET", "/api/sources")).body).toEqual([]);
  expect(existsSync(join(folder, "data/large.csv.part"))).toBe(false);
});

test("files are read where they lie, in folders that were opened and no others", async () => {
  const [opened, closed] = [newFolder(), newFolder()];
  const path = shopsFile(opened);
  const other = shopsFile(closed);
  symlinkSync(other, join(opened, "link.csv"));
  mkdirSync(join(opened, "inner"));
  const { ask } = await openStudio(newFolder(), { folders: [opened] });
  const add = async (typed: string) => (await ask("POST", "/api/sources", { path: typed })).body;
  expect(await add(path)).toMatchObject({ path, kind: "file", name: "tiendas.csv" });
  expect((await add(join(opened, "*.csv"))).kind).toBe("file");
  for (const typed of [
    other,
    join(opened, "link.csv"),
    join(opened, "inner/../../x.csv"),
    "/etc/passwd",
  ])
    expect([typed, (await add(typed)).code]).toEqual([typed, "path_closed"]);
  const missing = await add(join(opened, "none.csv"));
  const look = await ask("GET", `/api/sources/${missing.id}/look?language=es`);
  expect([look.status, look.body.code]).toEqual([422, "file_missing"]);
  expect(look.body.error).toContain("no existe");
  expect((await ask("POST", "/api/sources", { path: 3 })).body.code).toBe("request_invalid");
  expect((await ask("POST", "/api/sources", { sample: "faces" })).body.code).toBe("source_unknown");
});

test("of a great file the first rows are shown at once, and then all of it", async () => {
  const folder = newFolder();
  const rows = 600_000;
  const lines = Array.from(
    { length: rows },
    (_, i) => `${i};${i % 7},5;${i === rows - 1 ? "x" : i % 90}`,
  );
  const text = `number;amount;age\n${lines.join("\n")}\n`;
  writeFileSync(join(folder, "great.csv"), text);
  writeFileSync(join(folder, "great.csv.gz"), gzipSync(text));
  for (const name of ["great.csv", "great.csv.gz"]) {
    const head = Buffer.from((await fileHead(join(folder, name)))!).toString();
    expect([name, text.startsWith(head), head.endsWith("\n")]).toEqual([name, true, true]);
  }
  expect(await fileHead(shopsFile(folder))).toBeNull();
  writeFileSync(join(folder, "bytes"), Buffer.alloc(6_000_000));
  expect(await fileHead(join(folder, "bytes"))).toBeNull();

  const { ask, app } = await openStudio(newFolder(), { folders: [folder], patienceMs: 0 });
  const { id } = (await ask("POST", "/api/sources", { path: join(folder, "great.csv") })).body;
  const first = (await ask("GET", `/api/sources/${id}/look`)).body;
  expect(first.partial).toBe(true);
  expect(first.head).toHaveLength(100);
  expect(first.columns.map(({ type }: never) => type)).toEqual(["number", "number", "number"]);
  await vi.waitFor(
    async () => {
      const look = (await ask("GET", `/api/sources/${id}/look`)).body;
      expect([look.partial, look.rows]).toEqual([false, rows]);
      expect(look.columns[2].unread).toBe(1);
    },
    { timeout: 20_000, interval: 200 },
  );
  await app.close();
}, 30_000);

test("a project is a folder of plain files that another studio opens as it was", async () => {
  const folder = newFolder();
  const first = await openStudio(folder);
  await first.ask("PUT", "/api/uploads/t.csv", Buffer.from("a;b\n1,5;2\n2,5;3\n"));
  await first.app.close();
  const file = join(folder, "espejo-project.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    schemaVersion: 1,
    sources: [{ name: "t.csv", path: "data/t.csv" }],
  });
  const second = await openStudio(folder);
  expect((await second.ask("GET", "/api/sources")).body).toHaveLength(1);
  writeFileSync(file, '{"schemaVersion":1,"sources":"none"}');
  await expect(openStudio(folder)).rejects.toMatchObject({ code: "project_damaged" });
  writeFileSync(join(folder, "no-folder"), "");
  await expect(openStudio(join(folder, "no-folder"))).rejects.toMatchObject({ code: /project_/ });
});

test("the password of a database is written nowhere", async () => {
  const folder = newFolder();
  const { ask } = await openStudio(folder);
  const address = "postgres://ana:secret-word@127.0.0.1:1/shop";
  const { body } = await ask("POST", "/api/sources", { address, query: "SELECT 1" });
  expect(body).toMatchObject({ kind: "query", options: { query: "SELECT 1" } });
  const look = await ask("GET", `/api/sources/${body.id}/look`);
  expect(look.status).toBeGreaterThanOrEqual(400);
  for (const text of [
    JSON.stringify([body, look.body]),
    readFileSync(join(folder, "espejo-project.json"), "utf8"),
  ])
    expect(text).not.toContain("secret-word");
});
