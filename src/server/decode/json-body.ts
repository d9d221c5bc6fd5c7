import { EspejoError, phrase, phrases } from "../../errors.ts";
import { z } from "../../schema.ts";
import { whereJsonBreaks } from "./json-places.ts";

/** Objects and lists inside of each other: more than any protocol here has, far fewer than a stack holds. */
const mostDeep = 32;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The text of a body. Throws `request_cut` where it is not UTF-8. */
export function textOfBody(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new EspejoError("request_cut", { reason: phrase("not_utf8", {}) });
  }
}

/**
 * The value of a body that is JSON; the NaN that Python writes for a missing value is null. Throws `request_json`, also for
 * one that is nested as no table is.
 */
export function jsonOfBody(body: Uint8Array): unknown {
  const text = textOfBody(body);
  refuseDeep(body);
  return jsonOfText(text);
}

/** The values of a body with one on each line, as `jsonOfBody` reads them. */
export function jsonOfLines(body: Uint8Array): unknown[] {
  const text = textOfBody(body);
  refuseDeep(body);
  return text
    .split("\n")
    .flatMap((line, i) => (line.trim() === "" ? [] : [jsonOfText(line, i + 1)]));
}

/** The value of a text, which begins on a line of its body. */
function jsonOfText(text: string, line = 1): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const read = text.includes("NaN") ? parsedOrNothing(withoutNaN(text)) : undefined;
    if (read !== undefined) return read;
    throw new EspejoError("request_json", { reason: whereJsonBreaks(text, line)! });
  }
}

function refuseDeep(body: Uint8Array): void {
  if (isDeep(body))
    throw new EspejoError("request_json", { reason: phrase("too_deep", { levels: mostDeep }) });
}

/** A text with null for every NaN that stands outside of texts. */
const withoutNaN = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b/g, (found) => (found === "NaN" ? "null" : found));

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const [open, close, quote, backslash] = [0x5b, 0x5d, 0x22, 0x5c];

/** Whether brackets stand in more levels of others than any request has, those in texts left out. */
function isDeep(body: Uint8Array): boolean {
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!;
    if (byte === quote) {
      i = body.indexOf(quote, i + 1);
      while (i >= 0 && isEscaped(body, i)) i = body.indexOf(quote, i + 1);
      if (i < 0) return false;
      // [ and ], { and } differ in one bit
    } else if ((byte & 0xdf) === open) {
      if (++depth > mostDeep) return true;
    } else if ((byte & 0xdf) === close) depth--;
  }
  return false;
}

function isEscaped(body: Uint8Array, at: number): boolean {
  let slashes = 0;
  while (body[at - 1 - slashes] === backslash) slashes++;
  return slashes % 2 === 1;
}

/** A list whose values are looked at where they are used: a schema for each would take longer than the model. */
export const longList = z.custom<readonly unknown[]>((value) => Array.isArray(value), phrases.list);
