import type { enModel } from "./en-model.ts";

/** Lo que se dice de un modelo antes de entrenarlo, y de una red mientras aprende, en español. */
export const esModel: Readonly<Record<keyof typeof enModel, string>> = {
  "model.title": "Modelo",
  "model.data": "Volver a los datos",
  "model.open": "Elegir un modelo",
  "model.recipe": "Qué se quiere de la tabla",
  "model.recipe.anomalies": "Buscar anomalías",
  "model.recipe.reduce": "Reducir dimensiones",
  "model.recipe.index": "Construir un índice",
  "model.recipeAbout.anomalies":
    "Filas que no se parecen a las demás, en orden y cada una con sus motivos.",
  "model.recipeAbout.reduce":
    "Unas pocas variables que dicen casi todo lo que dicen muchas columnas.",
  "model.recipeAbout.index":
    "Un número por fila que dice de ella todo lo que un número puede decir.",
  "model.train": "Entrenar",
  "model.trainDetect": "Buscar anomalías",
  "model.kind": "Tipo",
  "model.kindHelp":
    "Qué se pide a la red además de reconstruir sus filas. Uno de los que dan el código se combina con cualquier restricción.",
  "model.kindHelpDetect":
    "Sin elegir nada, el detector habitual: un conjunto de redes, comparado con un autoencoder simple y con PCA. Un tipo propio se entrena en su lugar.",
  "model.role.network": "Red",
  "model.role.code": "Qué da el código",
  "model.role.restriction": "Restricciones",
  "model.where.basic": "L: la pérdida, f: el codificador, g: el decodificador, x: una fila.",
  "model.where.ensemble": "k: cuatro redes con códigos de 1, 2, 3 y 4 unidades; ε: 0,0001.",
  "model.where.tied": "W₁, W₂: los pesos del codificador y del decodificador.",
  "model.where.sparse":
    "ρ: cuánto debe activarse de media una unidad, ρⱼ: cuánto se activa; λ: cuánto pesa eso.",
  "model.where.contractive":
    "Cuánto cambia el código cuando la fila cambia un poco; λ: cuánto pesa eso.",
  "model.where.denoising": "x̃: la fila con ruido e; lo reconstruido se compara con la fila limpia.",
  "model.where.robust": "x̃ᵢ: la celda reconstruida; σ: los errores mucho mayores apenas pesan.",
  "model.where.variational":
    "m, s: media y logaritmo de la varianza de cada código; z se sortea con ellas; β: cuánto pesa que los códigos se repartan como una normal estándar.",
  "model.where.adversarial":
    "D: una segunda red que distingue los códigos de sorteos de una distribución; el codificador aprende a engañarla.",
  "model.where.wasserstein":
    "MMD: lo lejos que están los códigos de sorteos de la distribución p; λ: cuánto pesa eso.",
  "model.network": "Red",
  "model.networkHelp":
    "Arrastre una capa por su borde, o elija su columna y use las flechas; Insertar añade una capa, Suprimir la quita. El camino de vuelta es el espejo del de ida.",
  "model.ensembleHelp":
    "El conjunto son cuatro redes pequeñas, una junto a otra. Sus tamaños son los suyos; elija otro tipo para dibujar una red propia.",
  "model.measuring": "Midiendo las columnas de la tabla",
  "model.undrawn": "La red se dibuja cuando las opciones se puedan aceptar.",
  "model.drawing": "Unidades de cada capa: {sizes}",
  "model.layer.input": "Entrada",
  "model.layer.output": "Salida",
  "model.layer.code": "Código",
  "model.layer.hidden": "Capa oculta {layer}",
  "model.layer.mirror": "Espejo de la capa oculta {layer}",
  "model.units": "{units} {units:unidad|unidades}",
  "model.in": "entrada",
  "model.out": "salida",
  "model.code": "código",
  "model.add": "Añadir una capa en el lugar {place}",
  "model.remove": "Quitar la capa oculta {layer}",
  "model.hidden": "Capas ocultas",
  "model.latent": "Código",
  "model.activation": "Activación",
  "model.usual": "lo habitual",
  "model.figures": "Qué se entrenaría",
  "model.parameters": "Parámetros",
  "model.parametersAbout": "que se aprenden de {cells} celdas",
  "model.width": "Columnas que entran",
  "model.widthAbout": "de {columns} de la tabla, preparadas",
  "model.rows": "Filas que entrenan",
  "model.rowsAbout": "{aside} se apartan para juzgar",
  "model.length": "Épocas como mucho",
  "model.lengthAbout": "de {batch} filas por paso; acaba tras {patience} sin mejora",
  "model.lengthWhole": "de {batch} filas por paso, todas",
  "model.more": "Más opciones",

  "live.pause": "Pausar",
  "live.paused":
    "En pausa. Sigue exactamente donde estaba, aquí o con la línea de órdenes; no se pierde nada.",
  "live.elsewhere":
    "Lo entrena un proceso ajeno al estudio: se detiene allí, con Ctrl-C, y después puede seguir aquí.",
  "live.stopped":
    "Usted detuvo esta ejecución: se conserva su mejor época. Puede seguir desde donde se detuvo.",
  "live.leftAbout": "como mucho",
  "live.leftPatience": "como mucho; acaba antes tras {patience} épocas sin mejora",
  "live.leftName": "Tiempo restante",
  "live.rate": "Tasa de aprendizaje",
  "live.logarithmic": "Escala logarítmica",
  "live.map": "El mapa de los códigos",
  "live.mapHelp.line":
    "Cada punto es una fila: a la derecha su lugar en la tabla, hacia arriba su índice.",
  "live.mapHelp.latent":
    "Cada punto es una fila, donde está su código de dos variables. Se despliega mientras la red aprende.",
  "live.mapHelp.components":
    "Cada punto es una fila, donde está su código, visto desde el lado en que los códigos más se reparten. Se despliega mientras la red aprende.",
  "live.mapHelp.member":
    "Cada punto es una fila, donde la sitúa la red del conjunto que tiene un código de dos variables.",
  "live.mapTold": "Mapa de {rows} códigos tras la época {epoch}",
  "live.normal": "normales",
  "live.odd": "anomalías según la etiqueta: no entrenan",
  "live.epoch": "tras la época {epoch}",
  "live.rows": "Filas, reconstruidas",
  "live.rowsHelp":
    "Filas que no entrenan: qué contiene cada una y qué hace de ella la red por ahora.",
  "live.row": "Fila {row}",
  "live.column": "Columna",
  "live.actual": "Contiene",
  "live.rebuilt": "Reconstruido",
  "live.off": "Diferencia",
  "live.missing": "falta",
  "live.same": "igual",
  "live.other": "distinto",
  "live.waiting": "El mapa y las filas aparecen tras la primera época.",
  "live.none":
    "De esta ejecución no se escribió nada que mirar: se empezó sin --live, o con --private.",
  "live.ended.epochs": "se hicieron todas las épocas",
  "live.ended.patience": "acabó sola: ya no mejoraba",
  "live.ended.asked": "se detuvo",
};
