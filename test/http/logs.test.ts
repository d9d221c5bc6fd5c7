import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { loggerTo } from "../../src/http/logs.ts";

/** A stream that keeps what it is given, write by write. */
function kept() {
  const writes: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      writes.push(text);
      done();
    },
  });
  return { writes, stream };
}

test("lines of one turn of the event loop are written at once, in their order", async () => {
  const { writes, stream } = kept();
  const log = loggerTo(stream, { eyes: false });
  for (let i = 0; i < 5; i++) log.info({ i }, "request");
  expect(writes).toEqual([]);
  await new Promise(setImmediate);
  log.info({ i: 5 }, "request");
  await new Promise(setImmediate);
  expect(writes).toHaveLength(2);
  const lines = writes.join("").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).i)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("for eyes there is a line without names of fields", async () => {
  const { writes, stream } = kept();
  loggerTo(stream, { eyes: true }).info("model loaded");
  await new Promise(setImmediate);
  expect(writes.join("")).toMatch(/INFO.*model loaded/);
  expect(writes.join("")).not.toContain('"level"');
});
