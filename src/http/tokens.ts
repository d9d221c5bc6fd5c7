import { createHash, timingSafeEqual } from "node:crypto";
import { EspejoError } from "../errors.ts";

/** What a token lets its bearer do: score, or load and unload models too. */
export type Scope = "infer" | "admin";

/** A token by its digest, so that neither its length nor how it begins can be told from outside. */
export interface Token {
  readonly digest: Uint8Array;
  readonly scope: Scope;
  /** For logs and limits: the first digits of the digest. */
  readonly name: string;
}

const digestOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Characters below which a token can be guessed. */
const shortest = 16;

/** A token from its secret. Throws `token_short`. */
export function tokenOf(secret: string, scope: Scope): Token {
  if (secret.length < shortest) throw new EspejoError("token_short", { least: shortest });
  const digest = digestOf(secret);
  return { digest, scope, name: digest.toString("hex").slice(0, 8) };
}

/**
 * The tokens of a file: a line each, `token scope` with the scope infer or admin (infer where none is named); blank
 * lines and those that begin with # are left out. Throws `token_file` for another line, or where there is none.
 */
export function readTokens(text: string, path: string): readonly Token[] {
  const tokens = text.split(/\r?\n/).flatMap((line, i) => {
    const words = line.trim().split(/\s+/);
    const [secret = "", scope = "infer", more] = words;
    if (secret === "" || secret.startsWith("#")) return [];
    if (more !== undefined || (scope !== "infer" && scope !== "admin") || secret.length < shortest)
      throw new EspejoError("token_file", { path, line: i + 1 });
    return [tokenOf(secret, scope)];
  });
  if (tokens.length === 0) throw new EspejoError("token_file", { path, line: 1 });
  return tokens;
}

/** The token of a header `Authorization: Bearer ...`, or null. All are compared, each in constant time. */
export function bearerOf(header: string | undefined, tokens: readonly Token[]): Token | null {
  const secret = /^Bearer +(\S+)\s*$/i.exec(header ?? "")?.[1];
  if (secret === undefined) return null;
  const digest = digestOf(secret);
  let found: Token | null = null;
  for (const token of tokens) if (timingSafeEqual(token.digest, digest)) found = token;
  return found;
}
