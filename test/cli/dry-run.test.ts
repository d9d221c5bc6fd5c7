import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

test("--dry-run says what would be trained, as the training then does, and leaves nothing", async () => {
  const path = folder();
  fileIn(path, "t.csv", smallTable(200));
  const options = [
    "t.csv",
    "--label",
    "odd",
    "--kind",
    "sparse",
    "--hidden",
    "5,4",
    "--latent",
    "3",
  ];
  const told = await espejo(["train", ...options, "--dry-run"], { in: path });
  expect(told.code).toBe(0);
  expect(told.out).toMatch(/^\d+ parameters$/m);
  expect(existsSync(join(path, "runs"))).toBe(false);

  const answer = await espejo(["train", ...options, "--dry-run", "--json"], { in: path });
  const described = JSON.parse(answer.out);
  expect(described.networks).toHaveLength(1);
  expect(described.networks[0].map(({ role, units }: never) => [role, units])).toEqual([
    ["input", described.width],
    ...[
      ["encoder", 5],
      ["encoder", 4],
      ["code", 3],
      ["decoder", 4],
      ["decoder", 5],
    ],
    ["output", expect.any(Number)],
  ]);
  const trained = await espejo(["train", ...options, "--epochs", "1", "--json", "-o", "m.onnx"], {
    in: path,
  });
  const events = (trained.out + trained.err).split("\n").filter(Boolean);
  const network = events
    .map((line) => JSON.parse(line) as { event: string } & Record<string, unknown>)
    .find(({ event }) => event === "network")!;
  expect(described.parameters).toBe(network.parameters);
  expect(described.rows).toEqual(network.rows);
});

test("--dry-run refuses what a training refuses, and warns of a network larger than its data", async () => {
  const path = folder();
  fileIn(path, "t.csv", smallTable(60));
  const idle = await espejo(["train", "t.csv", "--beta", "2", "--dry-run"], { in: path });
  expect(idle.code).toBe(2);
  expect(idle.err).toContain("--beta changes nothing in the kind basic");
  const large = await espejo(["train", "t.csv", "--hidden", "400", "--dry-run", "--json"], {
    in: path,
  });
  expect(JSON.parse(large.out).notes.map(({ code }: never) => code)).toContain("few_rows");
});
