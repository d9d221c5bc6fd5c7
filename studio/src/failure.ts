import type { StudioError } from "../../src/studio/api/state.ts";
import { say } from "./say.ts";

/** An answer that is an error, in words for a person; status 0 where nothing answered. */
export class Failure extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, { error, code }: StudioError) {
    super(error);
    this.status = status;
    this.code = code;
  }
}

/** The failure that the body of an answer tells. */
export function failureOf(status: number, body: string): Failure {
  try {
    const told = JSON.parse(body) as Partial<StudioError>;
    if (typeof told.error === "string")
      return new Failure(status, { error: told.error, code: told.code ?? "unknown" });
  } catch {
    // not of the studio: a page of something between
  }
  return new Failure(status, { error: say("error.answer", { status }), code: "unknown" });
}
