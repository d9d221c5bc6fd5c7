import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What an id of a request may be: it goes into logs and answers. */
const possible = /^[\w.:-]{1,64}$/;

/** Options of Fastify: the id that a client sends as X-Request-Id, or one of ours. */
export const requestIds = {
  requestIdHeader: false as const,
  genReqId(request: Pick<IncomingMessage, "headers">): string {
    const own = request.headers["x-request-id"];
    return typeof own === "string" && possible.test(own) ? own : randomUUID();
  },
};
