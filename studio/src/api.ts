import type { z } from "../../src/schema.ts";
import type {
  ChosenRow,
  CodeNeighbours,
  Codes,
  ValuesHead,
  VariableInfluence,
} from "../../src/studio/api/codes.ts";
import { unpacked } from "../../src/studio/api/packed.ts";
import type {
  exportQuery,
  Loss,
  Mark,
  modelQuery,
  OpenedRow,
  RankedPage,
  Run,
  RunsCompared,
  rankingQuery,
  Scores,
  scoresQuery,
} from "../../src/studio/api/runs.ts";
import type {
  ColumnShares,
  Look,
  NewSource,
  ReadingOptions,
  Source,
} from "../../src/studio/api/sources.ts";
import type { StudioState } from "../../src/studio/api/state.ts";
import type {
  LiveFrame,
  NetworkTold,
  newTraining,
  TrainingChoices,
} from "../../src/studio/api/training.ts";
import type {
  codesQuery,
  halfQuery,
  ModelAdded,
  ModelPlace,
  ModelUse,
  Scoring,
} from "../../src/studio/api/use.ts";
import { Failure, failureOf } from "./failure.ts";
import { language } from "./language.ts";
import { say } from "./say.ts";

type Training = z.input<typeof newTraining>;
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

async function ask<Answer>(method: string, path: string, asking: Asking = {}): Promise<Answer> {
  const response = await answer(method, path, asking);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** An answer that is none of JSON. */
const askBytes = async (method: string, path: string, asking: Asking = {}): Promise<ArrayBuffer> =>
  (await answer(method, path, asking)).arrayBuffer();

async function answer(
  method: string,
  path: string,
  { query, body, signal }: Asking,
): Promise<Response> {
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
  return response;
}

const of = (room: string, id: string, rest = ""): string =>
  `/${room}/${encodeURIComponent(id)}${rest}`;

/** Ranked rows are those of a run, or of a file that was scored, whose name begins with its room: runs have no such names. */
const ranked = (id: string, rest: string): string =>
  id.startsWith("scored/") ? of("scored", id.slice("scored/".length), rest) : of("runs", id, rest);

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
  choices: (verb: "train" | "detect") =>
    ask<TrainingChoices>("GET", "/training", { query: { verb } }),
  network: (id: string, training: Training, signal?: AbortSignal) =>
    ask<NetworkTold>("POST", of("sources", id, "/network"), {
      ...{ body: training, ...(signal && { signal }) },
    }),
  train: (id: string, training: Training) =>
    ask<Run>("POST", of("sources", id, "/train"), { body: training }),
  upload: (file: File, progress: (share: number) => void, signal?: AbortSignal) =>
    upload<Source>(of("uploads", file.name), file, progress, signal),

  runs: () => ask<readonly Run[]>("GET", "/runs"),
  run: (id: string) => ask<Run>("GET", of("runs", id)),
  compared: (ids: readonly string[], signal?: AbortSignal) =>
    ask<RunsCompared>("GET", "/compared", {
      query: { with: ids.join(",") },
      ...(signal && { signal }),
    }),
  stopRun: (id: string) => ask<Run>("POST", of("runs", id, "/stop")),
  resumeRun: (id: string) => ask<Run>("POST", of("runs", id, "/resume")),
  pauseRun: (id: string) => ask<Run>("POST", of("runs", id, "/pause")),
  live: (id: string) => ask<LiveFrame | null>("GET", of("runs", id, "/live")),
  removeRun: (id: string) => ask<void>("DELETE", of("runs", id)),
  losses: (id: string) => ask<readonly Loss[]>("GET", of("runs", id, "/losses")),
  ranking: (id: string, query: z.output<typeof rankingQuery>, signal?: AbortSignal) =>
    ask<RankedPage>("GET", ranked(id, "/ranking"), { query, ...(signal && { signal }) }),
  scores: (id: string, query: z.output<typeof scoresQuery>, signal?: AbortSignal) =>
    ask<Scores>("GET", ranked(id, "/scores"), { query, ...(signal && { signal }) }),
  row: (id: string, row: number) => ask<OpenedRow>("GET", ranked(id, `/rows/${row}`)),
  mark: (id: string, row: number, mark: Mark | null) =>
    ask<void>("PUT", ranked(id, `/marks/${row}`), { body: { mark } }),

  models: () => ask<readonly ModelAdded[]>("GET", "/models"),
  addModel: (path: string) => ask<ModelAdded>("POST", "/models", { body: { path } }),
  removeModel: (id: string) => ask<void>("DELETE", of("models", id)),
  uploadModel: (file: File, progress: (share: number) => void, signal?: AbortSignal) =>
    upload<ModelAdded>(of("models", file.name), file, progress, signal),
  use: (place: ModelPlace, id: string) => ask<ModelUse>("GET", of(place, id, "/use")),
  scorings: (place: ModelPlace, id: string) =>
    ask<readonly Scoring[]>("GET", of(place, id, "/scored")),
  score: (place: ModelPlace, id: string, source: string) =>
    ask<Scoring>("POST", of(place, id, "/scored"), { body: { source } }),
  removeScoring: (id: string) => ask<void>("DELETE", of("scored", id)),

  markAll: (id: string, rows: readonly number[], mark: Mark | null) =>
    ask<void>("PUT", of("runs", id, "/marks"), { body: { rows, mark } }),
  codes: (id: string, signal?: AbortSignal) =>
    ask<Codes>("GET", of("runs", id, "/codes"), signal ? { signal } : {}),
  codeValues: async (id: string, name: string) =>
    unpacked<ValuesHead>(
      await askBytes("GET", of("runs", id, "/codes/values"), { query: { of: name } }),
    ),
  neighbours: (id: string, row: number, k?: number) =>
    ask<CodeNeighbours>("GET", of("runs", id, `/codes/${row}/neighbours`), { query: { k } }),
  chosenRows: (id: string, rows: readonly number[]) =>
    ask<readonly ChosenRow[]>("POST", of("runs", id, "/codes/rows"), { body: { rows } }),
  influence: (id: string) =>
    ask<readonly VariableInfluence[]>("GET", of("runs", id, "/codes/influence")),
  decoder: (id: string) => askBytes("GET", of("runs", id, "/decoder")),
  exportChosen: async (
    id: string,
    rows: readonly number[],
    format: z.output<typeof exportQuery>["format"],
  ) =>
    new Blob([
      await askBytes("POST", of("runs", id, "/export"), { query: { format }, body: { rows } }),
    ]),

  // addresses for links, which the browser opens or saves by itself
  exportAddress: (id: string, query: z.output<typeof exportQuery>) =>
    address(ranked(id, "/export"), query),
  halfAddress: (place: ModelPlace, id: string, query: z.output<typeof halfQuery>) =>
    address(of(place, id, "/half"), query),
  kerasAddress: (place: ModelPlace, id: string) => address(of(place, id, "/keras")),
  codesAddress: (place: ModelPlace, id: string, query: z.output<typeof codesQuery>) =>
    address(of(place, id, "/codes-of"), query),
  reportOnAddress: (place: ModelPlace, id: string, source: string) =>
    address(of(place, id, "/report-on"), { source }),
  modelOf: (place: ModelPlace, id: string, query: z.output<typeof modelQuery> = {}) =>
    address(of(place, id, "/model"), query),
  reportAddress: (id: string) => address(of("runs", id, "/report")),
  modelAddress: (id: string, query: z.output<typeof modelQuery> = {}) =>
    address(ranked(id, "/model"), query),
};

/** Sends a file as it is; `progress` gets the share that has left. */
function upload<Answer>(
  path: string,
  file: File,
  progress: (share: number) => void,
  signal?: AbortSignal,
) {
  return new Promise<Answer>((resolve, reject) => {
    // fetch does not tell how much has left
    const request = new XMLHttpRequest();
    const broken = () =>
      reject(new Failure(0, { error: say("error.upload", { name: file.name }), code: "offline" }));
    request.open("PUT", address(path));
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
