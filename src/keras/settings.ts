import { EspejoError, phrases } from "../errors.ts";
import { shortened } from "../schema.ts";
import { classOf } from "./classes.ts";

/** Where a layer stands in a Keras file, for messages. */
export interface Place {
  readonly path: string;
  /** From 1, in the order of computation; an InputLayer counts as well. */
  readonly position: number;
  readonly name: string;
  readonly className: string;
}

/** The Keras that wrote a file, as far as names mean different things: 2 stands for all before 3. */
export type Era = 2 | 3;

/** What a file says that only matters while training, and that is not taken over. */
export interface LeftOut {
  readonly layer: string;
  readonly setting: string;
  readonly value: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What no layer computes with: names, shapes that are told elsewhere, values before training. */
const neverCounts =
  /^(name|trainable|batch_shape|batch_input_shape|batch_size|seed)$|_initializer$/;
/** Penalties and limits of weights. */
const onlyTrains = /_(regularizer|constraint)$/;

/** Types of numbers that a layer may compute in; here it is float32 for all. */
const numberTypes = [
  ...["float32", "float64", "float16", "bfloat16"],
  ...["mixed_float16", "mixed_bfloat16"],
] as const;

/**
 * The settings of one layer of a Keras file. Each is asked for, or declared to change no prediction; whatever
 * is left then is refused, so that nothing which a file says is passed over.
 */
export class Settings {
  readonly place: Place;
  readonly era: Era;
  readonly #values: Json;
  readonly #known = new Set<string>();
  readonly #training = new Set<string>();
  readonly #inside: Settings[] = [];

  constructor(place: Place, values: Json, era: Era) {
    this.place = place;
    this.era = era;
    this.#values = values;
  }

  /** Throws `keras_setting`: this value cannot be taken over. */
  refuse(setting: string, wanted: string, cure: string = phrases.keras_change): never {
    const { path, position, name, className } = this.place;
    throw new EspejoError("keras_setting", {
      ...{ path, position, name, class: className, setting, wanted, cure },
      value: textOf(this.get(setting)),
    });
  }

  /** A value as it stands in the file, arrays of NumPy as lists. */
  get(setting: string): unknown {
    this.#known.add(setting);
    const value = this.#values[setting];
    const { class_name: className, config } = Object(value) as Json;
    return /^__(numpy|tensor)__$/.test(String(className)) ? (Object(config) as Json).value : value;
  }

  /** Whether a value is given; null stands for none. */
  has(setting: string): boolean {
    const value = this.get(setting);
    return value !== null && value !== undefined;
  }

  /** Says that settings change no prediction, whatever their value. */
  harmless(...settings: readonly string[]): void {
    for (const setting of settings) this.#known.add(setting);
  }

  /** Says that settings act only while training. */
  whileTraining(...settings: readonly string[]): void {
    this.harmless(...settings);
    for (const setting of settings) this.#training.add(setting);
  }

  /** Refuses any value but those listed; one that is absent is the first. */
  only<T extends string | number | boolean | null>(setting: string, ...wanted: readonly T[]): T {
    const value = (this.get(setting) ?? wanted[0]) as T;
    if (wanted.includes(value)) return value;
    return this.refuse(setting, wanted.map(textOf).join(" | "));
  }

  number(setting: string, usual?: number): number {
    const value = this.get(setting) ?? usual;
    return typeof value === "number" && Number.isFinite(value)
      ? value
      : this.refuse(setting, phrases.keras_number);
  }

  /** A whole number of at least 1. */
  count(setting: string, usual?: number): number {
    const value = this.number(setting, usual);
    return Number.isInteger(value) && value >= 1
      ? value
      : this.refuse(setting, phrases.keras_count);
  }

  flag(setting: string, usual: boolean): boolean {
    const value = this.get(setting) ?? usual;
    return typeof value === "boolean" ? value : this.refuse(setting, "true | false");
  }

  /** One number, or a list of them. */
  numbers(setting: string, usual?: readonly number[]): readonly number[] {
    const value = this.get(setting) ?? usual;
    const list = typeof value === "number" ? [value] : value;
    return Array.isArray(list) && list.every((n) => typeof n === "number" && Number.isFinite(n))
      ? list
      : this.refuse(setting, phrases.keras_numbers);
  }

  /** A layer inside this one, as wrappers have it; null where there is none. */
  inner(setting: string): { readonly className: string; readonly settings: Settings } | null {
    const value = this.get(setting) as Json | null | undefined;
    if (typeof value?.class_name !== "string") return null;
    const className = classOf(value);
    const config = Object(value.config) as Json;
    const label = setting === "layer" ? className : `${setting}=${className}`;
    const place = { ...this.place, className: `${this.place.className}(${label})` };
    const settings = new Settings(place, config, this.era);
    this.#inside.push(settings);
    return { className, settings };
  }

  /** Throws `keras_setting` for what was neither asked for nor declared; null says nothing. */
  refuseOthers(): void {
    if (!this.#known.has("dtype")) this.numberType();
    for (const [setting, value] of Object.entries(this.#values)) {
      if (value === null || this.#known.has(setting) || neverCounts.test(setting)) continue;
      if (!onlyTrains.test(setting)) this.refuse(setting, phrases.keras_unknown);
    }
    for (const inside of this.#inside) inside.refuseOthers();
  }

  /** What the layer computes in, by its name; refuses quantized numbers. */
  numberType(): (typeof numberTypes)[number] {
    const value = this.get("dtype") ?? "float32";
    const { class_name: className, config } = Object(value) as Json;
    const policy = /^((Float)?DTypePolicy|Policy(V1)?)$/.test(String(className));
    const name = policy ? (Object(config) as Json).name : value;
    const found = numberTypes.find((type) => type === name);
    const cure = policy || !className ? phrases.keras_change : phrases.keras_unquantized;
    return found ?? this.refuse("dtype", numberTypes.join(" | "), cure);
  }

  /** What acts only while training, of this layer and those inside it. */
  get training(): readonly (readonly [setting: string, value: unknown])[] {
    const own = Object.entries(this.#values).filter(
      ([setting]) => this.#training.has(setting) || onlyTrains.test(setting),
    );
    // the two directions of a layer say the same twice
    return [...own, ...(this.#inside[0]?.training ?? [])];
  }
}

/** A setting as a short text; of an object of Python, its class and settings. */
export function textOf(value: unknown): string {
  const { class_name: className, config } = Object(value) as Json;
  const plain = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const text =
    typeof className !== "string" ? plain : `${className}${JSON.stringify(config) ?? ""}`;
  return shortened(text);
}
