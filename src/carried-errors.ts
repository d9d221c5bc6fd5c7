import { type ErrorCode, type ErrorParameters, EspejoError, type Phrase } from "./errors.ts";

/** An error on its way from one thread or process to another. */
export interface CarriedError {
  /** Of the catalogue, or null for an error that is not ours. */
  readonly code: ErrorCode | null;
  readonly parameters: Readonly<Record<string, string | number | Phrase>>;
  readonly message: string;
}

/** An error as plain data. */
export function carryError(error: unknown): CarriedError {
  if (error instanceof EspejoError) {
    const { code, parameters, phrases, message } = error;
    return { code, parameters: { ...parameters, ...phrases }, message };
  }
  return { code: null, parameters: {}, message: (error as Error).message };
}

/** The error that plain data tell of. */
export function arrivedError({ code, parameters, message }: CarriedError): Error {
  if (code === null) return new Error(message);
  return new EspejoError(code, parameters as ErrorParameters<ErrorCode> & object);
}
