import { EspejoError, phrases } from "../errors.ts";
import { kindsOf } from "../models/kinds.ts";
import { networkKind } from "../tasks/lesson/network.ts";
import type { OpenedData } from "../tasks/opening/open-data.ts";
import { nameOf, type OptionRow, type Options } from "./options.ts";
import { trainOptionRows } from "./train-options.ts";

/** Options of training that are those of some kinds, by the names of these. */
export const ofKinds: Readonly<Record<string, readonly string[]>> = {
  ...{ hidden: ["basic"], dropout: ["basic"], noise: ["basic"] },
  activation: ["basic", "convolutional"],
  ...{ filters: ["convolutional"], kernelSize: ["convolutional"] },
  ...{ down: ["convolutional"], up: ["convolutional"] },
  ...{ cell: ["recurrent"], units: ["recurrent"], bidirectional: ["recurrent"] },
  ...{ corruption: ["denoising"], robustLoss: ["robust"], sigma: ["robust"] },
  ...{ beta: ["variational"], warmUp: ["variational"], variance: ["variational"] },
  prior: ["adversarial", "wasserstein"],
  ...{ penalty: ["sparse"], rho: ["sparse"] },
  strength: ["sparse", "contractive", "wasserstein"],
  ...{ private: ["ensemble"], normalOnly: ["ensemble"] },
};
const ofTables = ["scaling", "log"];

/**
 * Refuses options of training that would change nothing: `option_kind` for one of other kinds than that which trains,
 * `option_idle` for one of columns where rows have none, `normal_unlabelled` for a normal value of no label.
 */
export function refuseIdleTraining(
  { table, arrays }: OpenedData,
  options: Options,
  { usualKind = "basic" }: { readonly usualKind?: string } = {},
): void {
  const kind = (options.kind as string | undefined) ?? usualKind;
  const names = [networkKind(kind), ...kindsOf(kind).map(({ name }) => name)];
  for (const row of trainOptionRows) {
    const name = nameOf(row);
    const owners = ofKinds[name];
    if (options[name] === undefined || options[name] === false) continue;
    const option = flagOf(row);
    // of any kind that learns a panel it leaves out what each of its keys was like
    if (name === "private" && table?.shape?.key.length) continue;
    if (owners && !owners.some((owner) => names.includes(owner)))
      throw new EspejoError("option_kind", {
        ...{ option, kind, kinds: owners.join(", ") },
      });
    if (arrays && ofTables.includes(name))
      throw new EspejoError("option_idle", {
        ...{ path: arrays.path, option, format: phrases[arrays.detected.content] },
      });
  }
  if (table && options.normal !== undefined && !table.columns.some(({ role }) => role === "label"))
    throw new EspejoError("normal_unlabelled", { path: table.path });
}

const flagOf = ({ flags }: OptionRow): string => /--[a-z0-9-]+/.exec(flags)![0];
