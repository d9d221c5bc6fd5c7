"""A sparse autoencoder: an L1 penalty on the activations of the code."""

import keras
from keras import layers, regularizers
from kit import epochs, load, start, tell

train, test = load("digits-train"), load("digits-test")

model = keras.Sequential(
    [
        keras.Input((784,)),
        layers.Dense(
            32,
            activation="relu",
            activity_regularizer=regularizers.L1(1e-5),
            name="code",
        ),
        layers.Dense(784, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")

began = start()
model.fit(train, train, epochs=epochs(20), batch_size=256, verbose=0)
tell(began, model.evaluate(test, test, batch_size=1000, verbose=0))
