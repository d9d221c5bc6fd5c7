import { availableParallelism, freemem } from "node:os";
import { loadEngine } from "../../engine/node.ts";
import { type CommandRow, exitCodes } from "../command.ts";

export const doctorCommand: CommandRow = {
  name: "doctor",
  about: "doctor.about",
  examples: [""],
  options: [],
  async run(_, __, context) {
    const version = (
      kind: "native" | "wasm",
    ): Promise<{ version: string | null; reason: string }> =>
      loadEngine(kind).then(
        (engine) => ({ version: engine.version, reason: "" }),
        (error: Error) => ({ version: null, reason: error.message }),
      );
    const { default: duckdb } = await import("@duckdb/node-api");
    const native = await version("native");
    const wasm = await version("wasm");
    const memory = (freemem() / 2 ** 30).toFixed(1);
    const cores = availableParallelism();
    if (context.json)
      context.answer({
        node: process.version,
        native,
        wasm,
        cores,
        memory: Number(memory),
        duckdb: duckdb.version(),
      });
    else {
      context.out(context.text("doctor.node", { version: process.version, cores, memory }));
      if (native.version) context.out(context.text("doctor.native", { version: native.version }));
      else context.out(context.text("doctor.nativeMissing", { reason: native.reason }));
      context.out(context.text("doctor.wasm", { version: wasm.version ?? wasm.reason }));
      context.out(context.text("doctor.duckdb", { version: duckdb.version() }));
      context.out(context.text(native.version ? "doctor.ok" : "doctor.slow"));
    }
    return wasm.version || native.version ? exitCodes.ok : exitCodes.engine;
  },
};
