// What the guide of the server shows, for checks that need more than Node to run it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const page = fileURLToPath(new URL("../../docs/serve.md", import.meta.url));

/** The block of a language that begins with some words. */
export function blockOf(language, beginning) {
  const blocks = readFileSync(page, "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  for (const [, own, text] of blocks)
    if (own === language && text.startsWith(beginning)) return text;
  throw new Error(`docs/serve.md has no block of ${language} that begins with ${beginning}`);
}
