"""A hundred economic series of the United States, month by month, through two factors."""

import keras
from keras import layers
from kit import epochs, load, start, tell

train, test = load("economy-train"), load("economy-test")
columns = train.shape[1]

model = keras.Sequential(
    [
        keras.Input((columns,)),
        layers.Dense(32, activation="tanh"),
        layers.Dense(2, name="factors"),
        layers.Dense(32, activation="tanh"),
        layers.Dense(columns),
    ]
)
model.compile(optimizer="adam", loss="mse")

began = start()
model.fit(train, train, epochs=epochs(100), batch_size=32, verbose=0)
tell(began, model.evaluate(test, test, verbose=0))
