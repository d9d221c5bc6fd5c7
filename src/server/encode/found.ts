import type { Language } from "../../language.ts";
import type { Decoded } from "../decode/knock.ts";
import type { Served } from "../models/served.ts";
import type { Scored } from "../rows.ts";

/** What an answer is made of. */
export interface Found {
  readonly decoded: Decoded;
  readonly scored: Scored;
  readonly served: Served;
  readonly accept: string;
  /** That of the client. */
  readonly language: Language;
}

/** The body of an answer and what its head says. */
export interface Answer {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}
