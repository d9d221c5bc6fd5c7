import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("../README.md", import.meta.url));

/** A command of the README's session, with the lines it prints. */
export interface Step {
  readonly command: string;
  readonly output: readonly string[];
}

export const readme = (): string => readFileSync(path, "utf8");

const fenced = (language: string): RegExp =>
  new RegExp(`(\`\`\`${language}\\n)([\\s\\S]*?)\`\`\``, "g");

/** The code of the README's blocks in a language. */
export const blocks = (language: string): readonly string[] =>
  [...readme().matchAll(fenced(language))].map(([, , code]) => code!);

/** The commands of the README's session. */
export function session(): readonly Step[] {
  return blocks("console")
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((part) => {
      const [command = "", ...output] = part.trimEnd().split("\n");
      return { command, output };
    });
}

/** Writes what the commands print now into the README. */
export function rewriteSession(steps: readonly Step[]): void {
  const lines = steps.flatMap(({ command, output }) => [`$ ${command}`, ...output, ""]);
  const text = lines.filter((line) => line !== "").join("\n");
  writeFileSync(
    path,
    readme().replace(fenced("console"), (_, open) => `${open}${text}\n\`\`\``),
  );
}
