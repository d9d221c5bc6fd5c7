// A case of each sort: a valid thing with one field changed, or with changed bytes, given to whoever reads it.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { bytesChanged, oneFieldChanged } from "./changes.mjs";
import { optionCases } from "./options.mjs";
import { rows } from "./specimens.mjs";
import { changedTables } from "./tables.mjs";

const cached = new Map();
/** What a specimen is decoded to, once. */
function once(key, make) {
  if (!cached.has(key)) cached.set(key, make());
  return cached.get(key);
}

/** Reads a model file and uses it as people do. */
async function useModel({ espejo, folder }, bytes, name) {
  const path = join(folder, "case.onnx");
  writeFileSync(path, bytes);
  const { TableModel, ArrayModel, scoreRows, tableFromRows } = espejo;
  if (name === "plain" || name === "ensemble") {
    const model = await TableModel.read(path);
    try {
      const { columns, source } = model.metadata;
      const table = tableFromRows(rows.slice(0, 5), { expect: columns, prior: source });
      for await (const batch of scoreRows(model, table, { reasons: "all" })) batch.score.at(0);
      await model.checkGolden();
    } finally {
      await model.dispose();
    }
    return "scored";
  }
  const model = await ArrayModel.read(path);
  try {
    const cells = model.metadata.source.shape.reduce((product, size) => product * size, 1);
    await model.run(["score", "reconstruction"], new Float32Array(2 * Math.min(cells, 1e6)), 2);
    await model.checkGolden();
  } finally {
    await model.dispose();
  }
  return "scored";
}

const changedMetadata = (world, draws) => {
  const name = draws.pick(Object.keys(world.specimens.models));
  const { onnx } = world;
  const model = once(`model ${name}`, () => onnx.decode(onnx.Model, world.specimens.models[name]));
  const entries = once(`metadata ${name}`, () =>
    Object.fromEntries(
      model.metadataProps.map(({ key, value }) => {
        try {
          return [key, JSON.parse(value)];
        } catch {
          return [key, value];
        }
      }),
    ),
  );
  // each entry as often as any other, however many fields it has
  const key = draws.pick(Object.keys(entries));
  const { tree, what } = oneFieldChanged({ [key]: entries[key] }, draws);
  const written = Object.entries({ ...entries, ...tree })
    .filter(([each]) => each !== key || each in tree)
    .map(([each, value]) => ({
      key: each,
      value: typeof value === "string" ? value : (JSON.stringify(value) ?? ""),
    }));
  const bytes = onnx.encode(onnx.Model, { ...model, metadataProps: written });
  return { what: `${name}: ${what}`, run: () => useModel(world, bytes, name) };
};

const changedGraph = (world, draws) => {
  const name = draws.pick(Object.keys(world.specimens.models));
  const { onnx } = world;
  const model = once(`model ${name}`, () => onnx.decode(onnx.Model, world.specimens.models[name]));
  // a node, a tensor or a value as often as any other, however large the others are
  const part = draws.pick(["node", "initializer", "input", "output"]);
  const list = model.graph[part];
  const at = draws.number(list.length);
  const { tree, what } = oneFieldChanged(list[at], draws);
  const graph = { ...model.graph, [part]: list.with(at, tree) };
  let bytes;
  try {
    bytes = onnx.encode(onnx.Model, { ...model, graph });
  } catch {
    return null; // what no file can say
  }
  return { what: `${name}: ${part}[${at}].${what}`, run: () => useModel(world, bytes, name) };
};

/** A compressed file with another header, its lengths and its digest right. */
function withHeader(bytes, change) {
  const length = Buffer.from(bytes).readUInt32LE(5);
  const header = JSON.parse(brotliDecompressSync(bytes.subarray(13, 13 + length)).toString());
  const { tree, what } = change(header);
  const text = Buffer.from(JSON.stringify(tree) ?? "");
  const packed = brotliCompressSync(text);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(packed.length, 0);
  lengths.writeUInt32LE(text.length, 4);
  const body = [bytes.subarray(0, 5), lengths, packed, bytes.subarray(13 + length, -32)];
  const digest = createHash("sha256");
  for (const part of body) digest.update(part);
  return { bytes: Buffer.concat([...body, digest.digest()]), what };
}

async function useCompressed({ espejo, folder, models }, bytes, name) {
  const path = join(folder, "case.espc");
  writeFileSync(path, bytes);
  const { header, blocks } = await espejo.openArchive(path);
  const rows = blocks(models[name]);
  const batches =
    header.content === "table" ? espejo.archiveRows(header, rows) : espejo.archiveArrays(rows);
  for await (const batch of batches) batch.rows;
  return "unpacked";
}

const changedCompressed = (world, draws) => {
  const name = draws.pick(Object.keys(world.specimens.compressed));
  const { bytes, what } = withHeader(world.specimens.compressed[name], (tree) =>
    oneFieldChanged(tree, draws),
  );
  return { what: `${name}: ${what}`, run: () => useCompressed(world, bytes, name) };
};

const readKeras = async ({ espejo }, bytes) => {
  const { model } = await espejo.readKeras(bytes, { path: "case.keras" });
  espejo.summary(model);
  return "read";
};

const changedKeras = (world, draws) => {
  const name = draws.pick(
    Object.keys(world.specimens.keras).filter((each) => each.endsWith(".keras")),
  );
  const files = once(`keras ${name}`, () => unzipSync(world.specimens.keras[name]));
  const file = draws.pick(["config.json", "config.json", "metadata.json"]);
  const { tree, what } = oneFieldChanged(JSON.parse(strFromU8(files[file])), draws);
  const bytes = zipSync({ ...files, [file]: strToU8(JSON.stringify(tree) ?? "") }, { level: 0 });
  return { what: `${name}: ${file} ${what}`, run: () => readKeras(world, bytes) };
};

const changedBytes = (world, draws) => {
  const [sort, read] = draws.pick([
    ["models", (bytes, name) => useModel(world, bytes, name)],
    ["compressed", (bytes, name) => useCompressed(world, bytes, name)],
    ["keras", (bytes) => readKeras(world, bytes)],
  ]);
  const name = draws.pick(Object.keys(world.specimens[sort]));
  const { bytes, what } = bytesChanged(world.specimens[sort][name], draws);
  return { what: `${sort} ${name}: ${what}`, run: () => read(bytes, name) };
};

/** Of five cases four have one field changed. */
const sorts = {
  metadata: changedMetadata,
  "graph of a model": changedGraph,
  "compressed file": changedCompressed,
  "Keras file": changedKeras,
  options: optionCases,
  bytes: changedBytes,
  tables: changedTables,
};
const order = [
  "metadata",
  "options",
  "bytes",
  "graph of a model",
  "Keras file",
  "options",
  "metadata",
  "compressed file",
  "options",
  "bytes",
  "tables",
  "tables",
];

/** The case of a number: its sort, what was changed, and what runs it; null where there is nothing to try. */
export function caseOf(world, number, draws, only) {
  const sort = only || order[number % order.length];
  const made = sorts[sort](world, draws);
  return made && { sort, ...made };
}
