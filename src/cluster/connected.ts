/** What answers. */
export interface Versions {
  readonly spark: string;
  readonly pyspark: string;
  /** Of ONNX Runtime in Python. */
  readonly runtime: string;
  readonly python: string;
}

/** A conversation with Spark, by way of a Python process. */
export interface Connection {
  readonly versions: Versions;
  /** Asks for something, and hears of it meanwhile. Rejects with an EspejoError of what went wrong. */
  ask<T>(name: string, request?: object, hear?: (event: object) => void): Promise<T>;
  /** Ends it, and the application with it. */
  end(): Promise<void>;
}
