import type { enHome } from "./en-home.ts";

/** Lo que dice la primera sala, en español. */
export const esHome: Readonly<Record<keyof typeof enHome, string>> = {
  "home.title": "¿Qué quiere explorar?",
  "home.lead":
    "Suelte una tabla, mire cómo se lee y encuentre las filas que no se parecen a las demás, cada una con sus razones.",
  "home.drop": "Suelte ficheros aquí",
  "home.dropHelp":
    "o elíjalos: CSV, Excel, OpenDocument, Parquet, JSON, ARFF, también comprimidos; o un fichero de modelo (.onnx)",
  "home.choose": "Elegir ficheros",
  "home.dropNow": "Suéltelos: los ficheros se copian al proyecto",
  "home.uploads": "Ficheros en camino",
  "home.upload": "{name}: {share}",
  "home.uploadStop": "Dejar de enviar {name}",
  "home.sent": "{count} ficheros están en el proyecto",
  "home.folder": "{name} es una carpeta: escriba su ruta, y sus ficheros se leen donde están.",
  "home.path": "Ruta en este ordenador",
  "home.pathHelp": "Un fichero, o un patrón como data/2025-*.csv; se lee donde está, sin copiarlo.",
  "home.open": "Abrir",
  "home.query": "De una base de datos PostgreSQL",
  "home.address": "Dirección de la base de datos",
  "home.addressHelp":
    "Puede llevar una contraseña, que no se guarda; sin ella se usan los ajustes habituales de PostgreSQL en este ordenador.",
  "home.sql": "Consulta SELECT, o el nombre de una tabla",
  "home.ask": "Leer",
  "home.samples": "Probar un ejemplo",
  "home.samplesHelp": "Datos reales que vienen con Espejo.",
  "home.sample.size": "{rows} filas, {columns} columnas",
  "home.sample.cards": "Pagos con tarjeta",
  "home.sample.cards.about": "¿Qué pagos son fraudes? Una etiqueta dice lo bien que se encuentran.",
  "home.sample.economy": "La economía de EE. UU.",
  "home.sample.economy.about": "FRED-MD: cifras mensuales desde 1959, resumidas en un índice.",
  "home.sources": "En este proyecto",
  "home.sourcesHelp":
    "Lo que ha abierto. Un fichero soltado es una copia en la carpeta del proyecto; lo demás se queda donde está.",
  "home.kind.file": "fichero",
  "home.kind.dropped": "copia en el proyecto",
  "home.kind.sample": "ejemplo",
  "home.kind.query": "consulta",
  "home.remove": "Quitar {name}",
  "home.removeAsk": "¿Quitar {name} del proyecto?",
  "home.removeDropped":
    "Se borra su copia en la carpeta del proyecto. El fichero que soltó queda como está, igual que las ejecuciones que aprendieron de él.",
  "home.removeOther":
    "Los datos se quedan donde están, igual que las ejecuciones que aprendieron de ellos.",
  "home.removeYes": "Quitar",
  "home.recent": "Otros proyectos en este ordenador",
  "home.recentHelp": "espejo studio --project CARPETA abre uno de ellos.",
};
