import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { engineFlags } from "../engine-flags.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const main = join(root, "dist", "cli", "main.js");
export const bundled = join(root, "examples", "data", "creditcard.csv.gz");

/** A folder that is gone when the test is. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "espejo-cli-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes a file into a folder and gives its path. */
export function fileIn(path: string, name: string, content: string | Uint8Array): string {
  writeFileSync(join(path, name), content);
  return join(path, name);
}

export interface CallOptions {
  /** The folder that the command runs in. */
  readonly in?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard output is a terminal. */
  readonly terminal?: true;
  /** Leaves standard input open, for the test to write to. */
  readonly keepOpen?: boolean;
}

export interface Call {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The environment of a person who has set nothing; the engine that is tested stays. */
function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(ESPEJO_|LC_|LANG|NO_COLOR|FORCE_COLOR|CI$|VITEST|NODE_)/.test(name) ||
      name === "ESPEJO_ENGINE",
  );
  return { ...Object.fromEntries(kept), LANG: "C", ...more };
}

/** Starts the command line as a process, for what only a process has; what it says is collected. */
export function start(
  words: readonly string[],
  options: CallOptions = {},
  command: readonly string[] = [process.execPath, ...engineFlags, main],
): { child: ChildProcess; done: Promise<Call> } {
  const child = spawn(command[0]!, [...command.slice(1), ...words], {
    cwd: options.in ?? tmpdir(),
    env: plainEnvironment(options.env),
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  // A command that fails early does not read its input.
  child.stdin.on("error", () => {});
  if (!options.keepOpen) child.stdin.end(options.input ?? "");
  const done = new Promise<Call>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
  return { child, done };
}

/**
 * Runs the command line to its end, in this process: one call after the other, since a process has one folder to
 * work in and one standard input.
 */
export function espejo(words: readonly string[], options: CallOptions = {}): Promise<Call> {
  const call = latest.then(() => here(words, options));
  latest = call.catch(() => {});
  return call;
}

let latest: Promise<unknown> = Promise.resolve();

async function here(words: readonly string[], options: CallOptions): Promise<Call> {
  const [stdout, stderr] = [
    Object.assign(collector(), { isTTY: options.terminal ?? false }),
    collector(),
  ];
  const before = process.cwd();
  const stdin = Object.getOwnPropertyDescriptor(process, "stdin")!;
  process.chdir(options.in ?? tmpdir());
  const value = Readable.from([Buffer.from(options.input ?? "")]);
  Object.defineProperty(process, "stdin", { value, configurable: true });
  try {
    const env = plainEnvironment(options.env);
    const code = await runProgram(words, { stdout, stderr, env });
    return { code, out: stdout.text(), err: stderr.text() };
  } finally {
    Object.defineProperty(process, "stdin", stdin);
    process.chdir(before);
  }
}

/** A stream that keeps what is written. */
function collector(): Writable & { text(): string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(part: Buffer, _, done) {
      parts.push(part);
      done();
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(parts).toString() });
}

/** Resolves when a child has printed something that matches. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    const look = (part: string): void => {
      text += part;
      if (pattern.test(text)) resolve();
    };
    child.stdout!.on("data", look);
    child.stderr!.on("data", look);
    child.on("close", () => reject(new Error(`never said ${pattern}: ${text}`)));
  });
}

/** Resolves when something has come to hold. */
export async function waitFor(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A small table with structure: two groups of normal rows, and a few rows that fit neither. */
export function smallTable(rows = 240): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const group = i % 2;
    const odd = i % 20 === 7;
    const a = 10 * group + ((i * 37) % 11) / 10;
    const b = (odd ? -3 : 1) * a + ((i * 17) % 7) / 10;
    const c = odd ? 9 : 3 - a / 5 + ((i * 29) % 13) / 20;
    const place = ["north", "south"][odd ? 1 - group : group];
    return `${a.toFixed(2)},${b.toFixed(2)},${c.toFixed(3)},${place},${odd ? 1 : 0}`;
  });
  return `a,b,c,place,odd\n${lines.join("\n")}\n`;
}

/** Names of what lies in a folder, without the folder of runs. */
export const namesIn = (path: string): readonly string[] => readdirSync(path).sort();
