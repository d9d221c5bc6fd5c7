import { missingPartError, type NativePackage } from "../../missing-parts.ts";

/**
 * sharp, loaded when an image is first read or written: that takes longer than all of the command line's own
 * code. Throws dependency_missing.
 */
export const loadSharp = async () => (await part("sharp", () => import("sharp"))).default;

/** DuckDB, whose library is large: what reads no data does not wait for it. Throws dependency_missing. */
export const loadDuckDB = (): Promise<typeof import("@duckdb/node-api")> =>
  part("@duckdb/node-api", () => import("@duckdb/node-api"));

async function part<Module>(name: NativePackage, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw missingPartError(name, error);
  }
}
