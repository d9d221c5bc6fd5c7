"""A denoising autoencoder: noisy digits in, the clean ones wanted."""

import keras
from keras import layers
from kit import epochs, load, start, tell

train, test = load("digits-train"), load("digits-test")
noisy, noisy_test = load("noisy-train"), load("noisy-test")
image = (-1, 28, 28, 1)

same = {"strides": 2, "activation": "relu", "padding": "same"}
model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(16, 3, **same),
        layers.Conv2D(16, 3, **same),
        layers.Conv2DTranspose(16, 3, **same),
        layers.Conv2DTranspose(16, 3, **same),
        layers.Conv2D(1, 3, activation="sigmoid", padding="same"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")

began = start()
clean = train.reshape(image)
model.fit(noisy.reshape(image), clean, epochs=epochs(6), batch_size=128, verbose=0)
loss = model.evaluate(noisy_test.reshape(image), test.reshape(image), batch_size=1000, verbose=0)
tell(began, loss)
