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
  "reason.missing": "missing",
  "reason.other": "(other)",
  "content.tables": "tables",
  "content.images": "images",
  "content.sequences": "sequences",
} as const satisfies Record<string, string>;

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
  "reason.missing": "ausente",
  "reason.other": "(otra)",
  "content.tables": "tablas",
  "content.images": "imágenes",
  "content.sequences": "secuencias",
};
