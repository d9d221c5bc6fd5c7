import type { enRuns } from "./en-runs.ts";

/** What `espejo runs` says, in Spanish. */
export const esRuns: Readonly<Record<keyof typeof enRuns, string>> = {
  "runs.about":
    "las ejecuciones de train y detect: qué hacen, hasta dónde han llegado y qué han ordenado",
  "runs.remark":
    "FOLDER es una ejecución, o filas que se puntuaron con --run: se muestra con las primeras filas que ordenó; o contiene varias, que se enumeran (si no, runs).",
  "argument.runs": "carpeta de una ejecución, o de varias (si no se indica, runs)",
  "option.runsOutput":
    "fichero que se escribe con sus filas ordenadas; su extensión elige el formato",
  "option.runsTop": "tantas filas ordenadas (si no se indica, 10; en un fichero, todas)",
  "option.runsFrom": "a partir de cuál de ellas, contando desde 1",
  "option.runsBy":
    "por qué se ordenan: score (primero las más altas), row, part, label, o una columna que nombra las filas",
  "option.runsReverse": "en el orden contrario",
  "option.runsFlagged": "solo las que marcó el umbral",
  "option.runsAbove": "solo las que tienen una puntuación mayor que esta, y cuántas son",
  "option.runsAmong": "solo las de esta parte: train, validate, calibrate, test, out",
  "option.runsCompare":
    "ejecuciones entre comas, una junto a otra: en qué se distinguen, en qué quedó cada una, y PCA al lado",
  "runs.bestEpoch": "mejor época",
  "runs.precision": "precisión",
  "runs.recall": "exhaustividad",
  "runs.pcaError": "error de PCA",
  "runs.pcaPrecision": "precisión media de PCA",
  "runs.best": "* la mejor de ellas",
  "runs.unfair": "aprendieron de otros datos, o con otra etiqueta: sus cifras no compiten",
  "runs.none": "no hay ninguna ejecución en {path}",
  "runs.run": "ejecución",
  "runs.command": "orden",
  "runs.data": "datos",
  "runs.state": "estado",
  "runs.kind": "tipo",
  "runs.epochs": "épocas",
  "runs.loss": "pérdida de validación",
  "runs.pca": "ROC AUC de PCA",
  "runs.flagged": "marcadas",
  "runs.differs": "en qué difiere",
  "runs.done": "terminada",
  "runs.stopped": "interrumpida",
  "runs.paused": "en pausa",
  "runs.unfinished": "sin terminar",
  "runs.line": "{path}: espejo {command} con {data}, empezada {began}",
  "runs.program": "{path}: un programa que detecta en {data}, empezada {began}",
  "runs.options": "con {options}",
  "runs.isDone": "terminada: {kind}, {epochs} {epochs:época|épocas}, la mejor la {best}",
  "runs.isStopped":
    "interrumpida tras {epochs} {epochs:época|épocas}: se conserva lo que había alcanzado",
  "runs.isPaused": "en pausa tras {epochs} {epochs:época|épocas}: sigue donde estaba",
  "runs.isUnfinished":
    "sin terminar tras {epochs} {epochs:época|épocas}: está en marcha, o su proceso acabó",
  "runs.model": "modelo: {path}",
  "runs.above": "{rows} de {all} filas tienen una puntuación mayor que {threshold}",
  "runs.aboveLabelled":
    "{rows} de {all} filas tienen una puntuación mayor que {threshold}: {anomalies} de {labelled} que la etiqueta llama anomalías, {normals} de {normal} normales",
  "runs.scored": "{path}: {data} puntuado con {model}, {began}",
  "runs.model.head": "modelo",
  "runs.rows": "filas",
  "runs.drift": "deriva",
  "runs.more": "... {count} más: --from continúa, -o nombra un fichero para ellas",
};
