// Puts the data of the studio's samples into the package.
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = new URL("..", import.meta.url);
const target = new URL("dist/samples/", root);
const files = ["creditcard.csv.gz", "economics/FRED-MD_2026-02.csv"];
await mkdir(target, { recursive: true });
for (const file of files)
  await copyFile(
    fileURLToPath(new URL(`examples/data/${file}`, root)),
    fileURLToPath(new URL(file.split("/").at(-1), target)),
  );
