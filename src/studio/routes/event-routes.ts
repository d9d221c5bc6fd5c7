import type { FastifyInstance } from "fastify";
import type { Events, StudioEvent } from "../events/events.ts";

/** Milliseconds between signs of life: proxies and sleeping computers close what is silent. */
const heartbeatMs = 15_000;

const messageOf = ({ id, type, data }: StudioEvent): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * What happens, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). A page that was away
 * says what it heard last, and hears the rest, or `reset` where that is no longer known.
 */
export function addEventRoutes(app: FastifyInstance, events: Events): void {
  app.get("/api/events", (request, reply) => {
    const stream = reply.raw;
    reply.hijack();
    stream.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    const heard = Number(request.headers["last-event-id"] ?? Number.NaN);
    const missed = Number.isNaN(heard) ? [] : events.since(heard);
    stream.write("retry: 1000\n\n");
    if (missed === null) stream.write("event: reset\ndata: {}\n\n");
    for (const event of missed ?? []) stream.write(messageOf(event));
    const end = events.listen((event) => stream.write(messageOf(event)));
    const beat = setInterval(() => stream.write(": here\n\n"), heartbeatMs);
    stream.once("close", () => {
      end();
      clearInterval(beat);
    });
  });
  // a stream never ends by itself
  app.addHook("preClose", (done) => {
    app.server.closeAllConnections();
    done();
  });
}
