import { catalogue, type ErrorCode, EspejoError } from "../errors.ts";

/** What a request did wrong, or what a server cannot do for it now, by status. */
const codes: Readonly<Record<number, readonly ErrorCode[]>> = {
  401: ["token_missing", "studio_session"],
  403: ["token_scope", "host_refused", "origin_refused", "path_closed"],
  404: [
    "route_unknown",
    "served_unknown",
    "served_unready",
    "version_unknown",
    "source_unknown",
    "studio_run",
    "studio_model",
    "studio_scoring",
    "row_unknown",
  ],
  408: ["request_late"],
  409: ["studio_running", "studio_ended"],
  413: ["request_large", "request_rows", "request_pixels"],
  415: ["request_type", "request_content"],
  // files of models that somebody brings
  422: [
    ...(["argument_wrong", "score_not_finite"] as const),
    ...(["model_damaged", "model_half", "model_newer", "model_not_espejo"] as const),
  ],
  429: ["request_often"],
  431: ["request_head"],
  503: ["server_busy"],
  504: ["request_slow"],
};

const stated = new Map(
  Object.entries(codes).flatMap(([status, each]) => each.map((code) => [code, Number(status)])),
);

/** By the exit code of an error: a wrong call, rows that are wrong, and all else, which is ours. */
const byExit: Readonly<Record<number, number>> = { 2: 400, 3: 422 };

/** The status of an answer that is an error; of what is not in the catalogue, that of a fault of ours. */
export function statusOf(error: unknown): number {
  if (!(error instanceof EspejoError)) return 500;
  const { exit } = catalogue[error.code as ErrorCode];
  return stated.get(error.code) ?? byExit[exit] ?? 500;
}

/** What MLflow's clients know a status by. */
export const mlflowCodes: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  405: "BAD_REQUEST",
  406: "BAD_REQUEST",
  413: "BAD_REQUEST",
  415: "BAD_REQUEST",
  422: "INVALID_PARAMETER_VALUE",
  429: "REQUEST_LIMIT_EXCEEDED",
  500: "INTERNAL_ERROR",
  503: "TEMPORARILY_UNAVAILABLE",
  504: "TEMPORARILY_UNAVAILABLE",
};
