import type { enStudio } from "./en-studio.ts";

/** Los textos de `espejo studio`. */
export const esStudio: Readonly<Record<keyof typeof enStudio, string>> = {
  "studio.about":
    "abre una ventana en el navegador: suelte una tabla, encuentre sus filas raras y el porqué, y lléveselas; nada sale de este ordenador",
  "argument.folders":
    "carpetas cuyos ficheros se pueden abrir por su ruta; por omisión esta y la suya",
  "help.studio":
    "Lo que se suelta, se ejecuta y se marca queda en una carpeta de ficheros corrientes, --project. Lo que ejecuta son ejecuciones de espejo detect, y las de la línea de órdenes aparecen en él.",
  "option.project":
    "la carpeta del proyecto (por omisión espejo-projects/ y el nombre de esta carpeta)",
  "option.studioPort": "dónde escucha (7077, o uno libre)",
  "option.noOpen": "solo escribe la dirección",
  "studio.project": "el proyecto está en {folder}",
  "studio.open": "el estudio está abierto en {url}",
  "studio.stopping":
    "cerrando el estudio; las ejecuciones siguen desde su última época cuando se reanudan",
};
