import type { enJoin } from "./en-join.ts";

/** Lo que varias órdenes dicen de los ficheros que escriben, in Spanish. */
export const esJoin: Readonly<Record<keyof typeof enJoin, string>> = {
  "output.saved": "guardado {path}: {rows} filas",
};
