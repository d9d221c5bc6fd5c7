import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { idx } from "../data/arrays.ts";
import { png16 } from "../data/pictures.ts";
import { fileIn, smallTable } from "./helpers.ts";

/** Data of a content in a folder, and how `espejo detect` is called on them. */
export interface RunContent {
  readonly data: string;
  write(place: string): void | Promise<void>;
  readonly words: readonly string[];
  /** Trainings beside the first that a run keeps. */
  readonly beside?: readonly string[];
}

/** Machines side by side: a value of each at each hour, with two odd stretches. */
function series(keys: number, hours = 90): string {
  const lines = Array.from({ length: keys * hours }, (_, i) => {
    const [key, hour] = [Math.floor(i / hours), i % hours];
    const time = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 19);
    const odd = hour > 60 && hour < 66 && key === 0;
    const a = Math.sin(hour / 3 + key) + (odd ? 6 : 0);
    return `m${key},${time},${a.toFixed(4)},${(Math.cos(hour / 5) + ((hour * 7) % 5) / 20).toFixed(4)}`;
  });
  return `machine,time,a,b\n${lines.join("\n")}\n`;
}

const pixels = (i: number): number[] =>
  Array.from({ length: 64 }, (_, k) => (i === 11 ? 250 - k : (k * 3 + i * 5) % 120));

const panel = (): string => {
  const lines = Array.from({ length: 240 }, (_, i) => {
    const [firm, year] = [i % 12, 1990 + Math.floor(i / 12)];
    const x = firm + (year - 1990) / 10;
    return `f${firm},${year},${x.toFixed(2)},${(i === 77 ? 90 : 2 * x + ((i * 13) % 7) / 10).toFixed(2)}`;
  });
  return `firm,year,x,y\n${lines.join("\n")}\n`;
};

const few = ["--epochs", "4"];
const table = (place: string): void => void fileIn(place, "t.csv", smallTable());
const machines = (place: string): void => void fileIn(place, "s.csv", series(3));

/** Every content and way of training that `espejo detect` has. */
export const runContents: Readonly<Record<string, RunContent>> = {
  "a table with a label": {
    ...{ data: "t.csv", write: table, words: ["--label", "odd", ...few], beside: ["basic"] },
  },
  "a table without": {
    ...{ data: "t.csv", write: table, words: ["--ignore", "odd", "--alone", ...few] },
  },
  "a stated kind": {
    ...{ data: "t.csv", write: table, beside: ["basic"] },
    words: ["--label", "odd", "--kind", "tied+denoising", "--top", "7", ...few],
  },
  "a kept PCA": {
    ...{ data: "t.csv", write: table, words: ["--label", "odd", "--keep", "pca"] },
    beside: ["ensemble", "basic"],
  },
  "a panel": {
    ...{ data: "p.csv", words: ["--kind", "basic", "--alone", ...few] },
    write: (place) => void fileIn(place, "p.csv", panel()),
  },
  windows: {
    ...{ data: "s.csv", write: machines },
    words: ["--group", "machine", "--window", "6", "--stride", "3", ...few],
  },
  "time stamps of windows": {
    ...{ data: "s.csv", write: machines },
    words: ["--group", "machine", "--window", "6", "--per-stamp", "--kind", "recurrent", ...few],
  },
  "whole sequences": {
    ...{ data: "s.csv", write: machines },
    words: ["--kind", "recurrent", "--group", "machine", "--threshold", "max", ...few],
  },
  "images of a folder": {
    ...{ data: "in", words: few },
    async write(place) {
      mkdirSync(join(place, "in"));
      for (let i = 0; i < 30; i++)
        writeFileSync(
          join(place, "in", `${i + 1}.png`),
          await png16(
            pixels(i).map((value) => value * 250),
            [8, 8, 1],
          ),
        );
    },
  },
  "images of an array": {
    ...{ data: "images.idx", words: ["--kind", "basic", "--top", "3", ...few] },
    write: (place) =>
      void fileIn(
        place,
        "images.idx",
        idx([40, 8, 8], Uint8Array.from(Array.from({ length: 40 }, (_, i) => pixels(i)).flat())),
      ),
  },
};
