/** Words for columns and contents that figures and the command line share, in English. */
export const enColumns = {
  "type.number": "number",
  "type.category": "category",
  "type.date": "date",
  "type.text": "text",
  "type.boolean": "boolean",
  "role.feature": "feature",
  "role.id": "id",
  "role.label": "label",
  "role.time": "time",
  "role.weight": "weight",
  "role.ignore": "ignore",
  "reason.expected": "{column} = {actual} (expected {expected})",
  "reason.similar": "{column} = {actual} (expected {expected}; most similar row: {similar})",
  "reason.unlikely": "{column} = {actual} (probability {percent} %)",
  "reason.missing": "missing",
  "reason.other": "(other)",
  "reason.place": "rows {top} to {bottom}, columns {left} to {right} ({percent} % of the error)",
  "reason.spread":
    "all over it, most in rows {top} to {bottom}, columns {left} to {right} ({percent} % of the error)",
  "reason.step": "{column} = {actual} at step {step} (expected {expected})",
  "reason.stepRow": "{column} = {actual} in row {row} (expected {expected})",
  "reason.stepTime": "{column} = {actual} at {time} (expected {expected})",
  "content.tables": "tables",
  "content.images": "images",
  "content.sequences": "sequences",
  "content.windows": "windows",
} as const satisfies Record<string, string>;

/** Those of them whose rows are of a picture or a table, whatever the data consist of. */
export const rowsOfTables: ReadonlySet<string> = new Set([
  "reason.place",
  "reason.spread",
  "reason.stepRow",
]);

/** The same in Spanish. */
export const esColumns: Readonly<Record<keyof typeof enColumns, string>> = {
  "type.number": "número",
  "type.category": "categoría",
  "type.date": "fecha",
  "type.text": "texto",
  "type.boolean": "sí/no",
  "role.feature": "variable",
  "role.id": "identificador",
  "role.label": "etiqueta",
  "role.time": "tiempo",
  "role.weight": "peso",
  "role.ignore": "fuera",
  "reason.expected": "{column} = {actual} (se esperaba {expected})",
  "reason.similar": "{column} = {actual} (se esperaba {expected}; fila más parecida: {similar})",
  "reason.unlikely": "{column} = {actual} (probabilidad {percent} %)",
  "reason.missing": "ausente",
  "reason.other": "(otra)",
  "reason.place": "filas {top} a {bottom}, columnas {left} a {right} ({percent} % del error)",
  "reason.spread":
    "por toda ella, sobre todo en filas {top} a {bottom}, columnas {left} a {right} ({percent} % del error)",
  "reason.step": "{column} = {actual} en el paso {step} (se esperaba {expected})",
  "reason.stepRow": "{column} = {actual} en la fila {row} (se esperaba {expected})",
  "reason.stepTime": "{column} = {actual} en {time} (se esperaba {expected})",
  "content.tables": "tablas",
  "content.images": "imágenes",
  "content.sequences": "secuencias",
  "content.windows": "ventanas",
};
