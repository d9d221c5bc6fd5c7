import { randomUUID } from "node:crypto";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { EspejoError, phrase } from "../errors.ts";
import { errorBody } from "./error-answers.ts";
import { statusOf } from "./statuses.ts";

/** Milliseconds that clients have for the head of a request, for all of it, and until the next one. */
const patience = { head: 10_000, whole: 30_000, next: 72_000 };

/** Milliseconds between looks for clients that had theirs. */
const lookEvery = 1000;

/** Milliseconds that an answer may wait for a client that takes none of it; where some is on its way, Node waits twice. */
const takeWithin = 10_000;

const mostHeadBytes = 16 * 1024;

export interface ConnectionOptions {
  /** Certificate and key in PEM, for HTTPS. */
  readonly https?: { readonly cert: string; readonly key: string };
  /** Milliseconds that a request may be worked at, in which nothing passes its connection. */
  readonly timeoutMs: number;
}

/**
 * Options of Fastify: slow clients are cut off, whether they are slow to ask or to take the answer, and what is no request
 * is answered in the words of the catalogue.
 */
export function connectionOptions({ https, timeoutMs }: ConnectionOptions) {
  const server = {
    headersTimeout: patience.head,
    connectionsCheckingInterval: lookEvery,
    maxHeaderSize: mostHeadBytes,
    // a request without a host is refused by the guard, in words
    requireHostHeader: false,
  };
  return {
    ...(https ? { https: { ...https, ...server } } : { http: server }),
    requestTimeout: patience.whole,
    keepAliveTimeout: patience.next,
    connectionTimeout: timeoutMs + takeWithin,
    // what comes while the server closes is answered as all else
    return503OnClosing: false,
    clientErrorHandler(this: FastifyInstance, error: NodeJS.ErrnoException, socket: Socket) {
      if (error.code === "ECONNRESET" || socket.destroyed) return;
      refuse(unreadable(error), socket, this.log, error.code);
    },
  };
}

/** Has an app answer to what Node answers without a word: CONNECT, and an `Expect` that nobody knows, which is let be. */
export function answerOddRequests({ server, log }: FastifyInstance): void {
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    server.emit("request", request, response);
  });
  server.on("connect", ({ url = "" }: IncomingMessage, socket: Socket) => {
    socket.on("error", () => {});
    refuse(new EspejoError("route_unknown", { path: url.slice(0, 200) }), socket, log, "CONNECT");
  });
}

function unreadable({ code, message }: NodeJS.ErrnoException): EspejoError {
  if (code === "HPE_HEADER_OVERFLOW")
    return new EspejoError("request_head", { limit: mostHeadBytes });
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new EspejoError("request_late", {
      ...{ head: patience.head / 1000, whole: patience.whole / 1000 },
    });
  const reason =
    code === "HPE_INVALID_EOF_STATE"
      ? phrase("json_ends", {})
      : message.replace(/^Parse Error: /, "");
  return new EspejoError("request_http", { reason });
}

/** Answers on a bare connection and ends it. The client's language is not known: nothing could be read. */
function refuse(error: EspejoError, socket: Socket, log: FastifyBaseLogger, cause = ""): void {
  const id = randomUUID();
  const status = statusOf(error);
  log.info({ id, status, cause }, "no request");
  const { _httpMessage: begun } = socket as { _httpMessage?: ServerResponse };
  // inside of an answer that has begun, another one would be part of it
  if (socket.writable && !begun?.headersSent) {
    const body = JSON.stringify(errorBody(error, id, "en"));
    const head = [
      ...[`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, "Connection: close"],
      ...["Content-Type: application/json; charset=utf-8", "X-Content-Type-Options: nosniff"],
      ...[`X-Request-Id: ${id}`, `Content-Length: ${Buffer.byteLength(body)}`],
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  }
  socket.destroy();
}
