import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fileSource } from "../../src/training/file-source.ts";
import type { RowSource } from "../../src/training/rows.ts";

// more blocks than fit into the buffer at once: 4 MB a block, 32 MB of buffer
const rows = 20_000;
const width = 512;
const folder = mkdtempSync(join(tmpdir(), "espejo-test-"));
const path = join(folder, "rows.bin");
const cells = new Float32Array(rows * width);
for (let i = 0; i < rows; i++) cells.fill(i, i * width, (i + 1) * width);
writeFileSync(path, new Uint8Array(cells.buffer));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The numbers of the rows from a place of an epoch to its end, asked for in pieces. */
async function order(source: RowSource, epoch: number, from = 0, piece = 999): Promise<number[]> {
  await source.start(epoch, from);
  const numbers: number[] = [];
  for (let at = from; at < rows; at += piece) {
    const count = Math.min(piece, rows - at);
    const buffers = { x: new Float32Array(count * 511), mask: new Float32Array(count) };
    await source.fill(buffers, count);
    for (let i = 0; i < count; i++) {
      const own = buffers.x.subarray(i * 511, (i + 1) * 511);
      if (own[0] !== own[510] || own[0] !== buffers.mask[i]) throw new Error("rows are torn apart");
      numbers.push(own[0]!);
    }
  }
  return numbers;
}
const open = (seed: number) => fileSource({ path, rows }, { x: 511, mask: 1 }, seed);

test("an epoch from a file shows every row once, in an order of its own, from the seed", async () => {
  const source = await open(1);
  const first = await order(source, 0);
  expect([...first].sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
  expect(await order(source, 1)).not.toEqual(first);
  expect(await order(source, 0)).toEqual(first);
  await source.close?.();
  const other = await open(2);
  expect(await order(other, 0)).not.toEqual(first);
  await other.close?.();
});

test("it goes on anywhere, and without shuffling it is the order of the file", async () => {
  const source = await open(1);
  const whole = await order(source, 3);
  for (const from of [1, 2048, 16_384, 19_999]) {
    const rest = await order(source, 3, from, 4096);
    expect(rest).toEqual(whole.slice(from));
  }
  expect(await order(source, -1)).toEqual([...Array(rows).keys()]);
  await source.close?.();
});
