import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EspejoError } from "../../src/errors.ts";
import { Pool } from "../../src/server/pool/pool.ts";
import { Stop } from "../../src/server/stop.ts";
import { tableOf, trainModels } from "./models.ts";

test("bodies of requests that were given up hold nobody up", async () => {
  const { path } = await trainModels();
  const pool = await Pool.start({ workers: 1, maxBatchRows: 100, batchWindowMs: 0 });
  try {
    const { number } = await pool.load(readFileSync(path("waves")), "waves");
    const body = Buffer.from(JSON.stringify({ rows: tableOf(2000, 1) }));
    const knock = {
      ...{
        door: "score" as const,
        body,
        contentType: "",
        type: "application/json",
        headerLength: null,
        query: {},
      },
      ...{ explain: false, maxRows: 10_000, strictColumns: false },
    } as const;
    const stops = Array.from({ length: 20 }, () => new Stop());
    const given = stops.map((stop) => pool.decode(number, knock, stop).catch(() => "given up"));
    for (const stop of stops) stop.stop(new EspejoError("server_busy", {}));
    const wanted = { latent: false, reconstruction: false, error: false, reasons: "none" } as const;
    // more than are scored where they arrive
    const rows = { rows: 80, x: new Float64Array(80 * 24) };
    const scored = await pool.score(number, rows, wanted, new Stop());
    expect(scored.score).toHaveLength(80);
    expect(await Promise.all(given)).toEqual(stops.map(() => "given up"));
    expect(pool.waiting).toBe(0);
  } finally {
    await pool.close();
  }
}, 30_000);
