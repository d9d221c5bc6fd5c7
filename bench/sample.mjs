import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where real card transactions may lie: the larger file of a development folder, the bundled sample. */
const folders = ["creditcard", ".", "examples/data", "examples", "data"];

/**
 * The path of a CSV of card transactions (Time, V1 .. V28, Amount, Class).
 * @param {string} [data] a folder or a file; by default `../shared/data` beside the checkout
 */
export function cardTransactions(data = path.join(root, "../shared/data")) {
  if (/\.csv(\.gz)?$/.test(data) && existsSync(data)) return data;
  for (const base of [data, root])
    for (const folder of folders) {
      const place = path.join(base, folder);
      if (!existsSync(place)) continue;
      const files = readdirSync(place).filter((file) => /^creditcard.*\.csv(\.gz)?$/.test(file));
      const largest = files.sort().at(-1);
      if (largest) return path.join(place, largest);
    }
  throw new Error(`no creditcard*.csv under ${data} nor in the package; name one with --data`);
}
