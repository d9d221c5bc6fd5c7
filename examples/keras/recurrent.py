"""A recurrent autoencoder: a heart beat of 140 steps becomes the last state of an LSTM, and a beat again."""

import keras
from keras import layers
from kit import epochs, load, start, tell

train, test = load("beats-train"), load("beats-test")

model = keras.Sequential(
    [
        keras.Input((140, 1)),
        layers.LSTM(16),
        layers.Dense(8, name="code"),
        layers.RepeatVector(140),
        layers.LSTM(16, return_sequences=True),
        layers.Dense(1),
    ]
)
model.compile(optimizer="adam", loss="mse")

began = start()
model.fit(train, train, epochs=epochs(20), batch_size=32, verbose=0)
tell(began, model.evaluate(test, test, verbose=0))
