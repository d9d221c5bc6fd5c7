/** What the page says, in both languages. */
export const texts = {
  en: {
    lead: "A small autoencoder learns handwritten digits, here, on your own machine: nothing is sent anywhere. The network, its gradients and the loop over batches are one program that runs as WebAssembly in a worker of this page.",
    kind: "Kind",
    kinds: {
      simple: "simple: one layer to the code, one back",
      deep: "deep: 784-128-code-128-784",
      sparse: "sparse: an L1 penalty on the code",
      convolutional: "convolutional (slower)",
      variational: "variational: the code is drawn",
    },
    code: "Numbers in the code",
    epochs: "Epochs",
    noise: "Learn to remove noise",
    start: "Train",
    pause: "Pause",
    resume: "Go on",
    stop: "Stop",
    loading: "The digits and the engine are being loaded …",
    ready: "Ready: {rows} digits to learn from, {tests} to test on.",
    network: "{parameters} parameters; 784 numbers through {code}, {ratio} times fewer.",
    training:
      "Epoch {epoch} of {epochs}: loss {loss}, on digits it has not seen {validation}; {seconds} s.",
    paused: "Paused.",
    done: "Trained in {seconds} s. Of what tells unseen digits apart, the code keeps {share} %.",
    failed: "That did not work: {reason}",
    lossTitle: "Loss by epoch",
    lossTrain: "training",
    lossValid: "unseen digits",
    lossText: "The loss fell from {first} to {last} on unseen digits.",
    mirror: "Unseen digits, and what the mirror makes of them",
    input: "input",
    output: "output",
    map: "Map of the codes",
    mapText:
      "Each point is an unseen digit, placed by its code{plane}. Click anywhere, or move with the arrow keys: the digit of that code is drawn.",
    mapPlane: " on the plane of its two main directions",
    drawn: "The digit of the code at the cross",
    download: "Download model.onnx",
    downloadText:
      "An ordinary ONNX file: x [rows, 784] in [0, 1] in; latent, reconstruction, error and score out.",
  },
  es: {
    lead: "Un pequeño autoencoder aprende dígitos manuscritos, aquí, en su propia máquina: no se envía nada a ninguna parte. La red, sus gradientes y el bucle por lotes son un solo programa que se ejecuta como WebAssembly en un worker de esta página.",
    kind: "Tipo",
    kinds: {
      simple: "simple: una capa hasta el código, otra de vuelta",
      deep: "profundo: 784-128-código-128-784",
      sparse: "disperso: una penalización L1 sobre el código",
      convolutional: "convolucional (más lento)",
      variational: "variacional: el código se sortea",
    },
    code: "Números en el código",
    epochs: "Épocas",
    noise: "Aprender a quitar el ruido",
    start: "Entrenar",
    pause: "Pausa",
    resume: "Seguir",
    stop: "Parar",
    loading: "Se cargan los dígitos y el motor …",
    ready: "Listo: {rows} dígitos para aprender, {tests} de prueba.",
    network: "{parameters} parámetros; 784 números a través de {code}, {ratio} veces menos.",
    training:
      "Época {epoch} de {epochs}: pérdida {loss}, con dígitos no vistos {validation}; {seconds} s.",
    paused: "En pausa.",
    done: "Entrenado en {seconds} s. De lo que distingue los dígitos no vistos, el código conserva el {share} %.",
    failed: "No ha sido posible: {reason}",
    lossTitle: "Pérdida por época",
    lossTrain: "entrenamiento",
    lossValid: "dígitos no vistos",
    lossText: "La pérdida bajó de {first} a {last} con dígitos no vistos.",
    mirror: "Dígitos no vistos y lo que el espejo hace de ellos",
    input: "entrada",
    output: "salida",
    map: "Mapa de los códigos",
    mapText:
      "Cada punto es un dígito no visto, situado por su código{plane}. Pulse en cualquier lugar, o muévase con las flechas: se dibuja el dígito de ese código.",
    mapPlane: " en el plano de sus dos direcciones principales",
    drawn: "El dígito del código en la cruz",
    download: "Descargar model.onnx",
    downloadText:
      "Un fichero ONNX corriente: entra x [filas, 784] en [0, 1]; salen latent, reconstruction, error y score.",
  },
};

/** A text with its {places} filled. */
export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
