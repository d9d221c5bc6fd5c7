import { describe, expect, test } from "vitest";
import { kerasClasses, readLayer } from "../../src/keras/layers.ts";
import { Settings } from "../../src/keras/settings.ts";

type Config = Readonly<Record<string, unknown>>;

/** Every class with the least settings that it takes, and rows that it takes. */
const least: Readonly<Record<string, readonly [config: Config, shape: readonly number[]]>> = {
  Dense: [{ units: 2 }, [3]],
  Activation: [{ activation: "relu" }, [3]],
  ReLU: [{}, [3]],
  LeakyReLU: [{}, [3]],
  ThresholdedReLU: [{}, [3]],
  ELU: [{}, [3]],
  PReLU: [{}, [3]],
  Softmax: [{}, [3]],
  BatchNormalization: [{}, [3]],
  LayerNormalization: [{}, [3]],
  Dropout: [{ rate: 0.1 }, [3]],
  SpatialDropout1D: [{ rate: 0.1 }, [4, 3]],
  SpatialDropout2D: [{ rate: 0.1 }, [4, 4, 3]],
  GaussianDropout: [{ rate: 0.1 }, [3]],
  GaussianNoise: [{ stddev: 0.1 }, [3]],
  Conv1D: [{ filters: 2, kernel_size: 3 }, [8, 3]],
  Conv2D: [{ filters: 2, kernel_size: 3 }, [8, 8, 3]],
  Conv1DTranspose: [{ filters: 2, kernel_size: 3 }, [8, 3]],
  Conv2DTranspose: [{ filters: 2, kernel_size: 3 }, [8, 8, 3]],
  MaxPooling1D: [{}, [8, 3]],
  MaxPooling2D: [{}, [8, 8, 3]],
  AveragePooling1D: [{}, [8, 3]],
  AveragePooling2D: [{}, [8, 8, 3]],
  GlobalAveragePooling1D: [{}, [8, 3]],
  GlobalAveragePooling2D: [{}, [8, 8, 3]],
  GlobalMaxPooling1D: [{}, [8, 3]],
  GlobalMaxPooling2D: [{}, [8, 8, 3]],
  UpSampling1D: [{}, [8, 3]],
  UpSampling2D: [{}, [8, 8, 3]],
  Flatten: [{}, [8, 3]],
  Reshape: [{ target_shape: [3, -1] }, [8, 3]],
  Permute: [{ dims: [2, 1] }, [8, 3]],
  RepeatVector: [{ n: 2 }, [3]],
  Rescaling: [{ scale: 0.5 }, [3]],
  ZeroPadding1D: [{}, [8, 3]],
  ZeroPadding2D: [{}, [8, 8, 3]],
  Cropping1D: [{}, [8, 3]],
  Cropping2D: [{}, [8, 8, 3]],
  Normalization: [{}, [3]],
  SimpleRNN: [{ units: 2 }, [8, 3]],
  GRU: [{ units: 2, reset_after: true }, [8, 3]],
  LSTM: [{ units: 2 }, [8, 3]],
  Bidirectional: [{ layer: { class_name: "LSTM", config: { units: 2 } } }, [8, 3]],
  TimeDistributed: [{ layer: { class_name: "Dense", config: { units: 2 } } }, [8, 3]],
  ActivityRegularization: [{}, [3]],
  AlphaDropout: [{}, [3]],
  Identity: [{}, [3]],
};

const read = (className: string, config: Config, shape: readonly number[]) => {
  const place = { path: "m.keras", position: 2, name: "it", className };
  return readLayer(className, new Settings(place, config, 3), shape);
};

const harmless = {
  name: "it",
  trainable: false,
  dtype: { class_name: "DTypePolicy", config: { name: "mixed_bfloat16" } },
  batch_input_shape: [null, 3],
  kernel_initializer: { class_name: "Zeros", config: {} },
  kernel_regularizer: { class_name: "L2", config: { l2: 0.1 } },
  unheard_of: null,
};

test("the table has every class", () => {
  expect(Object.keys(least).sort()).toEqual([...kerasClasses].sort());
});

describe.each(Object.entries(least))("%s", (className, [config, shape]) => {
  test("is read, what changes no prediction beside it", () => {
    const plain = read(className, config, shape);
    expect(read(className, { ...config, ...harmless }, shape).layers).toEqual(plain.layers);
  });

  test.each([
    ["unheard_of", true],
    ["unheard_of", 0.5],
    ["quantization_config", { class_name: "Int8QuantizationConfig", config: {} }],
    ["dtype", { class_name: "QuantizedDTypePolicy", config: { mode: "int8" } }],
    ["dtype", "int8"],
    ["call(training)", true],
  ])("refuses %s = %o", (setting, value) => {
    expect(() => read(className, { ...config, [setting]: value }, shape)).toThrow(
      expect.objectContaining({
        code: "keras_setting",
        parameters: expect.objectContaining({ setting, class: className, name: "it" }),
      }),
    );
  });
});

const lstm = { class_name: "LSTM", config: { units: 2 } };
const inside: [what: string, className: string, config: Config, setting: string][] = [
  ["the layer of a wrapper", "TimeDistributed", { layer: { ...lstm, class_name: "Dense" } }, "x"],
  ["a recurrent layer of two directions", "Bidirectional", { layer: lstm }, "x"],
  ["an activation", "Dense", { units: 2, activation: { class_name: "ReLU", config: {} } }, "x"],
];
test.each(inside)("%s is held to the same", (_, className, config, setting) => {
  const inners = Object.entries(config) as [string, { readonly config: Config }][];
  const [name, inner] = inners.find(([, value]) => typeof value === "object")!;
  expect(() => read(className, config, [4, 3])).not.toThrow();
  const worse = { ...inner, config: { ...inner.config, [setting]: 1 } };
  expect(() => read(className, { ...config, [name]: worse }, [4, 3])).toThrow(
    expect.objectContaining({ code: "keras_setting" }),
  );
});

const backward = (config: Config) => ({
  layer: lstm,
  backward_layer: { ...lstm, config: { ...lstm.config, go_backwards: true, ...config } },
});
test("a layer of its own for the way back is read where it does the same", () => {
  const usual = read("Bidirectional", { layer: lstm }, [4, 3]);
  expect(read("Bidirectional", backward({ name: "b" }), [4, 3]).layers).toEqual(usual.layers);
});
test.each([
  ["activation", "relu", "tanh"],
  ["recurrent_activation", "hard_sigmoid", "sigmoid"],
  ["units", 3, "2"],
  ["use_bias", false, "true"],
  ["return_sequences", true, "false"],
  ["go_backwards", false, "true"],
])("a way back whose %s differs is refused", (setting, value, wanted) => {
  expect(() => read("Bidirectional", backward({ [setting]: value }), [4, 3])).toThrow(
    `(Bidirectional(backward_layer=LSTM)): ${setting} is ${value}, Espejo has ${wanted}; `,
  );
});
test("a way back of another cell is refused", () => {
  const other = { layer: lstm, backward_layer: { class_name: "GRU", config: { units: 2 } } };
  expect(() => read("Bidirectional", other, [4, 3])).toThrow(
    'backward_layer is GRU{"units":2}, Espejo has LSTM',
  );
});

test.each([
  ["Conv2D", { data_format: "channels_first" }, [8, 8, 3]],
  ["Conv1D", { dilation_rate: [2] }, [8, 3]],
  ["Conv1D", { groups: 3 }, [9, 3]],
  ["Conv2D", { padding: "causal" }, [8, 8, 3]],
  ["Conv2DTranspose", { output_padding: [0, 1] }, [8, 8, 3]],
  ["UpSampling2D", { interpolation: "bilinear" }, [8, 8, 3]],
  ["LSTM", { stateful: true }, [8, 3]],
  ["LSTM", { go_backwards: true }, [8, 3]],
  ["LSTM", { return_state: true }, [8, 3]],
  ["LSTM", { time_major: true }, [8, 3]],
  ["Bidirectional", { merge_mode: null }, [8, 3]],
  ["BatchNormalization", { axis: 1 }, [8, 3]],
  ["BatchNormalization", { renorm: true }, [3]],
  ["LayerNormalization", { rms_scaling: true }, [3]],
  ["Softmax", { axis: 1 }, [8, 3]],
  ["Normalization", { axis: 0 }, [3]],
  ["Normalization", { mean: [1, 2], variance: 1 }, [3]],
] satisfies [string, Config, readonly number[]][])("%s with %o is refused", (name, more, shape) => {
  const [config] = least[name]!;
  const setting = Object.keys(more)[0];
  expect(() => read(name, { ...config, ...more }, shape)).toThrow(
    expect.objectContaining({
      code: "keras_setting",
      parameters: expect.objectContaining({ setting }),
    }),
  );
});
