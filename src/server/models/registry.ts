import { basename } from "node:path";
import { EspejoError, phrase } from "../../errors.ts";
import { readBytes } from "../../tasks/model/read-bytes.ts";
import { readModelFile } from "../../tasks/model/read-metadata.ts";
import type { Pool } from "../pool/pool.ts";
import { withoutFolders } from "./hidden-folders.ts";
import { type Served, servedFacts } from "./served.ts";
import type { ModelSource } from "./sources.ts";

/** What is known of a model that is or could be served. */
export interface IndexEntry {
  readonly name: string;
  readonly version: string;
  readonly state: "READY" | "UNAVAILABLE";
  /** Why it is not ready, or why a newer file was not taken; "" where all is well. */
  readonly reason: string;
}

/** As the protocol has it. */
const unloaded = "unloaded";

interface Slot {
  readonly source: ModelSource;
  version: string;
  served: Served | null;
  reason: string;
  /** Whether it was taken away on purpose. */
  away: boolean;
  /** Reloads come one after the other. */
  busy: Promise<unknown>;
}

/** A model in use: it stays loaded until it is released. */
export interface Lease {
  readonly served: Served;
  release(): void;
}

/** Hears what becomes of models, for logs and metrics. */
export interface RegistryEvents {
  loaded(served: Served, milliseconds: number): void;
  failed(name: string, version: string, error: Error): void;
  unloaded(served: Served): void;
}

/** The models by name and version. */
export class Registry {
  readonly #pool: Pool;
  readonly #slots: Slot[] = [];
  readonly #uses = new Map<Served, { count: number; ended: boolean }>();
  readonly #defaultName: string | undefined;
  readonly #events: RegistryEvents;

  private constructor(pool: Pool, defaultName: string | undefined, events: RegistryEvents) {
    this.#pool = pool;
    this.#defaultName = defaultName;
    this.#events = events;
  }

  /** Loads all models. Throws what reading one throws, and `serve_twice`. */
  static async open(
    pool: Pool,
    sources: readonly ModelSource[],
    { defaultName, events }: { readonly defaultName?: string; readonly events: RegistryEvents },
  ): Promise<Registry> {
    const registry = new Registry(pool, defaultName, events);
    for (const source of sources) await registry.add(source);
    if (defaultName !== undefined) registry.#named(defaultName);
    return registry;
  }

  /** Loads one more model. Throws what reading it throws, and `serve_twice`. */
  async add(source: ModelSource): Promise<void> {
    const slot: Slot = {
      ...{ source, version: source.version ?? "1", served: null, reason: "", away: false },
      busy: Promise.resolve(),
    };
    slot.served = await this.#read(slot);
    slot.version = slot.served.version;
    this.#refuseTwin(slot, slot.served);
    this.#slots.push(slot);
  }

  /** Frees a model that was read where another one has its name and version, and throws `serve_twice`. */
  #refuseTwin(slot: Slot, served: Served): void {
    const { name, path } = slot.source;
    const twin = this.#slots.find(
      (each) => each !== slot && each.source.name === name && each.version === served.version,
    );
    if (!twin) return;
    this.#end(served);
    throw new EspejoError("serve_twice", {
      ...{ name, version: served.version, first: twin.source.path, second: path },
      example: `${name}-2=${path}`,
    });
  }

  /** Names of all models. */
  get names(): readonly string[] {
    return [...new Set(this.#slots.map(({ source }) => source.name))];
  }

  /** The versions of a model, the highest first. Throws `served_unknown`. */
  versions(name: string): readonly string[] {
    return this.#named(name).map(({ version }) => version);
  }

  /** All that is served or could be. */
  index(): readonly IndexEntry[] {
    return this.#slots.map(({ source: { name }, version, served, reason }) => ({
      ...{ name, version, reason },
      state: served ? "READY" : "UNAVAILABLE",
    }));
  }

  /** Every model that is loaded. */
  all(): readonly Served[] {
    return this.#slots.flatMap(({ served }) => served ?? []);
  }

  /** Whether all models are loaded, but for those that were taken away. */
  get ready(): boolean {
    return this.#slots.every(({ served, away }) => served !== null || away);
  }

  /**
   * A model by its name, by default the only one or the one of `--default`, in a version, by default the highest. Throws
   * `served_unknown`, `served_several`, `version_unknown` or `served_unready`.
   */
  get(name?: string, version?: string): Served {
    const slots = this.#named(name ?? this.#onlyName());
    const slot =
      version === undefined
        ? (slots.find(({ served }) => served) ?? slots[0]!)
        : slots.find((each) => each.version === version);
    if (!slot)
      throw new EspejoError("version_unknown", {
        ...{ name: slots[0]!.source.name, version: String(version).slice(0, 40) },
        versions: slots.map((each) => each.version).join(", "),
      });
    if (slot.served) return slot.served;
    throw new EspejoError("served_unready", {
      name: slot.source.name,
      reason: phrase(slot.reason === unloaded ? "taken_away" : "load_failed", {}),
    });
  }

  /** A model to use; it stays loaded until it is released, whatever becomes of its file. */
  lease(name?: string, version?: string): Lease {
    const served = this.get(name, version);
    const use = this.#uses.get(served) ?? { count: 0, ended: false };
    this.#uses.set(served, use);
    use.count++;
    let released = false;
    return {
      served,
      release: () => {
        if (released) return;
        released = true;
        use.count--;
        if (use.ended && use.count === 0) this.#end(served);
      },
    };
  }

  /**
   * Loads the files of a model anew, warms them up and puts them in the place of the old ones, which answer until then and
   * to the end of what they are at. Throws where a file is not to be used: the old model goes on.
   */
  async load(name: string): Promise<void> {
    for (const slot of this.#named(name)) await this.#reload(slot);
  }

  /** As `load`, of all models of the one file. */
  async reload(path: string): Promise<void> {
    for (const slot of this.#slots) if (slot.source.path === path) await this.#reload(slot);
  }

  async #reload(slot: Slot): Promise<void> {
    const work = slot.busy.then(async () => {
      try {
        const next = await this.#read(slot);
        this.#refuseTwin(slot, next);
        const before = slot.served;
        slot.served = next;
        slot.version = next.version;
        slot.reason = "";
        slot.away = false;
        if (before) this.#retire(before);
      } catch (error) {
        this.#events.failed(slot.source.name, slot.version, error as Error);
        const paths = this.#slots.map(({ source }) => source.path);
        const told = withoutFolders(error as Error, paths);
        slot.reason = told.message;
        throw told;
      }
    });
    slot.busy = work.catch(() => {});
    await work;
  }

  /** Takes a model away, once it has answered what it is at. */
  async unload(name: string): Promise<void> {
    for (const slot of this.#named(name)) {
      await slot.busy;
      const { served } = slot;
      slot.served = null;
      slot.reason = unloaded;
      slot.away = true;
      if (served) this.#retire(served);
    }
  }

  async #read({ source }: Slot): Promise<Served> {
    const began = performance.now();
    // what is said of it goes out: the path of this machine does not
    const shown = basename(source.path);
    const bytes = await readBytes(source.path);
    const { metadata } = readModelFile(bytes, shown);
    const { number, note } = await this.#pool.load(bytes, shown);
    const version = source.version ?? String(metadata.training.options.modelVersion ?? 1);
    const served = { name: source.name, version, number, facts: servedFacts(metadata), note };
    this.#events.loaded(served, performance.now() - began);
    return served;
  }

  #retire(served: Served): void {
    const use = this.#uses.get(served);
    if (!use || use.count === 0) this.#end(served);
    else use.ended = true;
  }

  #end(served: Served): void {
    this.#uses.delete(served);
    this.#events.unloaded(served);
    void this.#pool.drop(served.number);
  }

  #onlyName(): string {
    const { names } = this;
    const [only, more] = names;
    if (this.#defaultName !== undefined) return this.#defaultName;
    if (only !== undefined && more === undefined) return only;
    throw new EspejoError("served_several", { names: names.join(", ") });
  }

  /** The slots of a name, those of the highest versions first. */
  #named(name: string): Slot[] {
    const slots = this.#slots.filter(({ source }) => source.name === name);
    if (slots.length === 0)
      throw new EspejoError("served_unknown", {
        name: name.slice(0, 64),
        names: this.names.join(", "),
      });
    return slots.sort((a, b) => compareVersions(b.version, a.version));
  }
}

/** As people count: 2 before 10. */
const compareVersions = (a: string, b: string): number =>
  a.localeCompare(b, "en", { numeric: true });
