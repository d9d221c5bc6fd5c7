import type { enClusterScores } from "./en-cluster-scores.ts";

/** Lo que dicen las órdenes que usan un modelo en un clúster, en español. */
export const esClusterScores: Readonly<Record<keyof typeof enClusterScores, string>> = {
  "clusterScore.about": "puntúa filas donde las tiene Apache Spark; las escribe Spark",
  "clusterEncode.about":
    "codifica filas donde las tiene Apache Spark; los códigos los escribe Spark",
  "clusterEvaluate.about": "juzga un modelo con filas etiquetadas donde las tiene Apache Spark",
  "option.clusterOutput":
    "carpeta en la que Spark escribe ficheros; su terminación elige el formato: .parquet, .csv, .json o .ndjson",
  "option.outputTable": "una tabla del catálogo de Spark que se escribe en su lugar",
  "option.overwrite": "reemplaza la tabla, o la carpeta si la escribió Spark",
  "cluster.open":
    "{rows} {rows:fila no tiene|filas no tienen} veredicto: no se pudo leer una celda (columna unread)",
  "cluster.counted":
    "con tantas filas se cuentan juntas las de puntuación casi igual: las cifras valen hasta el cuarto decimal",
};
