import { mistake } from "../errors.ts";
import { checkArguments } from "../options.ts";
import { parts } from "./arguments.ts";
import type { Rows } from "./covariance.ts";
import type { Pca } from "./pca.ts";

/** Codes [n, k] of rows [n, p]: (x - mean) times each component. */
export function transform(pca: Pca, rows: Rows): Float32Array {
  checkArguments("transform", { pca: [pca, parts.pca], rows: [rows, parts.rows] });
  const p = pca.mean.length;
  const k = pca.explainedVariance.length;
  const n = rowCount("transform", rows, p);
  const codes = new Float32Array(n * k);
  const code = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    project(pca, rows, i * p, code);
    codes.set(code, i * k);
  }
  return codes;
}

/** Rows [n, p] from codes [n, k]: mean plus the sum of code times component. */
export function inverseTransform(pca: Pca, codes: Rows): Float32Array {
  checkArguments("inverseTransform", { pca: [pca, parts.pca], codes: [codes, parts.rows] });
  const p = pca.mean.length;
  const k = pca.explainedVariance.length;
  const n = rowCount("inverseTransform", codes, k);
  const rows = new Float32Array(n * p);
  const row = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    expand(pca, codes.subarray(i * k, (i + 1) * k), row);
    rows.set(row, i * p);
  }
  return rows;
}

/** [n], the mean over columns of (x - reconstruction)^2 for each row of [n, p]: PCA's anomaly score. */
export function reconstructionErrors(pca: Pca, rows: Rows): Float32Array {
  checkArguments("reconstructionErrors", { pca: [pca, parts.pca], rows: [rows, parts.rows] });
  const p = pca.mean.length;
  const n = rowCount("reconstructionErrors", rows, p);
  const errors = new Float32Array(n);
  const code = new Float64Array(pca.explainedVariance.length);
  const row = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    project(pca, rows, i * p, code);
    expand(pca, code, row);
    let sum = 0;
    for (let j = 0; j < p; j++) sum += (rows[i * p + j]! - row[j]!) ** 2;
    errors[i] = sum / p;
  }
  return errors;
}

function project({ mean, components }: Pca, rows: Rows, from: number, code: Float64Array): void {
  const p = mean.length;
  for (let c = 0, at = 0; c < code.length; c++) {
    let sum = 0;
    for (let j = 0; j < p; j++, at++) sum += (rows[from + j]! - mean[j]!) * components[at]!;
    code[c] = sum;
  }
}

function expand({ mean, components }: Pca, code: Rows, row: Float64Array): void {
  const p = mean.length;
  row.set(mean);
  for (let c = 0, at = 0; c < code.length; c++) {
    const z = code[c]!;
    for (let j = 0; j < p; j++, at++) row[j]! += z * components[at]!;
  }
}

function rowCount(name: string, values: Rows, columns: number): number {
  const n = columns === 0 ? 0 : values.length / columns;
  if (!Number.isInteger(n))
    throw mistake(`${name}: ${values.length} values do not make rows of ${columns}`);
  return n;
}
