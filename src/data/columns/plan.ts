import { EspejoError } from "../../errors.ts";
import { findColumn, missingColumn, placeOfColumn } from "../terms/find.ts";
import { type Note, note } from "../terms/notes.ts";
import type { ColumnType, OpenOptions, Role } from "../terms/table.ts";

/** What is known of the columns before a cell is read, by place in the source. */
export interface Plan {
  /** Names as the table shows them: the model's where columns are matched by position. */
  readonly names: readonly string[];
  readonly types: ReadonlyMap<number, ColumnType>;
  readonly roles: ReadonlyMap<number, { readonly role: Role; readonly why: Note }>;
  /** Units that a model knows, by name of column. */
  readonly units: ReadonlyMap<string, string>;
  /** Whether a model says what the columns are: the others are then not looked at. */
  readonly matched: boolean;
}

/** Takes the plan from a model's columns, or from what a person states. */
export function planColumns(
  source: { readonly path: string; readonly names: readonly string[]; readonly header: boolean },
  options: OpenOptions,
  notes: Note[],
): Plan {
  return options.expect
    ? matchModel(source, options, options.expect, notes)
    : statedPlan(source, options);
}

function statedPlan(
  { path, names }: { readonly path: string; readonly names: readonly string[] },
  options: OpenOptions,
): Plan {
  const types = new Map<number, ColumnType>();
  for (const [column, type] of Object.entries(options.types ?? {})) {
    types.set(findColumn(names, column, path), type);
  }
  const roles = new Map<number, { role: Role; why: Note }>();
  const state = (columns: readonly string[], role: Role, why = note("why_stated")) => {
    for (const column of columns) roles.set(findColumn(names, column, path), { role, why });
  };
  if (options.features) {
    names.forEach((_, i) => {
      roles.set(i, { role: "ignore", why: note("why_not_asked") });
    });
    state(options.features, "feature");
  }
  state(options.ignore ?? [], "ignore", note("why_ignored"));
  state([options.id ?? []].flat(), "id");
  if (options.weight !== undefined) state([options.weight], "weight");
  if (options.time !== undefined) state([options.time], "time");
  if (options.label !== undefined) {
    const label = findColumn(names, options.label, path, "label_missing");
    roles.set(label, { role: "label", why: note("why_stated") });
  }
  return { names, types, roles, units: new Map(), matched: false };
}

type Expected = NonNullable<OpenOptions["expect"]>;

function matchModel(
  source: { readonly path: string; readonly names: readonly string[]; readonly header: boolean },
  options: OpenOptions,
  expect: Expected,
  notes: Note[],
): Plan {
  const { path, header } = source;
  const names = header ? source.names : positionNames(source, expect, notes);
  const types = new Map<number, ColumnType>();
  const roles = new Map<number, { role: Role; why: Note }>();
  for (const column of expect) {
    const at = names.indexOf(column.name);
    if (at >= 0) {
      types.set(at, column.type);
      roles.set(at, { role: column.role, why: note("why_model") });
    } else if (column.role === "feature") {
      const used = expect.map(({ name }) => name);
      throw missingColumn(path, column.name, names, used);
    }
  }
  if (options.label !== undefined) {
    const label = findColumn(names, options.label, path, "label_missing");
    roles.set(label, { role: "label", why: note("why_stated") });
  }
  for (const column of [options.id ?? []].flat()) {
    roles.set(findColumn(names, column, path), { role: "id", why: note("why_stated") });
  }
  refuseOthers(path, names, expect, options);
  const unknown = names.filter((_, i) => !roles.has(i));
  if (unknown.length > 0) notes.push(note("more_columns", { columns: unknown.join(", ") }));
  const units = new Map(expect.flatMap(({ name, unit }) => (unit === null ? [] : [[name, unit]])));
  return { names, types, roles, units, matched: true };
}

/** Throws `option_learnt` for types and roles that are stated and are not those of the model. */
function refuseOthers(
  path: string,
  names: readonly string[],
  expect: Expected,
  { types = {}, features = [], ignore = [], weight, time }: OpenOptions,
): void {
  const roles = {
    feature: features,
    ignore,
    weight: [weight ?? []].flat(),
    time: [time ?? []].flat(),
  };
  const said = [
    ...Object.entries(types).map(([column, type]) => ["types", column, type] as const),
    ...Object.entries(roles).flatMap(([role, list]) =>
      list.map((column) => [role === "feature" ? "features" : role, column, role] as const),
    ),
  ];
  for (const [option, column, stated] of said) {
    const name = names[placeOfColumn(names, column)];
    const known = expect.find((each) => each.name === name);
    // what is not used may be of any type
    if (known?.role === "ignore" && option === "types") continue;
    const learnt = known && (option === "types" ? known.type : known.role);
    if (learnt && learnt !== stated)
      throw new EspejoError("option_learnt", {
        path,
        column: known.name,
        option: `--${option}`,
        stated,
        learnt,
      });
  }
}

/** Without a header, columns are those of the model in order; its label may be left out. */
function positionNames(
  { path, names }: { readonly path: string; readonly names: readonly string[] },
  expect: Expected,
  notes: Note[],
): readonly string[] {
  if (
    expect.every((c) => c.role !== "feature" || names.includes(c.name)) &&
    names.length === expect.length
  ) {
    return names;
  }
  const unlabelled = expect.filter((column) => column.role !== "label");
  const features = expect.filter((column) => column.role === "feature");
  const match = [expect, unlabelled, features].find((list) => list.length === names.length);
  if (!match) {
    throw new EspejoError("column_count", { path, actual: names.length, expected: expect.length });
  }
  notes.push(note("matched_by_position"));
  return match.map((column) => column.name);
}
