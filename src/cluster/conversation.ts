import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { type ErrorCode, EspejoError } from "../errors.ts";
import type { Connection, Versions } from "./connected.ts";

/** A conversation over streams of a process that speaks for a notebook, which holds the data. */
export async function connectToFrame(from: Readable, to: Writable): Promise<Connection> {
  const ended = once(from, "close").then(() => "0");
  const talk = conversation(to, from, ended, () => "");
  return {
    versions: await talk.ask<Versions>("open"),
    ask: talk.ask,
    async end() {
      to.end();
    },
  };
}

/** An answer, a word meanwhile, or an error. */
type Heard =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly event: object }
  | {
      readonly id: number;
      readonly error: {
        readonly code: ErrorCode;
        readonly parameters: Readonly<Record<string, string | number>>;
      };
    };

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly hear: ((event: object) => void) | undefined;
}

/** Requests and answers, a line of JSON each. */
export function conversation(
  to: Writable,
  from: Readable,
  ended: Promise<string>,
  words: () => string,
): Pick<Connection, "ask"> {
  const waiting = new Map<number, Waiting>();
  let next = 1;
  let over: EspejoError | null = null;
  createInterface(from).on("line", (line) => {
    const heard = JSON.parse(line) as Heard;
    const asked = waiting.get(heard.id);
    if (!asked) return;
    if ("event" in heard) {
      asked.hear?.(heard.event);
      return;
    }
    waiting.delete(heard.id);
    if ("answer" in heard) asked.resolve(heard.answer);
    else asked.reject(new EspejoError(heard.error.code, heard.error.parameters));
  });
  // that nobody reads any longer is told by the end
  to.on("error", () => {});
  void ended.then((code) => {
    over = new EspejoError("cluster_ended", { code, reason: words() });
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  });
  return {
    ask: <T>(name: string, request: object = {}, hear?: (event: object) => void) =>
      new Promise<T>((resolve, reject) => {
        if (over) {
          reject(over);
          return;
        }
        const id = next++;
        waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject, hear });
        to.write(`${JSON.stringify({ id, ask: name, ...request })}\n`);
      }),
  };
}
