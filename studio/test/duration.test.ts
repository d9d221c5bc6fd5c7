import { expect, test } from "vitest";
import { duration } from "../src/duration.ts";

test("a time has the two units that matter", () => {
  expect(duration(0)).toBe("0 s");
  expect(duration(59.9)).toBe("59 s");
  expect(duration(125)).toBe("2 min 05 s");
  expect(duration(3725)).toBe("1 h 02 min");
  // clocks that differ
  expect(duration(-3)).toBe("0 s");
});
