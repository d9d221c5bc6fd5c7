"""A variational autoencoder: the code is drawn, and drawn towards a standard normal."""

import keras
from keras import layers, ops
from kit import epochs, load, start, tell

train, test = load("digits-train"), load("digits-test")


class Sampling(layers.Layer):
    """z = m + exp(s / 2) e, and the divergence of its distribution from the prior as a loss."""

    def __init__(self, **options):
        super().__init__(**options)
        self.seed = keras.random.SeedGenerator(1)

    def call(self, inputs):
        m, s = inputs
        self.add_loss(ops.mean(ops.sum((m**2 + ops.exp(s) - 1 - s) / 2, axis=1)))
        return m + ops.exp(s / 2) * keras.random.normal(ops.shape(m), seed=self.seed)


x = keras.Input((784,))
h = layers.Dense(128, activation="relu")(x)
z = Sampling()([layers.Dense(2)(h), layers.Dense(2)(h)])
h = layers.Dense(128, activation="relu")(z)
model = keras.Model(x, layers.Dense(784, activation="sigmoid")(h))
model.compile("adam", loss=lambda t, y: 784 * keras.losses.binary_crossentropy(t, y))

began = start()
model.fit(train, train, epochs=epochs(20), batch_size=128, verbose=0)
tell(began, model.evaluate(test, test, batch_size=1000, verbose=0))
