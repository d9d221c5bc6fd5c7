import { EspejoError } from "../errors.ts";

/** Where a layer stands in a Keras file, for messages. */
export interface Place {
  readonly path: string;
  /** From 1, in the order of computation; an InputLayer counts as well. */
  readonly position: number;
  readonly name: string;
  readonly className: string;
}

/** What a file says that only matters while training, and that is not taken over. */
export interface LeftOut {
  readonly layer: string;
  readonly setting: string;
  readonly value: string;
}

type Json = Readonly<Record<string, unknown>>;

/** The settings of one layer of a Keras file, checked as they are asked for. */
export class Settings {
  readonly place: Place;
  readonly values: Json;

  constructor(place: Place, values: Json) {
    this.place = place;
    this.values = values;
  }

  /** Throws `keras_setting`: this value cannot be taken over. */
  refuse(setting: string, wanted: string): never {
    const { path, position, name, className } = this.place;
    throw new EspejoError("keras_setting", {
      ...{ path, position, name, class: className, setting, wanted },
      value: textOf(this.values[setting]),
    });
  }

  /** Refuses any value but those listed; one that is absent is the first. */
  only<T extends string | number | boolean | null>(setting: string, ...wanted: readonly T[]): T {
    const value = (this.values[setting] ?? wanted[0]) as T;
    if (wanted.includes(value)) return value;
    return this.refuse(setting, wanted.map(textOf).join(" | "));
  }

  number(setting: string, usual?: number): number {
    const value = this.values[setting] ?? usual;
    return typeof value === "number" && Number.isFinite(value)
      ? value
      : this.refuse(setting, "a number");
  }

  /** A whole number of at least 1. */
  count(setting: string, usual?: number): number {
    const value = this.number(setting, usual);
    return Number.isInteger(value) && value >= 1
      ? value
      : this.refuse(setting, "a whole number of at least 1");
  }

  flag(setting: string, usual: boolean): boolean {
    const value = this.values[setting] ?? usual;
    return typeof value === "boolean" ? value : this.refuse(setting, "true | false");
  }

  /** One number, or a list of them. */
  numbers(setting: string, usual?: readonly number[]): readonly number[] {
    const value = this.values[setting] ?? usual;
    const list = typeof value === "number" ? [value] : value;
    return Array.isArray(list) && list.every((n) => typeof n === "number" && Number.isFinite(n))
      ? list
      : this.refuse(setting, "numbers");
  }

  /** A layer inside this one, as wrappers have it; null where there is none. */
  inner(setting: string): { readonly className: string; readonly settings: Settings } | null {
    const value = this.values[setting] as Json | null | undefined;
    if (typeof value !== "object" || value === null) return null;
    const className = String(value.class_name);
    const config = (value.config ?? {}) as Json;
    const place = { ...this.place, className: `${this.place.className}(${className})` };
    return { className, settings: new Settings(place, config) };
  }
}

/** A setting as a short text. */
export function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
