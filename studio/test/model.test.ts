import { expect, test } from "vitest";
import type { KindTold } from "../../src/studio/api/training.ts";
import {
  type Choice,
  choiceOf,
  queryOf,
  toggled,
  verbOf,
  withOption,
  withRecipe,
} from "../src/model/choice.ts";
import { formulaOf } from "../src/model/formulas.ts";
import { added, hiddenText, layersOf, removed, resized, sizesOf } from "../src/model/hourglass.ts";

const kind = (name: string, role: KindTold["role"]): KindTold => ({
  ...{ name, role, about: "", formula: "", source: "" },
});
const kinds = [
  ...[kind("basic", "network"), kind("ensemble", "network")],
  ...[kind("tied", "code"), kind("variational", "code")],
  ...[kind("sparse", "restriction"), kind("denoising", "restriction")],
];

test("an address says a choice, and a choice its address", () => {
  const choice: Choice = {
    recipe: "reduce",
    options: { kind: "tied+sparse", hidden: "6,4", private: true },
  };
  const query = queryOf(choice);
  expect(query).toEqual({ recipe: "reduce", kind: "tied+sparse", hidden: "6,4", private: null });
  expect(choiceOf(query as never)).toEqual(choice);
  expect(choiceOf({})).toEqual({ recipe: "anomalies", options: {} });
});

test("a recipe sets the command and the code, and keeps what is no part of the network", () => {
  const reduce = withRecipe(
    { recipe: "anomalies", options: { kind: "sparse", seed: "7" } },
    "reduce",
  );
  expect(reduce).toEqual({ recipe: "reduce", options: { seed: "7", latent: "2" } });
  expect(verbOf(reduce)).toBe("train");
  const index = withRecipe(reduce, "index");
  expect(index.options).toEqual({ seed: "7", latent: "1" });
  expect(withOption(index, "latent", "3").recipe).toBe("reduce");
  expect(withOption(index, "seed", null).options).toEqual({ latent: "1" });
});

test("kinds are joined where they go together, in the order in which they are put on each other", () => {
  expect(toggled(undefined, "sparse", kinds)).toBe("sparse");
  expect(toggled("sparse", "tied", kinds)).toBe("tied+sparse");
  expect(toggled("tied+sparse", "variational", kinds)).toBe("variational+sparse");
  expect(toggled("tied+sparse", "sparse", kinds)).toBe("tied");
  expect(toggled("tied", "tied", kinds)).toBe(null);
  expect(toggled("tied+sparse", "ensemble", kinds)).toBe("ensemble");
  expect(toggled("ensemble", "denoising", kinds)).toBe("denoising");
  expect(toggled("ensemble", "ensemble", kinds)).toBe(null);
});

test("layers come, go and change their widths; the way back is their mirror", () => {
  const sizes = { hidden: [8, 6], latent: 2 };
  expect(resized(sizes, 1, 5.4)).toEqual({ hidden: [8, 5], latent: 2 });
  expect(resized(sizes, 2, -3)).toEqual({ hidden: [8, 6], latent: 1 });
  expect(added(sizes, 2, 20)).toEqual({ hidden: [8, 6, 3], latent: 2 });
  expect(added({ hidden: [], latent: 4 }, 0, 16)).toEqual({ hidden: [8], latent: 4 });
  expect(removed(sizes, 0)).toEqual({ hidden: [6], latent: 2 });
  expect(hiddenText(sizes)).toBe("8,6");
  expect(hiddenText({ hidden: [], latent: 2 })).toBe("0");
  expect(layersOf(sizes, 10, 9).map(({ units, mirror }) => [units, mirror])).toEqual([
    ...[
      [10, false],
      [8, false],
      [6, false],
      [2, false],
      [6, true],
      [8, true],
      [9, false],
    ],
  ]);
});

test("sizes that are said lie over those that were described, also before the studio answers", () => {
  const stages = [
    ...[
      { role: "input", units: 10 },
      { role: "encoder", units: 5 },
      { role: "code", units: 2 },
    ],
  ].map((stage) => ({ ...stage, activation: "" }) as never);
  expect(sizesOf(stages, {})).toEqual({ hidden: [5], latent: 2 });
  expect(sizesOf(stages, { hidden: "0", latent: "3" })).toEqual({ hidden: [], latent: 3 });
  expect(sizesOf(stages, { hidden: "7,x", latent: "" })).toEqual({ hidden: [5], latent: 2 });
});

test("every kind of the page has its formula", () => {
  for (const name of [
    ...["basic", "ensemble", "tied", "variational", "adversarial", "wasserstein"],
    ...["sparse", "contractive", "robust", "denoising"],
  ])
    expect(formulaOf(name), name).toMatch(/^<math display="block"><mrow>/);
  expect(formulaOf("nothing")).toBeUndefined();
});
