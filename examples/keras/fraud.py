"""Frauds by their reconstruction error: trained on normal card payments, 29 standardised columns."""

import keras
from keras import layers
from kit import epochs, load, start, tell

train, test = load("payments-train"), load("payments-test")

model = keras.Sequential(
    [
        keras.Input((29,)),
        layers.Dense(14, activation="tanh"),
        layers.Dense(7, activation="tanh", name="code"),
        layers.Dense(14, activation="tanh"),
        layers.Dense(29),
    ]
)
model.compile(optimizer="adam", loss="mse")

began = start()
model.fit(train, train, epochs=epochs(30), batch_size=32, verbose=0)
tell(began, model.evaluate(test, test, verbose=0))
