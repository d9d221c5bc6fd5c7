import { type ErrorCode, type ErrorParameters, EspejoError } from "./errors.ts";

/** An error on its way from one thread or process to another. */
export interface CarriedError {
  /** Of the catalogue, or null for an error that is not ours. */
  readonly code: ErrorCode | null;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly message: string;
}

/** An error as plain data. */
export function carryError(error: unknown): CarriedError {
  if (error instanceof EspejoError)
    return { code: error.code, parameters: error.parameters, message: error.message };
  return { code: null, parameters: {}, message: (error as Error).message };
}

/** The error that plain data tell of. */
export function arrivedError({ code, parameters, message }: CarriedError): Error {
  if (code === null) return new Error(message);
  return new EspejoError(code, parameters as ErrorParameters<ErrorCode> & object);
}
