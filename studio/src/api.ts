import type { z } from "../../src/schema.ts";
import type {
  exportQuery,
  Loss,
  labelledQuery,
  Mark,
  MarkedThreshold,
  Moves,
  modelQuery,
  OpenedRow,
  RankedPage,
  Run,
  rankingQuery,
  Scores,
  scoresQuery,
  ThresholdCall,
  thresholdCallQuery,
} from "../../src/studio/api/runs.ts";
import type {
  ColumnShares,
  Look,
  NewSource,
  ReadingOptions,
  Source,
} from "../../src/studio/api/sources.ts";
import type { StudioState } from "../../src/studio/api/state.ts";
import { Failure, failureOf } from "./failure.ts";
import { language } from "./language.ts";
import { say } from "./say.ts";

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** An address of the studio, whose sentences then are in the language of the page. */
export function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams({ language: language.value });
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) words.set(name, String(value));
  return `/api${path}?${words}`;
}

interface Asking {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

async function ask<Answer>(
  method: string,
  path: string,
  { query, body, signal }: Asking = {},
): Promise<Answer> {
  const init: RequestInit = { method, credentials: "same-origin" };
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  if (signal) init.signal = signal;
  let response: Response;
  try {
    response = await fetch(address(path, query), init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(0, { error: say("error.offline"), code: "offline" });
  }
  if (!response.ok) throw failureOf(response.status, await response.text());
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

const of = (room: string, id: string, rest = ""): string =>
  `/${room}/${encodeURIComponent(id)}${rest}`;

/** All that the page asks of the studio. Each throws a `Failure`, in words for a person. */
export const api = {
  session: (token: string) => ask<void>("POST", "/session", { body: { token } }),
  state: () => ask<StudioState>("GET", "/state"),

  sources: () => ask<readonly Source[]>("GET", "/sources"),
  addSource: (source: NewSource) => ask<Source>("POST", "/sources", { body: source }),
  removeSource: (id: string) => ask<void>("DELETE", of("sources", id)),
  look: (id: string, signal?: AbortSignal) =>
    ask<Look>("GET", of("sources", id, "/look"), signal ? { signal } : {}),
  setOptions: (id: string, options: ReadingOptions) =>
    ask<Look>("PUT", of("sources", id, "/options"), { body: { options } }),
  shares: (id: string) => ask<readonly ColumnShares[]>("GET", of("sources", id, "/shares")),
  detect: (id: string, options: ReadingOptions = {}) =>
    ask<Run>("POST", of("sources", id, "/detect"), { body: { options } }),
  upload,

  runs: () => ask<readonly Run[]>("GET", "/runs"),
  run: (id: string) => ask<Run>("GET", of("runs", id)),
  stopRun: (id: string) => ask<Run>("POST", of("runs", id, "/stop")),
  resumeRun: (id: string) => ask<Run>("POST", of("runs", id, "/resume")),
  removeRun: (id: string) => ask<void>("DELETE", of("runs", id)),
  losses: (id: string) => ask<readonly Loss[]>("GET", of("runs", id, "/losses")),
  ranking: (id: string, query: z.output<typeof rankingQuery>, signal?: AbortSignal) =>
    ask<RankedPage>("GET", of("runs", id, "/ranking"), { query, ...(signal && { signal }) }),
  scores: (id: string, query: z.output<typeof scoresQuery>, signal?: AbortSignal) =>
    ask<Scores>("GET", of("runs", id, "/scores"), { query, ...(signal && { signal }) }),
  row: (id: string, row: number) => ask<OpenedRow>("GET", of("runs", id, `/rows/${row}`)),
  mark: (id: string, row: number, mark: Mark | null) =>
    ask<void>("PUT", of("runs", id, `/marks/${row}`), { body: { mark } }),
  markedThreshold: (id: string, rule: string) =>
    ask<MarkedThreshold>("GET", of("runs", id, "/marked-threshold"), { query: { rule } }),
  thresholdCall: (id: string, query: z.output<typeof thresholdCallQuery>) =>
    ask<ThresholdCall>("GET", of("runs", id, "/threshold-call"), { query }),
  trainAgain: (id: string) => ask<Run>("POST", of("runs", id, "/again"), { body: {} }),
  moves: (id: string) => ask<Moves>("GET", of("runs", id, "/moves")),

  // addresses for links, which the browser opens or saves by itself
  exportAddress: (id: string, query: z.output<typeof exportQuery>) =>
    address(of("runs", id, "/export"), query),
  labelledAddress: (id: string, query: z.output<typeof labelledQuery>) =>
    address(of("runs", id, "/labelled"), query),
  reportAddress: (id: string) => address(of("runs", id, "/report")),
  modelAddress: (id: string, query: z.output<typeof modelQuery> = {}) =>
    address(of("runs", id, "/model"), query),
};

/** Sends a file as it is; `progress` gets the share that has left. */
function upload(file: File, progress: (share: number) => void, signal?: AbortSignal) {
  return new Promise<Source>((resolve, reject) => {
    // fetch does not tell how much has left
    const request = new XMLHttpRequest();
    const broken = () =>
      reject(new Failure(0, { error: say("error.upload", { name: file.name }), code: "offline" }));
    request.open("PUT", address(of("uploads", file.name)));
    request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, event.total));
    request.onerror = broken;
    request.onabort = broken;
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(failureOf(request.status, request.responseText));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  });
}
