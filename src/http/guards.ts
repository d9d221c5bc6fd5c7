import type { FastifyInstance, FastifyRequest } from "fastify";
import { EspejoError, type Phrase, phrase } from "../errors.ts";
import { bearerOf, type Scope, type Token } from "./tokens.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a route asks of a token; absent where anyone may knock. */
    readonly scope?: Scope;
  }
  interface FastifyRequest {
    /** Of the token that a request came with, for limits and logs. */
    tokenName: string | null;
  }
}

export interface GuardOptions {
  /** None: whoever reaches the server may use it. */
  readonly tokens: readonly Token[];
  /** Whether only names of this machine may stand in the Host header: a page of another name that resolves to it may not. */
  readonly loopback: boolean;
  /** Origins of pages that may knock, beside the server's own. */
  readonly origins: readonly string[];
}

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** The name of a Host header, without its port. */
const nameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, "");

/** Checks who knocks, before anything of a body is read. */
export function guard(app: FastifyInstance, { tokens, loopback, origins }: GuardOptions): void {
  const allowed = new Set(origins.map((origin) => origin.toLowerCase()));
  app.decorateRequest("tokenName", null);
  app.addHook("onRequest", (request, _reply, done) => {
    const hosts = hostsOf(request);
    const [host = ""] = hosts;
    if (hosts.length > 1)
      return done(new EspejoError("request_http", { reason: phrase("several_hosts", {}) }));
    if (host === "" && request.raw.httpVersion === "1.1" && !loopback)
      return done(new EspejoError("request_http", { reason: phrase("host_absent", {}) }));
    if (loopback && !loopbackNames.includes(nameOf(host)))
      return done(new EspejoError("host_refused", { host: host.slice(0, 100) }));
    if (request.method !== "GET" && request.method !== "HEAD") {
      const origin = foreignOrigin(request, host, allowed);
      if (origin !== null) return done(new EspejoError("origin_refused", { origin }));
    }
    const { scope } = request.routeOptions.config;
    if (tokens.length === 0 || scope === undefined) return done();
    const token = bearerOf(request.headers.authorization, tokens);
    if (!token) return done(new EspejoError("token_missing", {}));
    if (scope === "admin" && token.scope !== "admin")
      return done(new EspejoError("token_scope", { scope }));
    request.tokenName = token.name;
    done();
  });
}

/** The host that a request names: in its address, where that is a whole one (RFC 9112, 3.2.2), else in its head; each of several. */
function hostsOf({ raw: { url = "", rawHeaders } }: FastifyRequest): readonly string[] {
  const whole = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (whole !== undefined) return [whole];
  return rawHeaders.filter(
    (_, i) => i % 2 === 1 && rawHeaders[i - 1]!.length === 4 && /^host$/i.test(rawHeaders[i - 1]!),
  );
}

/** The origin of a page that may not knock; null where there is none: programs name no origin. */
function foreignOrigin(
  { headers }: FastifyRequest,
  host: string,
  allowed: ReadonlySet<string>,
): string | Phrase | null {
  const origin = headers.origin?.toLowerCase();
  if (origin === undefined)
    return headers["sec-fetch-site"] === "cross-site" ? phrase("another_site", {}) : null;
  const own = origin.replace(/^https?:\/\//, "") === host.toLowerCase() && origin !== "null";
  return own || allowed.has(origin) ? null : origin.slice(0, 100);
}
