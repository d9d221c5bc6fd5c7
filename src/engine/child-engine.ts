import type { ChildProcess } from "node:child_process";
import { arrivedError } from "../carried-errors.ts";
import { EspejoError } from "../errors.ts";
import { forkFile, holdProcess } from "../own-process.ts";
import type { ChildAnswers, ChildRequest, NumberedAnswer } from "./child-messages.ts";
import type { Engine } from "./engine.ts";
import { quietEnvironment } from "./telemetry.ts";

let started: Promise<Engine> | null = null;

/**
 * The native engine in a process of its own, for a thread that cannot set the environment of this one. Each
 * call carries its tensors there and back. Throws where the native engine is not installed.
 */
export function childEngine(): Promise<Engine> {
  started ??= start().catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

async function start(): Promise<Engine> {
  const ask = lineTo(forkFile(new URL("./child.js", import.meta.url), quietEnvironment));
  const version = await ask({ type: "version" });
  let loaded = 0;
  return {
    kind: "native",
    version,
    note: null,
    async load(bytes, options = {}) {
      const program = ++loaded;
      const outputs = await ask({ type: "load", program, bytes, options });
      return {
        outputs,
        run: (feeds) => ask({ type: "run", program, feeds }),
        dispose: async () => void (await ask({ type: "dispose", program })),
      };
    },
  };
}

type Ask = <Request extends ChildRequest>(
  request: Request,
) => Promise<ChildAnswers[Request["type"]]>;

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** Requests to a child and their answers. It keeps this process only while an answer is due. */
function lineTo(child: ChildProcess): Ask {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: Error | null = null;
  const hold = (): void => holdProcess(child, waiting.size > 0);
  const end = (reason: string): void => {
    started = null;
    ended = new EspejoError("engine_failed", { reason });
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  child.on("error", (error) => end(error.message));
  child.on("exit", (code, signal) => end(`its process ended (${signal ?? code})`));
  child.on("message", (message: NumberedAnswer) => {
    const { resolve, reject } = waiting.get(message.id)!;
    waiting.delete(message.id);
    hold();
    if ("error" in message) reject(arrivedError(message.error));
    else resolve(message.answer as never);
  });
  return (request) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      const id = ++asked;
      waiting.set(id, { resolve, reject });
      hold();
      child.send({ id, request }, (error) => error && end(error.message));
    });
}
