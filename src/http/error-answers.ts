import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { errorText } from "../error-text.ts";
import { EspejoError } from "../errors.ts";
import type { Language } from "../language.ts";
import { mlflowCodes, statusOf } from "./statuses.ts";

/** The body of every error, whichever door it leaves by: each protocol finds the words that it knows. */
export interface ErrorBody {
  /** What is wrong, where, and what to do; v1 and v2 know it by this name. */
  readonly error: string;
  /** As MLflow's clients know it. */
  readonly error_code: string;
  /** As `error`, as MLflow's clients know it. */
  readonly message: string;
  /** Of the catalogue of errors. */
  readonly code: string;
  readonly request_id: string;
}

/** The language that a client asks for: Spanish where it comes before English. */
export function languageOf({ headers }: Pick<FastifyRequest, "headers">): Language {
  const [first] = String(headers["accept-language"] ?? "")
    .split(",")
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .filter((name) => name === "en" || name === "es");
  return first === "es" ? "es" : "en";
}

/** Answers with errors of the catalogue, and with no word of what went wrong inside. */
export function answerErrors(app: FastifyInstance, { bodyLimit }: { readonly bodyLimit: number }) {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendError(known(error, bodyLimit), request, reply),
  );
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0]!.slice(0, 200);
    return sendError(new EspejoError("route_unknown", { path }), request, reply);
  });
}

/** Sends an error in the language of the client; what is not in the catalogue goes to the log, and not out. */
export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply) {
  const status = statusOf(error);
  const told =
    error instanceof EspejoError ? error : new EspejoError("server_fault", { id: request.id });
  if (told !== error) request.log.error({ id: request.id, err: error }, "fault");
  const message = errorText(told, languageOf(request));
  const body: ErrorBody = {
    error: message,
    error_code: mlflowCodes[status] ?? "BAD_REQUEST",
    message,
    code: told.code,
    request_id: request.id,
  };
  if (status === 429 || status === 503) void reply.header("retry-after", "1");
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  // what is left of a body that is too large is not waited for
  if (status === 413) void reply.header("connection", "close");
  return reply.code(status).type("application/json; charset=utf-8").send(body);
}

/** What Fastify and its parts say, in the words of the catalogue. */
function known(error: FastifyError, bodyLimit: number): Error {
  if (error instanceof EspejoError) return error;
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new EspejoError("request_large", { limit: bodyLimit });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
    case "FST_CP_ERR_INVALID_CONTENT_ENCODING":
      return new EspejoError("request_type", { type: "" });
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
    case "FST_CP_ERR_INVALID_CONTENT":
      return new EspejoError("request_cut", { reason: error.message });
    default:
      if ((error.statusCode ?? 500) < 500)
        return new EspejoError("request_invalid", {
          place: "the request",
          wanted: "HTTP",
          got: error.message,
        });
      return error;
  }
}
