import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { errorText } from "../error-text.ts";
import { EspejoError, phrase } from "../errors.ts";
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
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendError(known(error, request), request, reply),
  );
  app.setNotFoundHandler((request, reply) => sendError(unknownRoute(request), request, reply));
}

const unknownRoute = ({ url }: FastifyRequest): EspejoError =>
  new EspejoError("route_unknown", { path: url.split("?")[0]!.slice(0, 200) });

/** Options of Fastify: addresses that it cannot read are answered as all others that nothing answers to. */
export const frameworkErrors = {
  frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    void sendError(known(error, request), request, reply);
  },
};

/** What is told of an error to who sent a request. */
export function errorBody(error: EspejoError, id: string, language: Language): ErrorBody {
  const message = errorText(error, language);
  return {
    error: message,
    error_code: mlflowCodes[statusOf(error)] ?? "BAD_REQUEST",
    message,
    code: error.code,
    request_id: id,
  };
}

/** Sends an error in the language of the client; what is not in the catalogue goes to the log, and not out. */
export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply) {
  const status = statusOf(error);
  const told =
    error instanceof EspejoError ? error : new EspejoError("server_fault", { id: request.id });
  if (told !== error) request.log.error({ id: request.id, err: error }, "fault");
  const body = errorBody(told, request.id, languageOf(request));
  if (status === 429 || status === 503) void reply.header("retry-after", "1");
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  // what is left of a body is read and thrown away: it would hold up what follows, and who sends on into a closed connection,
  // as Fastify would have it, hears no answer
  request.raw.resume();
  void reply.removeHeader("connection");
  return reply.code(status).type("application/json; charset=utf-8").send(body);
}

/** What Fastify and its parts say, in the words of the catalogue. */
function known(error: FastifyError, request: FastifyRequest): Error {
  if (error instanceof EspejoError) return error;
  const { "content-type": type } = request.headers;
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new EspejoError("request_large", { limit: request.routeOptions.bodyLimit });
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new EspejoError("request_cut", { reason: phrase("body_length", {}) });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new EspejoError("request_type", { type: (type ?? "").slice(0, 100) });
    case "FST_ERR_BAD_URL":
    case "FST_ERR_MAX_PARAM_LENGTH":
      return unknownRoute(request);
    default:
      if ((error.statusCode ?? 500) < 500)
        return new EspejoError("request_invalid", {
          place: phrase("the_request", {}),
          wanted: "HTTP",
          got: error.code,
        });
      return error;
  }
}
