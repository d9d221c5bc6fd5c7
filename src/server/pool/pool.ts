import { SHARE_ENV, Worker } from "node:worker_threads";
import { arrivedError } from "../../carried-errors.ts";
import { quietWorker } from "../../engine/telemetry.ts";
import { EspejoError } from "../../errors.ts";
import { packageFileError } from "../../package-files.ts";
import type { Decoded, Knock } from "../decode/knock.ts";
import type { Scored, ServedRows, Wanted } from "../rows.ts";
import type { Stop } from "../stop.ts";
import { Line } from "./joining.ts";
import type {
  NumberedAnswer,
  NumberedRequest,
  ThreadAnswers,
  ThreadRequest,
  Warmth,
} from "./messages.ts";
import { Near } from "./near.ts";
import { loadModel } from "./score-rows.ts";
import { Unread } from "./unread.ts";

export interface PoolOptions {
  /** Threads that score. */
  readonly workers: number;
  /** Rows of one run at most. */
  readonly maxBatchRows: number;
  /** Milliseconds that a request waits for others to join it. */
  readonly batchWindowMs: number;
}

interface Loaded {
  readonly bytes: Uint8Array;
  readonly path: string;
}

const file = new URL("./thread.js", import.meta.url);

/** The threads that hold the sessions of all models, and the line of those who wait for them. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #line: Line;
  readonly #models = new Map<number, Loaded>();
  readonly #near = new Near();
  readonly #threads = new Set<Thread>();
  /** Bodies that wait to be read. */
  readonly #unread = new Unread<Thread>();
  #readsNext = false;
  #numbers = 0;
  #closed = false;
  #window: NodeJS.Timeout | null = null;

  private constructor(options: PoolOptions) {
    this.#options = options;
    this.#line = new Line(options.maxBatchRows);
  }

  /** A pool whose threads run. */
  static async start(options: PoolOptions): Promise<Pool> {
    const pool = new Pool(options);
    for (let i = 0; i < options.workers; i++) pool.#hire();
    return pool;
  }

  /** Requests that wait for a thread. */
  get waiting(): number {
    return this.#line.length + this.#unread.length;
  }

  /** Threads that run. */
  get threads(): number {
    return this.#threads.size;
  }

  /**
   * Loads a model into every thread, and computes its own example rows. Gives its number, and what these no longer come
   * to, or null. Throws what `ModelFile.from` throws.
   */
  async load(bytes: Uint8Array, path: string): Promise<{ number: number; note: string | null }> {
    const number = ++this.#numbers;
    this.#models.set(number, { bytes, path });
    try {
      const warmths = await Promise.all(
        [...this.#threads].map((thread) =>
          thread.ask({ type: "load", model: number, bytes, path }),
        ),
      );
      const [{ note, nearRows }] = warmths as [Warmth];
      if (nearRows > 0) this.#near.add(number, await loadModel(bytes, path), nearRows);
      return { number, note };
    } catch (error) {
      await this.drop(number);
      throw error;
    }
  }

  /** Frees the sessions of a model that no request uses any more. */
  async drop(model: number): Promise<void> {
    this.#models.delete(model);
    await this.#near.drop(model);
    await Promise.allSettled(
      [...this.#threads].map((thread) => thread.ask({ type: "drop", model })),
    );
  }

  /** Scores rows of a model. Once it is given up, what is not yet computed never is. */
  score(model: number, rows: ServedRows, wanted: Wanted, stop: Stop): Promise<Scored> {
    if (stop.reason) return Promise.reject(stop.reason);
    if (this.#near.takes(model, rows.rows, wanted))
      return this.#near.score(model, rows, wanted, stop);
    return new Promise((resolve, reject) => {
      const leave = this.#line.join({ model, rows, wanted, resolve, reject });
      stop.listen((reason) => {
        leave();
        reject(reason);
      });
      this.#soon();
    });
  }

  /** Reads the body of a request in a thread: a great one, which would hold up all others here. */
  decode(model: number, knock: Knock, stop: Stop): Promise<Decoded> {
    return new Promise((resolve, reject) => {
      const leave = this.#unread.join(knock.body.length, (thread) =>
        thread.ask({ type: "decode", model, knock }, ownMemory(knock.body)).then(resolve, reject),
      );
      stop.listen((reason) => {
        leave();
        reject(reason);
      });
      this.#next();
    });
  }

  /** Ends the threads, once they have done what they are at. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#window) clearTimeout(this.#window);
    await Promise.all([...this.#threads].map((thread) => thread.close()));
    this.#threads.clear();
  }

  #hire(): void {
    const thread = new Thread({
      onIdle: () => this.#next(),
      onEnd: () => {
        this.#threads.delete(thread);
        if (this.#closed) return;
        this.#hire();
        this.#next();
      },
    });
    this.#threads.add(thread);
    for (const [model, { bytes, path }] of this.#models)
      thread.ask({ type: "load", model, bytes, path }).catch(() => {});
  }

  #soon(): void {
    const { batchWindowMs } = this.#options;
    if (batchWindowMs === 0) {
      this.#next();
      return;
    }
    this.#window ??= setTimeout(() => {
      this.#window = null;
      this.#next();
    }, batchWindowMs);
  }

  /** Gives work to the threads that have none. */
  #next(): void {
    for (const thread of this.#threads) while (!thread.busy && this.#give(thread));
  }

  /**
   * Gives a thread a body to read or rows to score, by turns where both wait; false where nothing waits. A great request
   * is scored to its end before one more is read: what was read takes memory.
   */
  #give(thread: Thread): boolean {
    this.#readsNext = !this.#readsNext;
    const turn = this.#line.length === 0 || (this.#readsNext && !this.#line.holdsGreat);
    const read = turn ? this.#unread.take() : undefined;
    if (read) {
      void read(thread);
      return true;
    }
    const run = this.#line.take();
    if (!run) return false;
    const { model, rows, wanted } = run;
    thread.ask({ type: "score", model, rows, wanted }).then(
      (scored) => run.settle(scored),
      (error: Error) => {
        run.fail(error);
        this.#next();
      },
    );
    return true;
  }
}

/** The memory behind bytes, where nothing else lies in it. */
const ownMemory = ({ buffer, byteLength }: Uint8Array): readonly ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];

interface Due {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** One thread, and the answers that it owes. */
class Thread {
  readonly #worker: Worker;
  readonly #due = new Map<number, Due>();
  #asked = 0;
  #closing = false;
  #idle: (() => void) | null = null;

  constructor({ onIdle, onEnd }: { onIdle(): void; onEnd(): void }) {
    // flags of the caller's process, say --input-type, are not for the thread
    this.#worker = new Worker(file, { execArgv: [], env: SHARE_ENV, workerData: quietWorker });
    let lost: Error | null = null;
    this.#worker.on("message", (message: NumberedAnswer) => {
      const due = this.#due.get(message.id)!;
      this.#due.delete(message.id);
      if ("error" in message) due.reject(arrivedError(message.error));
      else due.resolve(message.answer as never);
      if (this.#due.size > 0) return;
      this.#idle?.();
      onIdle();
    });
    this.#worker.on("error", (error: NodeJS.ErrnoException) => {
      lost = /MODULE_NOT_FOUND$/.test(error.code ?? "")
        ? packageFileError("thread.js", file.href, "bundle_node", error)
        : error;
    });
    this.#worker.on("exit", () => {
      const error = lost instanceof EspejoError ? lost : new EspejoError("server_busy", {});
      for (const { reject } of this.#due.values()) reject(error);
      this.#due.clear();
      this.#idle?.();
      // one that cannot start is not started again and again
      if (!this.#closing && !(lost instanceof EspejoError)) onEnd();
    });
  }

  get busy(): boolean {
    return this.#due.size > 0 || this.#closing;
  }

  /** Asks it something; the memory that is named is handed over, and no longer ours. */
  ask<Request extends ThreadRequest>(
    request: Request,
    memory: readonly ArrayBuffer[] = [],
  ): Promise<ThreadAnswers[Request["type"]]> {
    return new Promise((resolve, reject) => {
      const id = ++this.#asked;
      this.#due.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request } satisfies NumberedRequest, [...memory]);
    });
  }

  /** Ends it, never inside of a run: the native library throws where nothing catches. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#due.size > 0)
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    await this.#worker.terminate();
  }
}
