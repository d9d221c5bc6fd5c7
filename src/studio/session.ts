import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type {} from "@fastify/cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { EspejoError } from "../errors.ts";
import { requestOf } from "../http/request-of.ts";
import { z } from "../schema.ts";

const newSession = z.object({ token: z.string().check(z.maxLength(200)) });

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Who has the secret of the printed address gets a cookie; without it nothing under `/api` answers. The secret stands in the
 * fragment, which no server, proxy or log sees. Ports of a computer share cookies: the cookie is named by its port.
 */
export function addSession(app: FastifyInstance, token: string): void {
  const secret = digestOf(token);
  const session = randomBytes(24).toString("hex");
  const known = digestOf(session);
  const nameOf = (request: FastifyRequest): string => `espejo-${request.socket.localPort ?? 0}`;
  app.addHook("onRequest", (request, _reply, done) => {
    const path = request.url.split("?")[0]!;
    if (!path.startsWith("/api/") || path === "/api/session") return done();
    const given = request.cookies[nameOf(request)] ?? "";
    done(
      timingSafeEqual(digestOf(given), known) ? undefined : new EspejoError("studio_session", {}),
    );
  });
  app.post("/api/session", async (request, reply) => {
    const given = requestOf(newSession, request.body).token;
    if (!timingSafeEqual(digestOf(given), secret)) throw new EspejoError("studio_session", {});
    return reply
      .setCookie(nameOf(request), session, { path: "/", httpOnly: true, sameSite: "strict" })
      .code(204)
      .send();
  });
}
