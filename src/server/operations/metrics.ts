import { Counter, Gauge, Histogram, Registry as Metrics } from "prom-client";
import type { Registry } from "../models/registry.ts";
import type { Served } from "../models/served.ts";
import type { Pool } from "../pool/pool.ts";
import type { Scorer } from "../scorer.ts";
import type { Watches } from "../watch/watches.ts";

/** Seconds of a request: from what a small network takes to what is given up. */
const seconds = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/** A request that was answered. */
export interface AnsweredRequest {
  readonly door: string;
  readonly code: number;
  readonly seconds: number;
  /** Absent where nothing was scored. */
  readonly scored?: {
    readonly served: Served;
    readonly rows: number;
    readonly inferSeconds: number;
  };
}

interface Labelled {
  readonly requests: Counter.Internal;
  readonly seconds: Histogram.Internal<"door">;
  readonly rows: Counter.Internal;
  readonly inferSeconds: Histogram.Internal<"model" | "version">;
}

/** What Prometheus is told (https://prometheus.io/docs/instrumenting/exposition_formats/), all of it under `espejo_`. */
export class ServerMetrics {
  readonly #metrics = new Metrics();
  readonly #requests: Counter<"model" | "version" | "door" | "code">;
  readonly #rows: Counter<"model" | "version">;
  readonly #seconds: Histogram<"door">;
  readonly #inferSeconds: Histogram<"model" | "version">;
  readonly #children = new Map<string, Labelled>();
  readonly #reloads: Counter<"model" | "result">;

  constructor(
    registry: Registry,
    watches: Watches,
    { pool, scorer, lagMs }: { pool: Pool; scorer: Scorer; lagMs: () => number },
  ) {
    const registers = [this.#metrics];
    this.#requests = new Counter({
      name: "espejo_requests_total",
      help: "Requests that were answered, by model, version, protocol and status.",
      labelNames: ["model", "version", "door", "code"],
      registers,
    });
    this.#rows = new Counter({
      name: "espejo_rows_total",
      help: "Rows that were scored.",
      labelNames: ["model", "version"],
      registers,
    });
    this.#seconds = new Histogram({
      name: "espejo_request_seconds",
      help: "Seconds from the head of a request to the end of its answer.",
      labelNames: ["door"],
      buckets: seconds,
      registers,
    });
    this.#inferSeconds = new Histogram({
      name: "espejo_infer_seconds",
      help: "Seconds from the body of a request to its last score, waiting included.",
      labelNames: ["model", "version"],
      buckets: seconds,
      registers,
    });
    this.#reloads = new Counter({
      name: "espejo_model_loads_total",
      help: "Model files that were loaded, or could not be.",
      labelNames: ["model", "result"],
      registers,
    });
    gauge("espejo_queue_requests", "Requests that wait for a thread.", () => pool.waiting);
    gauge("espejo_inside_requests", "Requests that are worked at or wait.", () => scorer.inside);
    gauge("espejo_event_loop_lag_seconds", "How late the event loop is.", () => lagMs() / 1000);
    gauge("espejo_worker_threads", "Threads that score.", () => pool.threads);
    new Gauge({
      name: "espejo_model_info",
      help: "The models that are loaded; always 1.",
      labelNames: ["model", "version", "kind", "content"],
      registers,
      collect() {
        this.reset();
        for (const { name: model, version, facts } of registry.all()) {
          const { kind } = facts.metadata;
          this.set({ model, version, kind, content: facts.content }, 1);
        }
      },
    });
    addWatched(this.#metrics, registry, watches);
    for (const name of registry.names) this.#begin(name);

    function gauge(name: string, help: string, value: () => number): void {
      new Gauge({
        ...{ name, help, registers },
        collect() {
          this.set(value());
        },
      });
    }
  }

  /** Counts a request. */
  answered({ door, code, seconds: took, scored }: AnsweredRequest): void {
    const { name: model = "", version = "" } = scored?.served ?? {};
    const labels = this.#labelled(model, version, door, code);
    labels.requests.inc();
    labels.seconds.observe(took);
    if (!scored) return;
    labels.rows.inc(scored.rows);
    labels.inferSeconds.observe(scored.inferSeconds);
  }

  /** The figures of such requests: to look them up by their labels each time would take longer than to count. */
  #labelled(model: string, version: string, door: string, code: number) {
    const key = `${door} ${code} ${version} ${model}`;
    let known = this.#children.get(key);
    if (!known) {
      known = {
        requests: this.#requests.labels({ model, version, door, code: String(code) }),
        seconds: this.#seconds.labels({ door }),
        rows: this.#rows.labels({ model, version }),
        inferSeconds: this.#inferSeconds.labels({ model, version }),
      };
      this.#children.set(key, known);
    }
    return known;
  }

  /** Counts a model file that was loaded, or could not be. */
  loaded(model: string, result: "loaded" | "failed"): void {
    this.#begin(model);
    this.#reloads.inc({ model, result });
  }

  /** A count that begins at 0: of one that begins at 1, Prometheus sees no increase. */
  #begin(model: string): void {
    for (const result of ["loaded", "failed"]) this.#reloads.inc({ model, result }, 0);
  }

  get contentType(): string {
    return this.#metrics.contentType;
  }

  /** All of it as Prometheus reads it. */
  text(): Promise<string> {
    return this.#metrics.metrics();
  }
}

type Column = "missing" | "unseen" | "out_of_range";

/** What is counted of the rows themselves, taken from the watches when Prometheus asks. */
function addWatched(metrics: Metrics, registry: Registry, watches: Watches): void {
  const registers = [metrics];
  const each = (
    tell: (model: Record<"model" | "version", string>, served: Served) => void,
  ): void => {
    for (const served of registry.all())
      tell({ model: served.name, version: served.version }, served);
  };
  new Counter({
    name: "espejo_anomalies_total",
    help: "Rows that were anomalies.",
    labelNames: ["model", "version"],
    registers,
    collect() {
      this.reset();
      each((labels, served) => this.inc(labels, watches.of(served).total.anomalies));
    },
  });
  const perColumn: readonly (readonly [string, string, Column])[] = [
    ["espejo_missing_values_total", "Cells that were missing.", "missing"],
    ["espejo_unseen_categories_total", "Categories that training did not see.", "unseen"],
    ["espejo_out_of_range_total", "Numbers outside of the range of training.", "out_of_range"],
  ];
  for (const [name, help, figure] of perColumn)
    new Counter({
      ...{ name, help, registers, labelNames: ["model", "version", "column"] },
      collect() {
        this.reset();
        each((labels, served) => {
          const { rows, columns } = watches.of(served).total;
          for (const { column, [figure]: share } of columns)
            if (share > 0) this.inc({ ...labels, column }, Math.round(share * rows));
        });
      },
    });
  new Gauge({
    name: "espejo_drift_psi",
    help: "Population stability index of a column in the window, against training.",
    labelNames: ["model", "version", "column"],
    registers,
    collect() {
      this.reset();
      each((labels, served) => {
        for (const { column, psi } of watches.of(served).last().columns)
          if (psi !== null) this.set({ ...labels, column }, psi);
      });
    },
  });
  metrics.registerMetric(scoreHistogram(each, watches) as unknown as Counter);
}

type Each = (tell: (model: Record<"model" | "version", string>, served: Served) => void) => void;

/** A histogram of scores whose buckets end at quantiles of training: each model has its own, which prom-client's has not. */
const scoreHistogram = (each: Each, watches: Watches) => ({
  ...{
    name: "espejo_score",
    type: "histogram",
    help: "Scores, by quantiles of those of training.",
  },
  ...{ aggregator: "sum", reset: () => {} },
  async get() {
    const values: { metricName: string; labels: Record<string, string>; value: number }[] = [];
    each((labels, served) => {
      const { scores, rows } = watches.of(served).total;
      if (!scores) return;
      let below = 0;
      scores.counts.forEach((count, k) => {
        below += count;
        const le = String(scores.edges[k] ?? "+Inf");
        values.push({ metricName: "espejo_score_bucket", labels: { ...labels, le }, value: below });
      });
      values.push({ metricName: "espejo_score_sum", labels, value: scores.sum });
      values.push({ metricName: "espejo_score_count", labels, value: rows });
    });
    const { name, type, help, aggregator } = this;
    return { name, type, help, aggregator, values };
  },
});
