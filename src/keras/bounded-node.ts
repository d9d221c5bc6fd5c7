import { createContext, runInContext } from "node:vm";

/** Does something in this thread, and no longer than that, even where it never comes back. Throws an Error. */
export function bounded<T>(milliseconds: number, work: () => T): T {
  try {
    return runInContext("work()", createContext({ work }), {
      timeout: Math.ceil(milliseconds),
    }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new Error(
      `it was not read within ${Math.ceil(milliseconds / 1000)} s: it is damaged, or too large`,
    );
  }
}
