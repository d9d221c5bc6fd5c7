import { expect, test } from "vitest";
import type { RankedPage, RankedRow } from "../../../src/studio/api/runs.ts";
import { pageRows, RankedPages } from "../../src/explore/ranking/ranked-pages.ts";

const rowAt = (index: number): RankedRow => ({
  ...{ rank: index + 1, row: index, ids: [], score: -index },
  ...{ labelled: null, reasons: [], mark: null },
});

/** A server whose answers come when they are let go. */
function slow(total: number) {
  const open = new Map<number, { done: (page: RankedPage) => void; fail: (why: Error) => void }>();
  const asked: number[] = [];
  const givenUp: number[] = [];
  let changes = 0;
  const pages = new RankedPages(
    (from, rows, signal) => {
      asked.push(from);
      return new Promise((done, fail) => {
        open.set(from, { done, fail });
        signal.addEventListener("abort", () => {
          givenUp.push(from);
          fail(new DOMException("given up", "AbortError"));
        });
      }).then((page) => {
        expect(rows).toBe(pageRows);
        return page as RankedPage;
      });
    },
    () => {
      changes += 1;
    },
  );
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
  return {
    ...{ pages, asked, givenUp },
    changes: () => changes,
    async answer(from: number) {
      const rows = Array.from({ length: Math.min(pageRows, total - from) }, (_, i) =>
        rowAt(from + i),
      );
      open.get(from)!.done({ total, rows });
      await settled();
    },
    async refuse(from: number) {
      open.get(from)!.fail(new Error("no"));
      await settled();
    },
  };
}

test("the first page tells how many rows there are, and each row is at its place", async () => {
  const { pages, answer, asked } = slow(450);
  expect(pages.total).toBeNull();
  pages.want(0, 30);
  await answer(0);
  expect(pages.total).toBe(450);
  expect(pages.at(17)?.row).toBe(17);
  expect(pages.at(200)).toBeUndefined();
  pages.want(190, 449);
  await answer(200);
  await answer(400);
  expect(pages.at(449)?.row).toBe(449);
  pages.want(0, 10);
  expect(asked).toEqual([0, 200, 400]);
});

test("nothing behind the end is asked for", async () => {
  const { pages, answer, asked } = slow(150);
  pages.want(0, 900);
  await answer(0);
  pages.want(0, 900);
  expect(asked).toEqual([0]);
});

test("what has scrolled by is given up, and asked for again when it is wanted", async () => {
  const { pages, answer, asked, givenUp } = slow(100_000);
  pages.want(0, 30);
  await answer(0);
  pages.want(1000, 1030);
  pages.want(50_000, 50_030);
  expect(givenUp).toEqual([1000]);
  await answer(50_000);
  expect(pages.at(50_010)?.row).toBe(50_010);
  expect(pages.failure).toBeNull();
  pages.want(1000, 1030);
  await answer(1000);
  expect(pages.at(1001)?.row).toBe(1001);
  expect(asked).toEqual([0, 1000, 50_000, 1000]);
});

test("a failure is told, asked for no more by itself, and tried again when a person wants", async () => {
  const { pages, answer, refuse, asked, changes } = slow(500);
  pages.want(0, 30);
  await refuse(0);
  expect(pages.failure).toEqual(new Error("no"));
  expect(changes()).toBe(1);
  pages.want(0, 31);
  expect(asked).toEqual([0]);
  pages.retry();
  await answer(0);
  expect(pages.failure).toBeNull();
  expect(pages.at(3)?.row).toBe(3);
});

test("of many pages the ones looked at longest ago go", async () => {
  const { pages, answer, asked } = slow(100 * pageRows);
  for (let page = 0; page < 100; page++) {
    pages.want(page * pageRows, page * pageRows);
    await answer(page * pageRows);
    // page 0 is looked at every now and then
    if (page % 10 === 9) pages.want(0, 0);
  }
  expect(pages.at(99 * pageRows)).toBeDefined();
  expect(pages.at(0)).toBeDefined();
  expect(pages.at(5 * pageRows)).toBeUndefined();
  expect(asked.filter((from) => from === 0)).toEqual([0]);
});

test("what is closed says no more", async () => {
  const { pages, givenUp, changes } = slow(500);
  pages.want(0, 30);
  pages.close();
  await new Promise((resolve) => setTimeout(resolve));
  expect(givenUp).toEqual([0]);
  expect(changes()).toBe(0);
});
