/** What the command line says of Keras files, in English. */
export const enKeras = {
  "import.about": "turn a Keras model (.keras, .h5) into a model file",
  "export.about":
    "write the network of a model file as a Keras file, or its encoder or decoder as an ONNX file",
  "argument.keras": "a Keras model: .keras, or .h5 with the whole model",
  "argument.modelFile": "a model file (.onnx)",
  "option.importOutput": "model file to write (default: model.onnx)",
  "option.exportOutput":
    "file to write, with --part also one that ends in .onnx (default: model.keras)",
  "option.code": "name of the layer whose output is the code (by default the narrowest)",
  "option.shape":
    "sizes of a row where the file leaves them open, 50x3; or of the image that is laid flat, 28x28x1",
  "option.divide":
    "what cells are divided by before the network gets them: 255 for images in [0, 1] (1)",
  "option.importData": "rows as Keras took them: they name the columns and choose the threshold",
  "option.importEpochs": "train on over the data for so many epochs (0)",
  "option.importBatch": "rows in a step (32)",
  "option.part": "encoder or decoder alone",
  "import.read":
    "{path}: {layers} {layers:layer|layers}, {parameters} {parameters:parameter|parameters}, written by Keras {version}",
  "import.unknown": "unknown",
  "import.code": 'the code is the output of "{code}": {size} {size:number|numbers} from {input}',
  "import.codeInput": "the code is the input itself",
  "import.leftOut": '"{layer}": {setting} {value} acts only while training and is left out',
  "import.precision":
    "Keras computes it in {precision}, Espejo in float32: the last digits of its predictions differ",
  "import.noThreshold":
    "no threshold: nothing is an anomaly until rows choose one; import again with --data normal.csv",
  "import.threshold": "threshold {threshold} ({rule}), chosen on {rows} {rows:row|rows}",
  "import.rows": "rows as Keras took them: {input}",
  "import.divided": "rows of {input}, divided by {divide}",
  "export.done": "{path}: {what}, rows of {input} to a code of {size}",
  "export.whole": "autoencoder of two models, encoder and decoder",
  "export.encoder": "the encoder",
  "export.decoder": "the decoder",
  "export.half": "{path}: {what}, with the preparation of the columns, without score or threshold",
  "export.beyond": "left out, since Keras files hold networks only: {parts}",
  "beyond.preparation": "the preparation of the columns (the network takes prepared rows)",
  "beyond.score": "scores and threshold",
  "beyond.missing": "the mask of missing cells (give 0 for them)",
  "beyond.sampling": "the variance of the code and sampling (the code is its mean)",
  "beyond.discriminator": "the discriminator",
  "model.imported": 'imported from Keras {version}, code "{code}"',
} as const satisfies Record<string, string>;
