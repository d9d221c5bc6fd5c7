"""The simplest autoencoder: one layer to a code of 32 numbers, one layer back."""

import keras
from keras import layers
from kit import epochs, load, start, tell

train, test = load("digits-train"), load("digits-test")

model = keras.Sequential(
    [
        keras.Input((784,)),
        layers.Dense(32, activation="relu", name="code"),
        layers.Dense(784, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")

began = start()
model.fit(train, train, epochs=epochs(20), batch_size=256, verbose=0)
tell(began, model.evaluate(test, test, batch_size=1000, verbose=0))
