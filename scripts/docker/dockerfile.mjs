// A Dockerfile as its instructions, and which files of a checkout it is given.
import { readFileSync } from "node:fs";

/** Instructions in their order: the word, what follows it, and its flags. */
export function instructionsOf(path) {
  const text = readFileSync(path, "utf8")
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, " ");
  return text.split("\n").flatMap((line) => {
    const [, word, rest] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
    if (!word) return [];
    const flags = {};
    const body = rest.replace(/^(?:--([\w-]+)=(\S+)\s+)*/, (all) => {
      for (const [, name, value] of all.matchAll(/--([\w-]+)=(\S+)/g)) flags[name] = value;
      return "";
    });
    return [{ word: word.toUpperCase(), body: body.trim(), flags }];
  });
}

/** Words of an instruction in JSON; a shell's line is given to `sh -c`, as Docker does. */
export const wordsOf = (body) =>
  body.startsWith("[") ? JSON.parse(body) : ["/bin/sh", "-c", body];

/**
 * Says of a path whether the build sees it, by a list that leaves out all (`*`) but what it names (`!path`); throws for
 * another kind of list.
 */
export function contextOf(path) {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [all, ...named] = lines;
  if (all !== "*" || named.some((line) => !/^![\w./-]+$/.test(line)))
    throw new Error(`${path}: only * and !path are understood here`);
  const kept = named.map((line) => line.slice(1));
  return (file) => kept.some((each) => file === each || file.startsWith(`${each}/`));
}
