"""A convolutional autoencoder: two levels down by pooling, two up by transposed convolutions."""

import keras
from keras import layers
from kit import epochs, load, start, tell

train = load("digits-train").reshape(-1, 28, 28, 1)
test = load("digits-test").reshape(-1, 28, 28, 1)

same = {"activation": "relu", "padding": "same"}
model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, **same),
        layers.MaxPooling2D(padding="same"),
        layers.Conv2D(32, 3, **same),
        layers.MaxPooling2D(padding="same"),
        layers.Conv2DTranspose(32, 3, strides=2, **same),
        layers.Conv2DTranspose(32, 3, strides=2, **same),
        layers.Conv2D(1, 3, activation="sigmoid", padding="same"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")

began = start()
model.fit(train, train, epochs=epochs(3), batch_size=128, verbose=0)
tell(began, model.evaluate(test, test, batch_size=1000, verbose=0))
