import { availableParallelism, freemem } from "node:os";
import { loadDuckDB, loadSharp } from "../../data/native/native-parts.ts";
import { loadEngine } from "../../engine/node.ts";
import { errorText } from "../../error-text.ts";
import { EspejoError } from "../../errors.ts";
import { type CommandRow, exitCodes } from "../command.ts";

/** What Espejo is made of that may be absent: each gives its version, or throws. */
const parts = {
  native: async () => (await loadEngine("native")).version,
  wasm: async () => (await loadEngine("wasm")).version,
  duckdb: async () => (await loadDuckDB()).default.version(),
  images: async () => (await loadSharp()).versions.sharp!,
} as const;
type PartName = keyof typeof parts;

interface Found {
  readonly name: PartName;
  readonly version: string | null;
  readonly error: EspejoError | null;
}

/** Looks at a part; what is wrong with it is its error, whatever that is. */
async function lookAt(name: PartName): Promise<Found> {
  try {
    return { name, version: await parts[name](), error: null };
  } catch (error) {
    if (error instanceof EspejoError) return { name, version: null, error };
    const reason = (error as Error).message;
    return { name, version: null, error: new EspejoError("engine_missing", { reason }) };
  }
}

export const doctorCommand: CommandRow = {
  name: "doctor",
  about: "doctor.about",
  examples: [""],
  options: [],
  async run(_, __, context) {
    const found: Found[] = [];
    for (const name of Object.keys(parts) as PartName[]) found.push(await lookAt(name));
    const has = (name: PartName): boolean =>
      found.some((each) => each.name === name && !each.error);
    const memory = (freemem() / 2 ** 30).toFixed(1);
    const cores = availableParallelism();
    if (context.json)
      context.answer({
        node: process.version,
        cores,
        memory: Number(memory),
        ...Object.fromEntries(
          found.map(({ name, version, error }) => [
            name,
            { version, reason: error?.message ?? null },
          ]),
        ),
      });
    else {
      context.out(context.text("doctor.node", { version: process.version, cores, memory }));
      for (const { name, version, error } of found)
        context.out(
          error
            ? context.text("doctor.missing", {
                part: context.text(`doctor.${name}`),
                reason: errorText(error, context.language),
              })
            : context.text("doctor.part", {
                part: context.text(`doctor.${name}`),
                version: version!,
              }),
        );
      const engine = has("native") || has("wasm");
      if (!engine) context.out(context.text("doctor.noEngine"));
      else if (!has("duckdb")) context.out(context.text("doctor.noTables"));
      else if (!has("images")) context.out(context.text("doctor.noImages"));
      else context.out(context.text(has("native") ? "doctor.ok" : "doctor.slow"));
    }
    return (has("native") || has("wasm")) && has("duckdb") ? exitCodes.ok : exitCodes.engine;
  },
};
