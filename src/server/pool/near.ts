import type { Scored, ServedRows, Wanted } from "../rows.ts";
import type { Stop } from "../stop.ts";
import { Line } from "./joining.ts";
import { type AnyModel, scoreServed } from "./score-rows.ts";
import { mostNearRows } from "./small-models.ts";

/** Rows whose reasons are told here, at most: they take longer than scores. */
const mostReasons = 4;

interface NearModel {
  readonly model: AnyModel;
  /** Rows that take no longer than may be. */
  readonly rows: number;
}

/**
 * Scores few rows of small models where they arrive. What comes in while a run is under way is joined into the next one: of
 * a run that takes so little, most is what each run costs.
 */
export class Near {
  readonly #models = new Map<number, NearModel>();
  readonly #line = new Line(mostNearRows);
  #running = false;

  /** Keeps a model, of which so many rows are scored here. */
  add(number: number, model: AnyModel, rows: number): void {
    this.#models.set(number, { model, rows });
  }

  /** Frees a model that no request uses any more. */
  async drop(number: number): Promise<void> {
    const kept = this.#models.get(number);
    this.#models.delete(number);
    await kept?.model.dispose();
  }

  /** Whether so many rows of a model are scored here. */
  takes(number: number, rows: number, { reasons }: Wanted): boolean {
    const most = this.#models.get(number)?.rows ?? 0;
    return rows <= (reasons === "none" ? most : Math.min(most, mostReasons));
  }

  /** Scores rows that are taken here. */
  score(model: number, rows: ServedRows, wanted: Wanted, stop: Stop): Promise<Scored> {
    return new Promise((resolve, reject) => {
      const leave = this.#line.join({ model, rows, wanted, resolve, reject });
      stop.listen((reason) => {
        leave();
        reject(reason);
      });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let run = this.#line.take(); run; run = this.#line.take())
      try {
        const { model } = this.#models.get(run.model)!;
        run.settle(await scoreServed(model, run.rows, run.wanted));
      } catch (error) {
        run.fail(error as Error);
      }
    this.#running = false;
  }
}
