import { expect, test } from "vitest";
import { back, begin, changed, forth } from "../src/data/history.ts";

test("what is undone is done again, until something else is", () => {
  const three = changed(changed(begin("a"), "b"), "c");
  expect(back(three).now).toBe("b");
  expect(back(back(three)).now).toBe("a");
  expect(forth(back(back(three))).now).toBe("b");
  expect(forth(forth(back(back(three))))).toEqual(three);
  const other = changed(back(three), "d");
  expect(other.undone).toEqual([]);
  expect(back(other).now).toBe("b");
});

test("nothing comes before the first, nor after the last", () => {
  const one = begin("a");
  expect(back(one)).toBe(one);
  expect(forth(one)).toBe(one);
});
