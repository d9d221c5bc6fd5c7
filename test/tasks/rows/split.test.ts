import { describe, expect, test } from "vitest";
import { parts, splitLabelled, splitUnlabelled } from "../../../src/tasks/rows/split.ts";

describe("with labels", () => {
  const classes = Uint8Array.from({ length: 1000 }, (_, i) =>
    i % 10 === 0 ? 1 : i % 50 === 1 ? 2 : 0,
  );
  const { partOf, counts } = splitLabelled(classes, 1);
  const where = (part: number, kind: number): number =>
    partOf.filter((p, i) => p === part && classes[i] === kind).length;

  test("each class is split 60/20/20", () => {
    const normals = classes.filter((c) => c === 0).length;
    expect(where(parts.calibrate, 0)).toBe(Math.round(normals * 0.2));
    expect(where(parts.calibrate, 1)).toBe(20);
    expect(where(parts.test, 1)).toBe(20);
    expect(counts.train + counts.validate).toBe(Math.round(normals * 0.6));
  });
  test("no anomaly trains or judges, and rows without a label are left out", () => {
    expect(where(parts.train, 1) + where(parts.validate, 1)).toBe(0);
    expect(where(parts.out, 2)).toBe(classes.filter((c) => c === 2).length);
  });
  test("the seed decides", () => {
    expect(splitLabelled(classes, 1).partOf).toEqual(partOf);
    expect(splitLabelled(classes, 2).partOf).not.toEqual(partOf);
  });
});

describe("without labels", () => {
  test("a tenth judges, and no row is left out", () => {
    expect(splitUnlabelled(500, 3).counts).toEqual({
      train: 450,
      validate: 50,
      calibrate: 0,
      test: 0,
      out: 0,
    });
  });
  test("a single row trains", () => {
    expect(splitUnlabelled(1, 3).counts.train).toBe(1);
  });
});
