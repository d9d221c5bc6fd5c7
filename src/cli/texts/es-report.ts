import type { enReport } from "./en-report.ts";

/** What the command line says of reports, in Spanish. */
export const esReport: Readonly<Record<keyof typeof enReport, string>> = {
  "report.about":
    "un informe en HTML sobre datos y un modelo: un solo fichero, con figuras, para cualquier lector",
  "option.outputReport": "fichero HTML de salida, - para la salida estándar (report.html)",
  "option.figures": "carpeta para cada figura en SVG y PNG",
  "option.color": "qué colorea el mapa de los códigos: una columna, o score",
  "option.modelVersion":
    "cuál de los modelos de un nombre es este, desde 1; un servidor lo dice a sus clientes",
  "option.report": "informe en HTML que escribir además",
  "report.saved": "guardado {path}: {flagged} de {rows} {rows:fila señalada|filas señaladas}",
  "report.figures": "{count:guardada|guardadas} {count} {count:figura|figuras} en {path}",
};
