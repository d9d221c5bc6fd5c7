// The runnable parts of the README: the library example, and the commands with their output.
import { readFileSync } from "node:fs";

const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The code of the first block in a language. */
export function block(language) {
  const found = text.match(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``));
  if (!found) throw new Error(`README.md has no ${language} block`);
  return found[1];
}

/** The commands of the session, each with the lines it prints. */
export function session() {
  return block("console")
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command, ...output] = part.trimEnd().split("\n");
      return { command, output };
    });
}
