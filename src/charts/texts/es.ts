import { esBrief } from "./brief.ts";
import { esColumns } from "./columns.ts";
import type { ReportKey } from "./en.ts";
import { esGeneration } from "./generation.ts";

/** What figures and reports say, in Spanish. */
export const es: Readonly<Record<ReportKey, string>> = {
  // la página
  "page.title": "{title}: informe de Espejo",
  "page.skip": "al resumen",
  "page.theme": "Oscuro",
  "page.contents": "Contenido",
  "page.numbers": "Los números",
  "page.next": "Qué hacer ahora",
  "page.drawing": "dibujo",
  "page.command": "Orden",
  "page.footer":
    "Hecho por Espejo {version}. Esta página está completa: no carga ni envía nada. Una puntuación dice lo mal que el modelo reconstruye una fila, no por qué la fila es así.",
  "part.input": "entrada",
  "part.encoder": "codificador",
  "part.code": "código",
  "part.decoder": "decodificador",
  "part.output": "salida",
  // figuras
  "hourglass.title": "La red",
  "hourglass.reading":
    "Cada barra es una capa, y su altura crece con cuántos números da la capa por cada fila. Una fila entra por la izquierda, tiene que pasar por los pocos números del código y se reconstruye a la derecha. Lo que no es típico no pasa, y se reconstruye mal.",
  "hourglass.alternative":
    "Capas de la red de izquierda a derecha: {sizes}. {input:Entra|Entran} {input} {input:número|números}, el código tiene {code}.",
  "hourglass.layer": "capa",
  "hourglass.kind": "tipo",
  "hourglass.output": "da",
  "hourglass.parameters": "parámetros",
  "loss.title": "Cómo aprendió",
  "loss.epoch": "época",
  "loss.loss": "pérdida",
  "loss.training": "filas que entrenan",
  "loss.validation": "filas apartadas",
  "loss.best": "mejor: {epoch}",
  "loss.alternative":
    "Pérdida en {epochs} {epochs:época|épocas}: en las filas que entrenan, de {first} a {last}; mejor época {best}, con {loss}.",
  "loss.reading":
    "La pérdida es el error medio; una época es una pasada por las filas. Se guardan los pesos de la mejor época.",
  "loss.readingBoth":
    "Las dos líneas deberían bajar y seguir cerca una de otra; donde la discontinua vuelve a subir, la red empieza a aprender filas de memoria.",
  "loss.readingAlone":
    "La línea debería bajar, y al final dejar de bajar: no se apartaron filas con que decidir cuándo parar.",
  "scores.title": "Las puntuaciones y el umbral",
  "scores.score": "puntuación",
  "scores.share": "parte de las filas",
  "scores.shareOfGroup": "parte del grupo",
  "scores.threshold": "umbral {threshold}",
  "scores.from": "desde",
  "scores.to": "hasta",
  "scores.all": "todas las filas",
  "scores.unlabelled": "sin etiqueta",
  "scores.alternative": "Distribución de las puntuaciones; el umbral es {threshold}.",
  "scores.alternativeGroup":
    "{group}: {rows} {rows:fila|filas}, {above} por encima del umbral ({percent}).",
  "scores.reading":
    "Cuántas filas tienen qué puntuación. Lo que queda a la derecha de la línea discontinua se señala.",
  "scores.readingLog":
    "Cuántas filas tienen qué puntuación, en una escala que crece por factores. Lo que queda a la derecha de la línea discontinua se señala.",
  "scores.groups": "Cuanto más separados los grupos, más fácil es la tarea.",
  "curve.model": "este modelo ({area})",
  "curve.pca": "PCA ({area})",
  "curve.guessing": "adivinar",
  "curve.threshold": "umbral",
  "roc.title": "Curva ROC",
  "roc.x": "filas normales señaladas (falsas alarmas)",
  "roc.y": "anomalías encontradas",
  "roc.alternative":
    "Curva ROC: área {area}. Con el umbral se encuentra el {y} de las anomalías, y se señala el {x} de las filas normales.",
  "roc.alternativePca":
    "Curva ROC: área {area}, PCA {pca}. Con el umbral se encuentra el {y} de las anomalías, y se señala el {x} de las filas normales.",
  "roc.reading":
    "Cada umbral es un punto: cuántas anomalías encuentra y cuántas filas normales señala a cambio. Cuanto más cerca de la esquina superior izquierda, mejor. El área bajo la curva (1 es perfecto, 0.5 es adivinar) es la probabilidad de que una anomalía puntúe más que una fila normal.",
  "precision.title": "Precisión y sensibilidad",
  "precision.x": "sensibilidad: anomalías encontradas",
  "precision.y": "precisión: alarmas acertadas",
  "precision.alternative":
    "Precisión frente a sensibilidad: precisión media {area}. Con el umbral se encuentra el {x} de las anomalías, y acierta el {y} de las alarmas.",
  "precision.alternativePca":
    "Precisión frente a sensibilidad: precisión media {area}, PCA {pca}. Con el umbral se encuentra el {x} de las anomalías, y acierta el {y} de las alarmas.",
  "precision.reading":
    "Donde las anomalías son raras dice más que la curva ROC: de las filas señaladas, cuántas son anomalías. Adivinar se queda en la línea de puntos, la parte de anomalías entre todas las filas.",
  "confusion.title": "Aciertos y errores con el umbral",
  "confusion.normal": "normal",
  "confusion.anomaly": "anomalía",
  "confusion.said": "el modelo dice",
  "confusion.actual": "etiqueta",
  "confusion.saidNormal": "modelo: normal",
  "confusion.saidAnomaly": "modelo: anomalía",
  "confusion.share": "el {percent} de su fila",
  "confusion.alternative":
    "{found} {found:anomalía encontrada|anomalías encontradas}, {missed} {missed:perdida|perdidas}; {alarms} {alarms:fila normal señalada|filas normales señaladas}, {quiet} no.",
  "confusion.reading":
    "Azul es acierto, naranja es error. Abajo a la izquierda, las anomalías perdidas; arriba a la derecha, las falsas alarmas. Mover el umbral cambia unas por otras.",
  "map.title": "Mapa de los códigos",
  "map.alternative":
    "Mapa de {points} {points:fila según su código|filas según sus códigos}, {flagged} de ellas señaladas; los colores muestran {coloring}.",
  "map.reading":
    "Cada punto es una fila, en el lugar de su código: las filas que el modelo toma por parecidas están juntas. Colores y formas muestran {coloring}; un borde marca las filas señaladas.",
  "map.outside":
    "{outside} {outside:punto cae fuera del marco y se muestra|puntos caen fuera del marco y se muestran} en su borde.",
  "map.point": "fila",
  "map.keys":
    "Mapa de los códigos: las flechas del teclado van de punto en punto, primero la puntuación más alta",
  "map.hover":
    "Señale un punto, o ponga el foco en el mapa y pulse las flechas, para ver qué fila es.",
  "map.sample":
    "Una muestra al azar de {sample} de {rows} filas, y las {top} puntuaciones más altas.",
  "map.everyRow": "Las {rows} filas.",
  "map.plane": "Los ejes son los dos números del código.",
  "map.line": "El código es un solo número: la altura es la puntuación.",
  "map.components":
    "El código tiene {dims} números; el plano de sus dos direcciones principales (PCA) conserva el {percent} de su varianza.",
  "map.code": "código {i}",
  "map.component": "dirección {i} ({percent} de la varianza)",
  "map.told": "{row} · puntuación {score}{flag}{more}",
  "map.flag": " · señalada",
  "map.label": "la etiqueta",
  "map.score": "la puntuación",
  "map.column": "la columna {column}",
  "map.otherValues": "otros valores",
  "map.missing": "ausente",
  "map.range": "de {from} a {to}",
  "map.atMost": "hasta {to}",
  "map.above": "más de {from}",
  "image.original": "original",
  "image.rebuilt": "reconstruida",
  "image.error": "error",
  "image.alternative": "{title}: original, reconstrucción y error, uno al lado del otro. {about}",
  "sequence.original": "original",
  "sequence.rebuilt": "reconstruida",
  "sequence.step": "paso",
  "sequence.difference": "diferencia",
  "sequence.alternative": "{title}: original y reconstrucción de {features}. {about}",
  ...esColumns,
  ...esGeneration,
  ...esBrief,
  // el resumen
  "summary.findings": "Lo que se encontró",
  "summary.title": "Resumen",
  "summary.subtitle.tables":
    "{rows} {rows:fila de una tabla, vista|filas de una tabla, vistas} por un autoencoder {kind} ({model})",
  "summary.subtitle.pca":
    "{rows} {rows:fila de una tabla, vista|filas de una tabla, vistas} por PCA ({model})",
  "summary.subtitle.images":
    "{rows} {rows:imagen, vista|imágenes, vistas} por un autoencoder {kind} ({model})",
  "summary.subtitle.windows":
    "{rows} {rows:ventana, vista|ventanas de series, vistas} por un autoencoder {kind} ({model})",
  "summary.subtitle.sequences":
    "{rows} {rows:secuencia, vista|secuencias, vistas} por un autoencoder {kind} ({model})",
  "headline.flagged": "Filas señaladas",
  "headline.flaggedAbout": "el {percent} de {rows}",
  "headline.auc": "ROC AUC",
  "headline.aucAbout": "1 es perfecto, 0.5 es adivinar{pca}",
  "headline.pca": "; PCA {area}",
  "headline.precision": "Alarmas acertadas",
  "headline.precisionAbout":
    "precisión: {right} de {alarms} {alarms:fila señalada|filas señaladas} {right:es anomalía|son anomalías}",
  "headline.recall": "Anomalías encontradas",
  "headline.recallAbout": "sensibilidad: {found} de {anomalies}",
  "headline.rebuilt": "Variación reconstruida",
  "headline.rebuiltAbout": "con {latent} {latent:número|números} por fila{pca}",
  "headline.threshold": "Umbral",
  "headline.thresholdAbout": "regla {rule}; se señalan las puntuaciones mayores",
  "summary.flagged":
    "{flagged} de {rows} {rows:fila|filas} ({percent}) {flagged:llama|llaman} la atención: el modelo {flagged:la|las} reconstruye peor de lo que admite su umbral.",
  "summary.none":
    "Ninguna fila llama la atención: todas las puntuaciones están por debajo del umbral.",
  "summary.reasons":
    "Lo que más a menudo hace destacar a una fila señalada (su mayor error): {columns}.",
  "summary.reasonColumn": "{column} (el {percent} de ellas)",
  "summary.ranking":
    "Ponga una anomalía al lado de una fila normal, las dos al azar: en el {percent} de esas parejas la anomalía tiene la puntuación más alta.",
  "summary.alarms":
    "Con el umbral acierta el {precision} de las alarmas, y se encuentra el {recall} de las anomalías.",
  "summary.strict":
    "El modelo ordena bien las filas, pero su umbral es estricto y deja pasar la mayoría de las anomalías: al entrenar, --threshold f1 o recall:0.8 elige uno más bajo con ayuda de las etiquetas.",
  "summary.rough":
    "Solo {anomalies:se juzgó|se juzgaron} {anomalies} {anomalies:anomalía|anomalías}: las cifras son aproximadas.",
  "summary.oneClass": "Las filas juzgadas son todas de una misma clase: no hay orden que medir.",
  "summary.pcaBetter":
    "PCA, el método lineal clásico, ordena peor aquí (ROC AUC {pca} frente a {model}).",
  "summary.pcaSame":
    "PCA, el método lineal clásico, ordena más o menos igual de bien (ROC AUC {pca} frente a {model}): para esto bastaría el método más simple.",
  "summary.pcaWorse":
    "PCA, el método lineal clásico, ordena mejor aquí (ROC AUC {pca} frente a {model}): prefiéralo, o siga entrenando.",
  "summary.rebuilt":
    "Con {latent:su|sus} {latent} {latent:número|números} por fila el modelo reconstruye el {percent} de la variación de {what} ({rows} filas{kept}).",
  "summary.rebuiltNone":
    "El modelo todavía no reconstruye {what} mejor que su media ({rows} filas{kept}): puede necesitar más épocas, o un código mayor.",
  "summary.rebuiltNoneNewer":
    "En las {rows} filas más recientes, que no entrenaron, el modelo no reconstruye {what} mejor que su media: se salen de lo que aprendió. En diferencias o en tasas de variación quizá no se salgan.",
  "summary.rebuiltPcaNone": "Un PCA del mismo tamaño tampoco lo logra.",
  "summary.rebuiltColumns": "las columnas numéricas",
  "summary.rebuiltCells": "los valores",
  "summary.rebuiltKept": " que no entrenaron",
  "summary.rebuiltPcaMore":
    "Un PCA del mismo tamaño reconstruye el {percent}: las curvas de la red merecen la pena.",
  "summary.rebuiltPcaSame":
    "Un PCA del mismo tamaño reconstruye más o menos lo mismo (el {percent}): lo que hay que aprender aquí es lineal.",
  "summary.rebuiltPcaLess":
    "Un PCA del mismo tamaño reconstruye más (el {percent}): la red no ha encontrado todo lo que encuentra un método lineal; pueden ayudar más épocas o una red más ancha.",
  "summary.noPca":
    "No hay PCA con que comparar: las filas son demasiado anchas para él, o esta clase de modelo no lo guarda.",
  "judged.test":
    "Son los mismos datos con que se entrenó el modelo. La calidad se mide en las {rows} filas que se apartaron para probarlo: ni los pesos ni el umbral las han visto.",
  "judged.held":
    "Son los mismos datos con que se entrenó el modelo. La reconstrucción se mide en las {rows} filas que no entrenaron.",
  "judged.heldOnly":
    "Son los mismos datos con que se entrenó el modelo; {rows} de las filas no entrenaron.",
  "judged.unsupervised":
    "Son los mismos datos con que se entrenó el modelo, sin su etiqueta. Se juzgan todas las filas con etiqueta, también las que entrenaron; la reconstrucción se mide en las {rows} filas que no entrenaron.",
  "judged.trained":
    "Son los mismos datos con que se entrenó el modelo, y no se apartó ninguna fila: la calidad se mide en filas que entrenaron, y parece mejor de lo que es.",
  "judged.other":
    "No son los datos con que se entrenó el modelo (o no se puede saber): se juzgan las {rows} filas. Si algunas entrenaron, las cifras son demasiado buenas.",
  // los datos
  "data.title": "Los datos",
  "data.columns": "Columnas",
  "data.features": "Variables",
  "data.column": "columna",
  "data.feature": "variable",
  "data.type": "tipo",
  "data.role": "papel",
  "data.missing": "ausentes",
  "data.values": "valores",
  "data.range": "de {from} a {to}, media {mean}",
  "data.dates": "de {from} a {to}",
  "data.spark":
    "{bars} barras de {from} a {to}; la más alta, {most} {most:fila|filas}, empieza en {place}",
  "data.sparkLog":
    "{bars} barras de {from} a {to}; la más alta, {most} {most:fila|filas}, empieza en {place}, en escala logarítmica",
  "data.logScale": "escala logarítmica",
  "data.sparkValues": "valores más frecuentes: {values}",
  "data.sampled":
    "Los histogramas pequeños muestran el 98 % central de una muestra al azar de {sample} filas.",
  "data.all": "Los histogramas pequeños muestran el 98 % central de los valores.",
  "data.cut": "Se muestran {shown} de {columns} columnas.",
  "data.facts":
    "{rows} {rows:fila|filas}, {columns} {columns:columna|columnas}, falta el {missing} de las celdas",
  "data.factsWhole":
    "{rows} {rows:fila|filas}, {columns} {columns:columna|columnas}, no falta ninguna celda",
  "data.arrays": "{rows} {content} de {sizes}",
  "data.classes": "Clases",
  "data.class": "clase",
  "data.rows": "filas",
  "data.notes": "Lo que se observó al leer",
  "data.drift": "En qué difieren las filas de las que entrenaron",
  "data.channel": "canal {i}",
  "data.featureName": "variable {i}",
  "data.mean": "media",
  "data.deviation": "desviación",
  "data.more": "y {n} más",
  // las demás secciones
  "network.title": "El modelo y cómo aprendió",
  "network.unknown":
    "El fichero de esta clase de modelo no guarda sus capas: no hay dibujo de la red.",
  "network.noHistory":
    "El fichero del modelo no guarda las pérdidas época por época: es de antes de que se guardaran, o su clase no las tiene.",
  "scores.section": "Puntuaciones",
  "quality.title": "Calidad frente a la etiqueta",
  "quality.normal": "Lo normal es {column} = {normal}; cualquier otro valor es una anomalía.",
  "map.section": "Mapa",
  "worst.title": "Las filas más raras",
  "worst.table": "Las {n} puntuaciones más altas, con las celdas en que más se equivocó el modelo",
  "worst.row": "fila",
  "worst.score": "puntuación",
  "worst.flagged": "señalada",
  "worst.label": "etiqueta",
  "worst.reasons": "por qué",
  "worst.yes": "sí",
  "worst.no": "no",
  "worst.reason": "{column} = {actual}, se esperaba {expected} ({percent})",
  "worst.unlikely": "{column} = {actual}, de probabilidad {probability} ({percent})",
  "worst.reading":
    "Por qué: lo que había, lo que el modelo esperaba según las demás celdas, y qué parte del error es de esa celda. La fila 1 es la primera de datos.",
  "worst.images":
    "Las imágenes con las puntuaciones más altas, lo que el modelo hizo de ellas y dónde se equivoca (oscuro: error).",
  "worst.sequences":
    "Las filas con las puntuaciones más altas, como son y como el modelo las reconstruye.",
  "worst.scaled":
    "Las variables están en desviaciones respecto a su media, para compartir escala; se muestran las {n} con mayores errores.",
  "typical.images": "Para comparar: imágenes con una puntuación intermedia.",
  "typical.sequences": "Para comparar: filas con una puntuación intermedia.",
  "row.numbered": "fila {row}",
  "row.about": "puntuación {score}{flag}{label}{reason}",
  "row.reason": ": {reason}",
  "row.flag": ", señalada",
  "row.label": ", clase {label}",
  "card.title": "Ficha del modelo",
  "card.kind": "Tipo",
  "card.formula": "Minimiza",
  "card.pca": "PCA, como autoencoder sin capas ocultas",
  "card.pcaFormula":
    "el error cuadrático entre todos los códigos lineales de este tamaño, sin entrenar (Pearson 1901)",
  "card.data": "Hecho para",
  "card.network": "Red",
  "card.networks": "{networks} redes, la más ancha {sizes}; {parameters} parámetros en total",
  "network.several":
    "Hay {networks} redes así, una al lado de otra, con códigos cada vez más estrechos; esta es la del código más ancho.",
  "card.networkSizes": "{sizes}; {parameters} {parameters:parámetro|parámetros}",
  "card.latent": "Código",
  "card.latentSize": "{latent} {latent:número|números} por fila",
  "card.trained": "Entrenado con",
  "card.trainedRows": "{train} filas",
  "card.trainedStop": "{n} decidieron cuándo parar",
  "card.trainedBoth": "{n} decidieron cuándo parar y calibraron el umbral",
  "card.trainedCalibrate": "{n} calibraron el umbral",
  "card.trainedTest": "{n} probaron",
  "card.epochs": "Épocas",
  "card.epochsBest":
    "{epochs}, la mejor {best}: pérdida {loss}, pérdida de validación {validation}",
  "card.epochsAlone": "{epochs}, la mejor {best}: pérdida {loss}",
  "card.noEpochs": "ninguna: es un PCA, y sus pesos son componentes principales",
  "card.label": "Etiqueta",
  "card.labelNormal": "{column}; lo normal es {normal}",
  "card.noLabel": "ninguna: todas las filas se tomaron por normales",
  "card.threshold": "Umbral",
  "card.thresholdRule": "{threshold}, por la regla {rule}, elegido en filas que no entrenaron",
  "card.use": "Pensado para",
  "card.useText":
    "encontrar filas que no se parecen a ninguna de las que entrenaron, reducir filas a pocos números y señalar a una persona qué conviene mirar; en datos que se producen como los de entrenamiento",
  "card.limits": "Límites",
  "card.limitsText":
    "Una puntuación alta quiere decir fuera de lo común, no erróneo ni fraudulento, y una baja no quiere decir correcto: lo que era frecuente al entrenar cuenta como normal. No decida sobre personas solo con ella. Cuando los datos cambien, vuelva a mirar este informe y entrene de nuevo.",
  "card.size": "Fichero",
  "card.sizeBytes": "{bytes} bytes",
  "card.versions": "Versiones",
  "card.versionsText": "Espejo {espejo}, {engine}",
  "reproduce.title": "Cómo repetirlo",
  "reproduce.report": "Este informe:",
  "reproduce.train":
    "El modelo, con sus principales opciones (lo que no se nombra es lo habitual):",
  "reproduce.library": "El modelo, desde un programa:",
  "reproduce.same":
    "Los mismos datos, opciones, versiones y clase de procesador dan los mismos bytes.",
  "reproduce.seed": "Semilla",
  "reproduce.fingerprint": "Huella de los valores de entrenamiento (SHA-256)",
  "reproduce.match": "Los datos de este informe",
  "reproduce.matches": "los mismos valores (la huella coincide)",
  "reproduce.differs": "otros valores, o leídos de otra manera",
  "reproduce.options": "Opciones que guarda el fichero",
};
