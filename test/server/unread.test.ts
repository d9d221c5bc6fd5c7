import { expect, test } from "vitest";
import { Unread } from "../../src/server/pool/unread.ts";

test("by turns the first body and the smallest are read; who leaves is not", async () => {
  const unread = new Unread<string[]>();
  const join = (name: string, bytes: number) =>
    unread.join(bytes, async (read) => {
      read.push(name);
    });
  join("great", 900);
  join("greater", 1000);
  const leave = join("gone", 1);
  join("small", 10);
  join("greatest", 5000);
  leave();
  expect(unread.length).toBe(4);
  const read: string[] = [];
  for (let next = unread.take(); next; next = unread.take()) await next(read);
  expect(read).toEqual(["great", "small", "greater", "greatest"]);
  expect(unread.length).toBe(0);
});
