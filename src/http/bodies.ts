import type { IncomingHttpHeaders } from "node:http";
import { gunzip, inflate } from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { EspejoError, phrase } from "../errors.ts";
import { Room, type Share } from "./room.ts";

/** How bodies are unpacked, by their Content-Encoding. */
const unpackers: Readonly<Record<string, typeof gunzip>> = { gzip: gunzip, deflate: inflate };

/** Bytes of a body that is not waited for: it comes with the head of its request. */
const smallBytes = 64 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    /** The room of a body that is not small. */
    share: Share | null;
  }
}

export interface BodyOptions {
  /** Bytes of one body. */
  readonly bodyLimit: number;
  /** Bytes of all bodies that are read or worked at; more wait at their clients. */
  readonly room: number;
}

export type BodyDone = (error: Error | null, body?: Buffer) => void;

/**
 * Has an app take bodies of any type as bytes, unpacked, of at most so many. Whoever is refused is answered once, and what is
 * left of the body is thrown away: a pipeline of streams would leave the connection stuck. Errors are `request_large`,
 * `request_type` and `request_cut`.
 */
export function readBodies(app: FastifyInstance, { bodyLimit, room: bytes }: BodyOptions): void {
  const room = new Room(bytes);
  app.decorateRequest("share", null);
  app.addHook("preParsing", (request, reply, payload, done) => {
    const most = mostBytes(request.headers, bodyLimit);
    if (most <= smallBytes) {
      done(null, payload);
      return;
    }
    const share = room.enter(most, (error) => done(error, payload));
    request.share = share;
    reply.raw.once("close", () => share.leave());
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (request: FastifyRequest, _payload, done: BodyDone) =>
    readBody(request, bodyLimit, (error, body) => {
      request.share?.settle(body?.length ?? 0);
      done(error, body);
    }),
  );
}

/** How many bytes come, where that is said, and how they are packed. */
function aboutBody({ "content-length": length, "content-encoding": named }: IncomingHttpHeaders) {
  return {
    length: length === undefined ? null : Number(length),
    // names of encodings are the same in capitals, and that of none stands for none (RFC 9110, 8.4)
    encoding: named?.trim().toLowerCase() || "identity",
  };
}

/** Bytes that a body may take, unpacked; 0 where there is none, or one that is refused by its head. */
function mostBytes(headers: IncomingHttpHeaders, limit: number): number {
  const { length, encoding } = aboutBody(headers);
  if (length === null) return headers["transfer-encoding"] === undefined ? 0 : limit;
  if (length === 0 || length > limit) return 0;
  return encoding === "identity" ? length : limit;
}

function readBody({ headers, raw }: FastifyRequest, limit: number, done: BodyDone): void {
  const { length, encoding } = aboutBody(headers);
  const unpack = unpackers[encoding];
  const read = (error: Error | null, body?: Buffer): void => {
    if (error || !unpack) done(error, body);
    else
      unpack(body!, { maxOutputLength: limit }, (failed, unpacked) => {
        if (!failed) done(null, unpacked);
        else if ((failed as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
          done(new EspejoError("request_large", { limit }));
        else done(new EspejoError("request_cut", { reason: phrase("body_packed", {}) }));
      });
  };
  if (!unpack && encoding !== "identity")
    done(new EspejoError("request_type", { type: encoding.slice(0, 100) }));
  else if (length !== null && length > limit) done(new EspejoError("request_large", { limit }));
  else if (length === null) collect(raw, limit, read);
  else fill(raw, length, read);
}

/** Bytes whose number is known, each laid down where it stays: a list of parts that are joined would take twice as many. */
function fill(raw: FastifyRequest["raw"], length: number, done: BodyDone): void {
  const body = Buffer.allocUnsafe(length);
  let at = 0;
  listen(raw, {
    onPart(part) {
      if (at + part.length <= length) part.copy(body, at);
      at += part.length;
      return at <= length;
    },
    onEnd(error) {
      const cut = new EspejoError("request_cut", { reason: phrase("body_length", {}) });
      if (error || at !== length) done(error ?? cut);
      else done(null, body);
    },
  });
}

/** Bytes whose number is not known before they are there. */
function collect(raw: FastifyRequest["raw"], limit: number, done: BodyDone): void {
  const parts: Buffer[] = [];
  let length = 0;
  listen(raw, {
    onPart(part) {
      parts.push(part);
      length += part.length;
      return length <= limit;
    },
    onEnd(error) {
      if (error) done(error);
      else if (length > limit) done(new EspejoError("request_large", { limit }));
      else done(null, Buffer.concat(parts, length));
    },
  });
}

/** Hears a body until its end, an error, or a part after which no more is wanted. */
function listen(
  raw: FastifyRequest["raw"],
  { onPart, onEnd }: { onPart(part: Buffer): boolean; onEnd(error: Error | null): void },
): void {
  const end = (error: Error | null): void => {
    raw.off("data", part).off("end", whole).off("error", end);
    onEnd(error);
  };
  const part = (bytes: Buffer): void => {
    if (!onPart(bytes)) end(null);
  };
  const whole = (): void => end(null);
  raw.on("data", part).on("end", whole).on("error", end);
}
