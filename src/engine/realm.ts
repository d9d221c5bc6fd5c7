import { runInThisContext } from "node:vm";

/**
 * Where the process lives. A test runner such as Jest gives each file a realm of its own, with a copy of the
 * environment; the native library reads the environment of the process, makes its arrays in the realm of the
 * process and takes none of another, so its package is loaded there.
 */
export const realm = runInThisContext("globalThis") as typeof globalThis;

/** `require` of the realm, for a module of ours by its URL. */
export const requireIn = (url: string): NodeJS.Require =>
  realm.process.getBuiltinModule("node:module").createRequire(url);
