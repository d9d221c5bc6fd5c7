import type { Invocation, InvocationOptions, Verb } from "./invocation.ts";
import { examplesByColumn, libraryOptions } from "./library-options.ts";
import { readingNames, roleNames } from "./reading-names.ts";

const openNames = [...roleNames, ...readingNames];

/** Options that only images and sequences have. */
const arrayNames = [
  "group",
  "window",
  "stride",
  "size",
  "fit",
  "channels",
  "range",
  "pages",
  "labels",
];
/** Where a cluster is, and what it reads there. */
const placeNames = ["master", "connect", "conf", "python"];
const clusterNames = [...placeNames, "sparkLog", "table", "sql"];
/** What is written by a line of its own, or said to a terminal only. */
const ownLines = [
  ...["output", "format", "save", "model", "report", "top", "beside", "alone", "run", "resume"],
];

/** A call as a program: the lines that do the same with the library. */
export function typescriptOf(invocation: Invocation): string {
  const { data, options } = invocation;
  const call: Call = {
    data: literal(data),
    arrays: isOfArrays(invocation),
    open: openOptions(options),
    settings: libraryOptions(without(options, [...openNames, ...ownLines])),
    options,
  };
  const lines = recipes[invocation.verb](call);
  const text = lines.join("\n");
  const used = imports.filter((name) => new RegExp(`\\b${name}[(.]`).test(text));
  const node = text.includes("writeFile(") ? 'import { writeFile } from "node:fs/promises";\n' : "";
  return `${node}import { ${used.join(", ")} } from "espejo/node";\n\n${text}`;
}

interface Call {
  readonly data: string;
  readonly arrays: boolean;
  readonly open: InvocationOptions;
  readonly settings: InvocationOptions;
  readonly options: InvocationOptions;
}

const imports = [
  ...[
    "ArrayModel",
    "compare",
    "compareArrays",
    "connectToCluster",
    "detect",
    "detectArrays",
    "generateArrays",
  ],
  ...["generateRows", "generationReport", "importKeras", "openArrays", "openRanking", "openTable"],
  ...["reduce", "reducerOf"],
  ...["report", "rethreshold", "rethresholdArrays", "saveReport", "scoreRows", "studyReduction"],
  ...["TableModel", "train", "trainArrays", "trainOnCluster", "withThreshold"],
];

const recipes: Readonly<Record<Verb, (call: Call) => readonly string[]>> = {
  "cluster train": ({ data, open, settings, options }) => {
    const place = Object.fromEntries(
      Object.entries(options).filter(([name]) => placeNames.includes(name)),
    );
    const { table, sql } = options;
    const source = table !== undefined ? { table } : sql !== undefined ? { sql } : null;
    const told = {
      ...without(settings, clusterNames),
      ...(Object.keys(open).length > 0 && { read: open }),
    };
    return [
      `const connection = await connectToCluster(${literal(place)});`,
      `const { model } = await trainOnCluster(connection, ${source ? literal(source) : `{ path: ${data} }`}${given(told)});`,
      ...saved("model", options.output),
      "await connection.end();",
    ];
  },
  detect: ({ data, arrays, open, settings, options }) => {
    const { clean, ...rest } = settings;
    const told = {
      ...rest,
      ...(clean === true && { normalOnly: true }),
      ...(options.run !== undefined && { run: options.run }),
      ...(options.resume !== undefined && { resumeRun: options.resume }),
    };
    const source = arrays ? "arrays" : data;
    const most = options.top === undefined ? "" : `, ${literal({ most: options.top })}`;
    return [
      ...(arrays
        ? [
            opened("arrays", data, open),
            `const detector = await detectArrays(arrays${given({ ...told, ...labelled(open, told) })});`,
          ]
        : [`const detector = await detect(${data}${given({ ...open, ...told })});`]),
      `const { ranked } = await detector.rank(${source}${most});`,
      ...saved("detector", options.save),
    ];
  },
  train: ({ data, arrays, open, settings, options }) => [
    opened(arrays ? "arrays" : "table", data, open),
    arrays
      ? `const { model } = await trainArrays(arrays${given({ ...settings, ...labelled(open, settings) })});`
      : `const { model } = await train(table${given(settings)});`,
    ...saved("model", options.output),
  ],
  reduce: ({ data, open, settings, options }) => {
    const { latentDim, ...rest } = settings;
    const studied = latentDim === undefined || latentDim === "auto";
    const told = literal({ ...rest, ...(!studied && { latentDim }) });
    return [
      opened("table", data, open),
      ...(studied ? [`const { choice } = await studyReduction(table${given(rest)});`] : []),
      studied
        ? `const reducer = await reduce(table, { ${[...fields(rest), "latentDim: choice.latentDim"].join(", ")} });`
        : `const reducer = await reduce(table, ${told});`,
      "const codes = await reducer.encode(table);",
      ...saved("reducer", options.save),
    ];
  },
  score: ({ data, arrays, open, options }) => [
    ...matched(data, arrays, open, options),
    "const scores = [];",
    arrays
      ? 'for await (const { x, rows } of model.batches(arrays)) {\n  const { score } = await model.run(["score"], x, rows);\n  scores.push(...score!.data);\n}'
      : "for await (const { score } of scoreRows(model, table)) scores.push(...score);",
  ],
  report: ({ data, arrays, open, settings, options }) => {
    const { label, ...read } = open;
    const { lang, ...rest } = settings;
    const told = {
      ...(label !== undefined && { label }),
      ...rest,
      ...(lang !== undefined && { language: lang }),
    };
    const plain = Object.keys(read).length === 0;
    const source = plain
      ? `${data}, ${literal(options.model)}`
      : arrays
        ? "arrays, model"
        : "table, model";
    return [
      ...(plain ? [] : matched(data, arrays, open, options)),
      `await saveReport(await report(${source}${given(told)}), ${literal(options.output ?? "report.html")});`,
    ];
  },
  generate: ({ arrays, open, settings, options }) => {
    const { data, between, steps, rows, lang, quality, ...rest } = settings;
    const pages = options.report !== undefined;
    const ends = (between as readonly string[] | undefined)?.map(placeOf).join(", ");
    const told = [
      ...fields({
        ...rest,
        rows: ends === undefined ? rows : (steps ?? 8),
        ...((pages || quality === true) && { quality: true }),
      }),
      ...(ends === undefined ? [] : [`between: [${ends}]`]),
    ].join(", ");
    const source = data === undefined ? "null" : arrays ? "arrays" : "table";
    return [
      ...(data === undefined
        ? [modelRead(arrays, options)]
        : matched(literal(data), arrays, open, options)),
      `const generated = await ${arrays ? "generateArrays" : "generateRows"}(model, ${source}, { ${told} });`,
      ...(pages
        ? [
            `const page = await generationReport({ model, generated, data: ${literal(data)} }${given({ ...(lang !== undefined && { language: lang }) })});`,
            `await saveReport(page, ${literal(options.report)});`,
          ]
        : []),
    ];
  },
  compare: ({ data, arrays, open, settings }) => [
    ...(arrays ? [opened("arrays", data, open)] : []),
    arrays
      ? `const comparison = await compareArrays(arrays${given({ ...settings, ...labelled(open, settings) })});`
      : `const comparison = await compare(${data}${given({ ...open, ...settings })});`,
  ],
  encode: ({ data, arrays, open, options }) => [
    ...matched(data, arrays, open, options),
    ...(arrays
      ? [
          "const codes = [];",
          'for await (const { x, rows } of model.batches(arrays)) {\n  const { latent } = await model.run(["latent"], x, rows);\n  codes.push(...latent!.data);\n}',
        ]
      : ["const codes = await reducerOf(model).encode(table);"]),
  ],
  decode: ({ data, arrays, options }) => [
    modelRead(arrays, options),
    `const table = await openTable(${data});`,
    'const numeric = Array.from({ length: model.latentDim }, (_, i) => "latent_" + (i + 1));',
    "for await (const { numeric: codes, rows } of table.batches({ numeric, categories: [] })) {\n  const rebuilt = await model.decode(Float32Array.from(codes), rows);\n}",
  ],
  threshold: ({ data, arrays, open, settings, options }) =>
    data === "null"
      ? [
          modelRead(arrays, options),
          `await writeFile(${literal(options.output)}, withThreshold(model, ${Number(settings.threshold)}));`,
        ]
      : [
          ...matched(data, arrays, open, options),
          `const again = await ${arrays ? "rethresholdArrays(model, arrays" : "rethreshold(model, table"}${given(settings)});`,
          ...saved("again.model", options.output),
        ],
  runs: ({ data }) => [
    `const ranking = await openRanking(${data});`,
    "const { rows } = await ranking.page();",
    "ranking.dispose();",
  ],
  import: ({ data, settings, options }) => [
    `const { model } = await importKeras(${data}${given(settings)});`,
    ...saved("model", options.output),
  ],
};

/** A row of data by its number from 1, or by its name. */
const placeOf = (item: string): string =>
  /^\d+$/.test(item) ? String(Number(item) - 1) : `arrays.names.indexOf(${literal(item)})`;

/** Data are opened as a table unless something says that they are none. */
const isOfArrays = ({ options, arrays }: Invocation): boolean =>
  arrays ??
  (arrayNames.some((name) => options[name] !== undefined) ||
    /images|sequences/.test(String(options.content ?? "")) ||
    /convolutional|recurrent/.test(String(options.kind ?? "")));

/** How data are opened, as the library is told. */
function openOptions(options: InvocationOptions): InvocationOptions {
  const entries = openNames.flatMap((name) => {
    const value = options[name];
    // a table is opened as nothing else
    if (value === undefined || value === "rows") return [];
    return name === "number"
      ? [["numbers", examplesByColumn(value as readonly string[])] as const]
      : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

const without = (options: InvocationOptions, names: readonly string[]): InvocationOptions =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));

const opened = (what: "table" | "arrays", data: string, open: InvocationOptions): string =>
  `const ${what} = await ${what === "table" ? "openTable" : "openArrays"}(${data}${given(open)});`;

const saved = (name: string, path: unknown): readonly string[] =>
  typeof path === "string" ? [`await ${name}.save(${literal(path)});`] : [];

/** Where classes are named, they tell what trains. */
const labelled = (open: InvocationOptions, told: InvocationOptions): InvocationOptions =>
  open.label !== undefined || told.normal !== undefined ? { labelled: true } : {};

const modelRead = (arrays: boolean, { model }: InvocationOptions): string =>
  `const model = await ${arrays ? "ArrayModel" : "TableModel"}.read(${literal(model)});`;

/** A model, and data that match it. */
function matched(
  data: string,
  arrays: boolean,
  open: InvocationOptions,
  options: InvocationOptions,
): readonly string[] {
  const like = arrays
    ? ["like: model.metadata.source"]
    : ["expect: model.metadata.columns", "prior: model.metadata.source"];
  const told = [...fields(open), ...like].join(", ");
  return [
    modelRead(arrays, options),
    `const ${arrays ? "arrays = await openArrays" : "table = await openTable"}(${data}, { ${told} });`,
  ];
}

/** Options as the last argument of a call; nothing where there are none. */
const given = (options: InvocationOptions): string =>
  Object.keys(options).length === 0 ? "" : `, ${literal(options)}`;

const fields = (value: object): readonly string[] =>
  Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => {
      const key = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
      return `${key}: ${literal(each)}`;
    });

/** A value as a program writes it. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const inner = fields(value);
    return inner.length === 0 ? "{}" : `{ ${inner.join(", ")} }`;
  }
  return JSON.stringify(value) ?? "undefined";
}
