import type { enKeras } from "./en-keras.ts";

/** What the command line says of Keras files, in Spanish. */
export const esKeras: Readonly<Record<keyof typeof enKeras, string>> = {
  "import.about": "convierte un modelo de Keras (.keras, .h5) en un fichero de modelo",
  "export.about":
    "escribe la red de un fichero de modelo como fichero de Keras, o su codificador o decodificador como fichero ONNX",
  "argument.keras": "un modelo de Keras: .keras, o .h5 con el modelo completo",
  "argument.modelFile": "un fichero de modelo (.onnx)",
  "option.importOutput": "fichero de modelo que se escribe (por defecto: model.onnx)",
  "option.exportOutput":
    "fichero que se escribe, con --part también uno que acabe en .onnx (por defecto: model.keras)",
  "option.code": "nombre de la capa cuya salida es el código (por defecto, la más estrecha)",
  "option.shape":
    "tamaños de una fila si el fichero los deja abiertos, 50x3; o de la imagen que se aplana, 28x28x1",
  "option.divide":
    "número entre el que se dividen las celdas antes de la red: 255 para imágenes en [0, 1] (1)",
  "option.importData":
    "filas tal como las recibía Keras: dan nombre a las columnas y eligen el umbral",
  "option.importEpochs": "sigue entrenando con los datos durante tantas épocas (0)",
  "option.importBatch": "filas en cada paso (32)",
  "option.part": "solo el codificador (encoder) o el decodificador (decoder)",
  "import.read":
    "{path}: {layers} {layers:capa|capas}, {parameters} {parameters:parámetro|parámetros}, escrito por Keras {version}",
  "import.unknown": "desconocido",
  "import.code":
    'el código es la salida de "{code}": {size} {size:número|números} a partir de {input}',
  "import.codeInput": "el código es la propia entrada",
  "import.leftOut": '"{layer}": {setting} {value} solo actúa al entrenar y queda fuera',
  "import.precision":
    "Keras la calcula en {precision}, Espejo en float32: las últimas cifras de sus predicciones difieren",
  "import.noThreshold":
    "sin umbral: nada es una anomalía hasta que unas filas lo elijan; importe de nuevo con --data normal.csv",
  "import.threshold": "umbral {threshold} ({rule}), elegido con {rows} {rows:fila|filas}",
  "import.rows": "filas tal como las recibía Keras: {input}",
  "import.divided": "filas de {input}, divididas entre {divide}",
  "export.done": "{path}: {what}, de filas de {input} a un código de {size}",
  "export.whole": "autoencoder de dos modelos, codificador y decodificador",
  "export.encoder": "el codificador",
  "export.decoder": "el decodificador",
  "export.half": "{path}: {what}, con la preparación de las columnas, sin puntuación ni umbral",
  "export.beyond": "queda fuera, pues los ficheros de Keras solo contienen redes: {parts}",
  "beyond.preparation": "la preparación de las columnas (la red recibe filas preparadas)",
  "beyond.score": "las puntuaciones y el umbral",
  "beyond.missing": "la máscara de celdas vacías (póngalas a 0)",
  "beyond.sampling": "la varianza del código y el muestreo (el código es su media)",
  "beyond.discriminator": "el discriminador",
  "model.imported": 'importado de Keras {version}, código "{code}"',
};
