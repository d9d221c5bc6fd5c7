import type { enServe } from "./en-serve.ts";

/** What the command line says of serving, in Spanish. */
export const esServe: Readonly<Record<keyof typeof enServe, string>> = {
  "serve.about":
    "sirve modelos por HTTP: Open Inference Protocol v2, MLflow, TensorFlow Serving v1, y JSON o CSV para todos",
  "argument.models": "ficheros de modelo, nombre=fichero, o carpetas con ellos",
  "help.serve":
    "Sin --host escucha solo para esta máquina. Cada dirección y su cuerpo: /docs del servidor en marcha, y docs/es/serve.md.",
  "option.host": "dirección en la que escuchar (127.0.0.1); cualquier otra necesita tokens",
  "option.port": "puerto en el que escuchar (8080); 0 para uno libre",
  "option.cert": "certificado en PEM, para HTTPS",
  "option.key": "clave del certificado en PEM",
  "option.tokenFile":
    "fichero de tokens: uno por línea, con infer o admin; ESPEJO_TOKEN es uno más, de administrador",
  "option.insecure": "deja usar los modelos a quien alcance la dirección",
  "option.origin": "orígenes de páginas web que pueden usar el servidor",
  "option.rateLimit": "peticiones por minuto de un token o una dirección",
  "option.bodyLimit": "tamaño máximo de un cuerpo (16MiB)",
  "option.maxRows": "filas de una petición como máximo (10000)",
  "option.timeout": "tiempo tras el que se abandona una petición (30s)",
  "option.queue": "peticiones que puede haber dentro a la vez (256); las demás reciben 503",
  "option.defaultModel": "modelo que responde donde la dirección no nombra ninguno",
  "option.strictColumns": "rechaza columnas que el modelo no conoce",
  "option.workers": "hilos que puntúan (uno por núcleo menos uno)",
  "option.maxBatchRows": "filas que se calculan juntas (1024)",
  "option.batchWindow": "milisegundos que una petición espera a otras (0)",
  "option.driftWindow": "ventana de tiempo en la que se dice la deriva (1h)",
  "option.watch": "vuelve a cargar los ficheros que cambian, y los nuevos de las carpetas",
  "option.drain": "tiempo que sigue respondiendo tras una señal de parar (5s)",
  "serve.listening": "sirviendo {models} en {url}",
  "serve.stopping": "parando: se responde a peticiones {seconds} s más",
};
