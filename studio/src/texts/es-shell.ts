import type { enShell } from "./en-shell.ts";

/** Lo que está en todas las salas, en español. */
export const esShell: Readonly<Record<keyof typeof enShell, string>> = {
  "shell.home": "Inicio",
  "shell.data": "Datos",
  "shell.runs": "Ejecuciones",
  "shell.rooms": "Salas",
  "shell.project": "Proyecto",
  "shell.offline": "Sin conexión: nada sale de este ordenador",
  "shell.skip": "Ir al contenido",
  "shell.language": "Idioma",
  "shell.theme": "Aspecto",
  "shell.theme.system": "Como el sistema",
  "shell.theme.light": "Claro",
  "shell.theme.dark": "Oscuro",
  "shell.busy": "Un momento",
  "shell.close": "Cerrar",
  "shell.cancel": "Cancelar",
  "shell.copy": "Copiar",
  "shell.copied": "Copiado",
  "shell.copyFailed": "El navegador no deja copiar a esta página: seleccione el texto y cópielo",
  "shell.messages": "Mensajes",
  "shell.retry": "Probar otra vez",
  "shell.lost":
    "El estudio no responde. ¿Se detuvo? Inícielo otra vez con espejo studio: esta página sigue cuando se abre la nueva.",
  "shell.locked.title": "Esta página no tiene la llave del estudio",
  "shell.locked.text":
    "Abra la dirección entera que mostró espejo studio, con lo que hay detrás de #. Cada inicio del estudio tiene su propia llave, para que ningún otro programa de este ordenador pueda leer sus datos.",
  "shell.nowhere.title": "Aquí no hay nada",
  "shell.nowhere.text": "Puede que se haya quitado lo que nombraba esta dirección.",
  "shell.toHome": "Ir al inicio",
  "error.offline": "El estudio no responde. Inícielo otra vez con espejo studio.",
  "error.answer": "El estudio respondió algo que esta página no entiende (estado {status}).",
  "error.upload": "{name} no se envió: se cortó la conexión con el estudio.",
};
