import type { ServedRows, Wanted } from "../rows.ts";

/** Which protocol a request speaks. */
export type DoorName = "v2" | "v1" | "mlflow" | "score";

/** A request for scores, as it came: plain data, so that any thread can read it. */
export interface Knock {
  readonly door: DoorName;
  readonly body: Uint8Array;
  /** Content-Type, without parameters, in small letters; "" where there is none. */
  readonly type: string;
  /** Content-Type as it came: a form has its boundary there. */
  readonly contentType: string;
  /** Bytes of the JSON before binary tensors; null where all of the body is JSON. */
  readonly headerLength: number | null;
  readonly query: Readonly<Record<string, string>>;
  /** Whether v1 was asked to explain. */
  readonly explain: boolean;
  readonly maxRows: number;
  /** Refuses columns that the model does not know. */
  readonly strictColumns: boolean;
}

/** A request that was read. */
export interface Decoded {
  readonly rows: ServedRows;
  readonly wanted: Wanted;
  /** What the answer must know of the question: plain data, each protocol its own. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Columns that the model does not know, and that were ignored: the first of them, where there are very many. */
  readonly ignored: readonly string[];
}

/** Names that are told of columns that were ignored. */
export const mostIgnored = 20;
