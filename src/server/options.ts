import { availableParallelism } from "node:os";
import type { Token } from "../http/tokens.ts";
import { checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";

/** How models are served. */
export interface ServerOptions {
  /** The model that answers where an address names none. */
  readonly defaultModel?: string;
  /** Refuses columns that a model does not know; by default they are ignored, and a header says which. */
  readonly strictColumns?: boolean;
  /** Bytes of a body, 16 MiB by default. */
  readonly bodyLimit?: number;
  /** Rows of a request, 10,000 by default. */
  readonly maxRows?: number;
  /** Milliseconds after which a request is given up, 30,000 by default. */
  readonly timeoutMs?: number;
  /** Threads that score, one per core but one by default. */
  readonly workers?: number;
  /** Rows that are computed together, 1,024 by default; a greater request is cut. */
  readonly maxBatchRows?: number;
  /** Milliseconds that a request waits for others to join it, none by default. */
  readonly batchWindowMs?: number;
  /** Requests that are worked at or wait at once, 256 by default; more are answered with 503. */
  readonly queue?: number;
  /** Milliseconds of the window in which drift is told, an hour by default. */
  readonly driftWindowMs?: number;
  /** Requests a minute of one token, or of one address where there are no tokens; no limit by default. */
  readonly rateLimit?: number;
  /** Who may knock; without any, whoever reaches the server. */
  readonly tokens?: readonly Token[];
  /** Whether only names of this machine may stand in the Host header, as they do on a loopback address; true by default. */
  readonly loopback?: boolean;
  /** Origins of pages that may knock, such as https://intranet.example. */
  readonly origins?: readonly string[];
  /** Certificate and key in PEM, for HTTPS. */
  readonly https?: { readonly cert: string; readonly key: string };
  /** Where a line for each request goes: a logger of pino; none by default. */
  readonly logger?: object;
}

const { whole } = optionParts;
const optional = z.exactOptional;

const serverOptions: z.ZodMiniObject = z.object({
  defaultModel: optional(z.string()),
  strictColumns: optional(z.boolean()),
  bodyLimit: optional(whole(1)),
  maxRows: optional(whole(1)),
  timeoutMs: optional(whole(1)),
  workers: optional(whole(1)),
  maxBatchRows: optional(whole(1)),
  batchWindowMs: optional(whole(0)),
  queue: optional(whole(1)),
  driftWindowMs: optional(whole(1000)),
  rateLimit: optional(whole(1)),
  tokens: optional(z.array(z.any())),
  loopback: optional(z.boolean()),
  origins: optional(z.array(z.string())),
  https: optional(z.object({ cert: z.string(), key: z.string() })),
  logger: optional(z.any()),
});

/** Options with what is usual where nothing is said. Throws `argument_unknown` and `argument_value`. */
export function withDefaults(options: ServerOptions) {
  checkOptions("buildServer", serverOptions, options);
  return {
    strictColumns: false,
    bodyLimit: 16 * 1024 * 1024,
    maxRows: 10_000,
    timeoutMs: 30_000,
    workers: Math.max(1, availableParallelism() - 1),
    maxBatchRows: 1024,
    batchWindowMs: 0,
    queue: 256,
    driftWindowMs: 3_600_000,
    tokens: [],
    loopback: true,
    origins: [],
    ...options,
  };
}

export type FullOptions = ReturnType<typeof withDefaults>;
