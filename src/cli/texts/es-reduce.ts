import type { enReduce } from "./en-reduce.ts";

/** What `espejo reduce` says, in Spanish. */
export const esReduce: Readonly<Record<keyof typeof enReduce, string>> = {
  "reduce.about":
    "aprende un código de pocas dimensiones, junto al PCA: cuántas hacen falta, qué significan y qué conservan",
  "option.latentAuto":
    "tamaño del código: un número, o auto (lo habitual): donde se dobla la curva de errores de una escala de tamaños",
  "option.sizes":
    "tamaños del código que se prueban, como 1,2,4,8 (1, 2, 3, 4, 6, 8, 12 ... hasta 64)",
  "option.outputCodes":
    "fichero de códigos que se escribe, una línea por fila; su extensión elige el formato: csv, parquet, json o ndjson",
  "option.save": "fichero del modelo que se escribe",
  "option.map":
    "mapa de los códigos que se escribe: un dibujo (.svg, .png), o dos coordenadas por fila con su clase (.csv, .parquet, .json, .ndjson)",
  "reduce.sized": "tamaño del código {latent}: error {autoencoder}, PCA {pca}",
  "reduce.rows":
    "{train} filas entrenan, {validate} deciden cuándo parar y {test} prueban: las cifras son de estas últimas",
  "reduce.table":
    "error cuadrático medio por columna, en unidades estandarizadas ({mean} con solo la media):",
  "reduce.tableCells": "error cuadrático medio por celda, ya escalada ({mean} con solo la media):",
  "reduce.code": "tamaño",
  "reduce.autoencoder": "autoencoder",
  "reduce.pca": "PCA",
  "reduce.explained": "el PCA explica",
  "reduce.chosen": "elegido",
  "reduce.elbow":
    "tamaño del código {latent}: hasta aquí cada variable más quita más de 1/{cells} del error, lo que lleva una celda media, y después menos (el codo según Kneedle; en el PCA, la regla de Kaiser)",
  "reduce.elbowLast":
    "tamaño del código {latent}: el mayor que se probó, y aun así cada variable más quitaba más de 1/{cells} del error, lo que lleva una celda media; --sizes prueba otros mayores",
  "reduce.flat":
    "tamaño del código {latent}, el habitual: los errores bajan por igual y ningún tamaño destaca; estas columnas comparten poco",
  "reduce.unlearnt":
    "tamaño del código {latent}, el habitual: ningún autoencoder superó a la media; déjelos entrenar más (--epochs), con otra --learning-rate u otro --kind",
  "reduce.stated": "tamaño del código {latent}, como se pidió",
  "reduce.better":
    "el error del autoencoder es un {percent} % menor que el del PCA con las mismas variables, más de lo que daría el azar; reconstruye mejor el {share} % de las filas",
  "reduce.worse":
    "el error del PCA es un {percent} % menor que el del autoencoder, más de lo que daría el azar; reconstruye mejor el {share} % de las filas: para ellas el PCA es la herramienta mejor y más sencilla",
  "reduce.betterInFew":
    "el error del autoencoder es un {percent} % menor que el del PCA con las mismas variables, más de lo que daría el azar, aunque el PCA reconstruye mejor el {others} % de las filas: la ganancia está en filas que el PCA reconstruye mal",
  "reduce.worseInFew":
    "el error del PCA es un {percent} % menor que el del autoencoder, más de lo que daría el azar, aunque el autoencoder reconstruye mejor el {others} % de las filas: pierde por filas que reconstruye mal",
  "reduce.mostBetter":
    "el autoencoder reconstruye mejor que el PCA con las mismas variables el {share} % de las filas; la diferencia de error medio ({percent} %) depende de pocas filas y puede ser azar",
  "reduce.mostWorse":
    "el PCA reconstruye mejor que el autoencoder el {share} % de las filas, aunque la diferencia de error medio ({percent} %) puede ser azar: el PCA es la herramienta más sencilla",
  "reduce.even":
    "la diferencia entre el autoencoder y el PCA ({percent} %) cabe en lo que daría el azar: el PCA es la herramienta más sencilla",
  "reduce.noPca": "las filas de {cells} celdas son demasiado anchas para compararlas con el PCA",
  "reduce.neighbours":
    "vecinos (los {k} más cercanos de {rows} filas)   fiabilidad  {trust}   continuidad  {continuity}",
  "reduce.classes":
    "clase de {rows} filas según sus {k} filas de entrenamiento más cercanas: autoencoder {autoencoder}, PCA {pca}, todas las columnas {columns}, clase más común {commonest}",
  "reduce.beside": "{autoencoder} (PCA {pca})",
  "reduce.training": "entrenando con todas las filas y tamaño del código {latent}",
  "reduce.influence":
    "qué mueve cada variable latente, en desviaciones de la columna por desviación de la variable (parte de todo el movimiento):",
  "reduce.latent": "{name} ({share} %): {columns}",
  "reduce.mapLine":
    "mapa de {rows} filas: {axes}, {share} % de la varianza de los códigos; guardado {path}",
  "reduce.mapDrawn": "guardado {path}. {reading}",
  "reduce.mapLatent": "las variables latentes",
  "reduce.mapComponents": "las dos componentes principales del código",
};
