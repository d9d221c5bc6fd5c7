import { gunzip, inflate } from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { EspejoError, phrase } from "../errors.ts";

/** How bodies are unpacked, by their Content-Encoding. */
const unpackers: Readonly<Record<string, typeof gunzip>> = { gzip: gunzip, deflate: inflate };

export type BodyDone = (error: Error | null, body?: Buffer) => void;

/**
 * Has an app take bodies of any type as bytes, unpacked, of at most so many. Whoever is refused is answered once, and what is
 * left of the body is thrown away: a pipeline of streams would leave the connection stuck. Errors are `request_large`,
 * `request_type` and `request_cut`.
 */
export function readBodies(app: FastifyInstance, { bodyLimit }: { readonly bodyLimit: number }) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (request: FastifyRequest, _payload, done: BodyDone) =>
    readBody(request, bodyLimit, done),
  );
}

function readBody({ headers, raw }: FastifyRequest, limit: number, done: BodyDone): void {
  // names of encodings are the same in capitals, and that of none stands for none (RFC 9110, 8.4)
  const encoding = headers["content-encoding"]?.trim().toLowerCase() || "identity";
  const unpack = unpackers[encoding];
  const stated = headers["content-length"];
  const length = stated === undefined ? null : Number(stated);
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
