import type { Registry } from "./models/registry.ts";

/** Whether more requests should come: all models are there, and the server is not about to stop. */
export class Readiness {
  readonly #registry: Registry;
  #stopping = false;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  get ready(): boolean {
    return !this.#stopping && this.#registry.ready;
  }

  /** From now on requests should go elsewhere; those that come are answered for a while. */
  stop(): void {
    this.#stopping = true;
  }
}
