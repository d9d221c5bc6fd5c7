import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { temporaryFolder } from "../../files.ts";
import { requestOf } from "../../http/request-of.ts";
import type { KeptRanking } from "../../tasks/ranking/kept-ranking.ts";
import {
  exportQuery,
  type RankedPage,
  rankingQuery,
  type Scores,
  scoresQuery,
} from "../api/runs.ts";
import { languageIn } from "../page-language.ts";
import { exportRows } from "../runs/export-rows.ts";
import { filterOf, rankedRow, rulesOf } from "../runs/ranked-rows.ts";
import { reportOf } from "../runs/report.ts";
import type { RunRooms } from "../runs/rooms.ts";

interface Named {
  readonly Params: { readonly id: string; readonly row: string };
}

/** What was found: the ranking, its scores, its rows, and what a person says of them. */
export function addRankingRoutes(app: FastifyInstance, rooms: RunRooms): void {
  const { folders, rankings, rows: opened, marks } = rooms;
  const withRanking = async <Made>(
    id: string,
    work: (ranking: KeptRanking) => Promise<Made>,
  ): Promise<Made> => {
    const { folder } = await folders.read(id);
    return rankings.use(folder, work);
  };

  app.get<Named>("/api/runs/:id/ranking", async (request): Promise<RankedPage> => {
    const { id } = request.params;
    const { above, marked, descending, ...page } = requestOf(rankingQuery, request.query);
    const { total, rows } = await withRanking(id, (ranking) =>
      ranking.page({
        ...page,
        ...(descending !== undefined && { descending: descending === "true" }),
        ...filterOf(marks.of(id), above, marked),
      }),
    );
    const language = languageIn(request);
    return { total, rows: rows.map((row) => rankedRow(row, marks.of(id), language)) };
  });

  app.get<Named>("/api/runs/:id/scores", async (request): Promise<Scores> => {
    const { id } = request.params;
    const { logarithmic, ...options } = requestOf(scoresQuery, request.query);
    return withRanking(id, async (ranking) => {
      const found = await ranking.scoreBins({
        ...options,
        ...(logarithmic !== undefined && { logarithmic: logarithmic === "true" }),
      });
      const own = marks.of(id);
      const reviewed = { only: [...own.keys()] };
      const false_ = {
        only: [...own].flatMap(([row, mark]) => (mark === "false_alarm" ? [row] : [])),
      };
      const count = async (filter: object): Promise<number> =>
        own.size === 0
          ? 0
          : (await ranking.page({ ...filter, above: found.threshold, rows: 1 })).total;
      return {
        ...found,
        usual: (await ranking.scoreBins({ bins: 1 })).threshold,
        rules: await rulesOf(ranking),
        reviewed: {
          rows: own.size,
          confirmed: [...own.values()].filter((mark) => mark === "confirmed").length,
          above: await count(reviewed),
          falseAlarms: await count(false_),
        },
      };
    });
  });

  app.get<Named>("/api/runs/:id/rows/:row", async (request) => {
    const { id, row } = request.params;
    const run = await folders.read(id);
    const place = rowOf(row);
    return opened.open(run, place, marks.of(id).get(place) ?? null, languageIn(request));
  });

  app.get<Named>("/api/runs/:id/export", async (request, reply) => {
    const { id } = request.params;
    const { format, above, marked } = requestOf(exportQuery, request.query);
    const ending = format === "csv-es" ? "csv" : format;
    const folder = temporaryFolder(join(tmpdir(), "espejo-export-"));
    const path = join(folder.path, `rows.${ending}`);
    try {
      await withRanking(id, async (ranking) =>
        exportRows(ranking, path, ending, {
          filter: filterOf(marks.of(id), above, marked),
          threshold: above ?? (await ranking.scoreBins({ bins: 1 })).threshold,
          marks: marks.of(id),
          language: languageIn(request),
          spanish: format === "csv-es",
        }),
      );
    } catch (error) {
      await folder.remove();
      throw error;
    }
    const stream = createReadStream(path);
    stream.once("close", () => void folder.remove());
    return reply
      .type(types[ending])
      .header("content-disposition", `attachment; filename="${id}.${ending}"`)
      .send(stream);
  });

  app.get<Named>("/api/runs/:id/report", async (request, reply) => {
    const run = await folders.read(request.params.id);
    const path = await reportOf(run, rooms, languageIn(request));
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", reportPolicy)
      .send(createReadStream(path));
  });
}

/** A report carries its own style and script, and may do nothing beyond itself. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; sandbox allow-scripts allow-downloads";

const types = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

const rowOf = (text: string): number => (/^\d{1,12}$/.test(text) ? Number(text) : -1);
