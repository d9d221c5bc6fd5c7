import type { FastifyInstance } from "fastify";
import { requestOf } from "../../http/request-of.ts";
import type { PagedRanking } from "../../tasks/ranking/paged-ranking.ts";
import {
  exportQuery,
  newMark,
  type RankedPage,
  rankingQuery,
  type Scores,
  scoresQuery,
} from "../api/runs.ts";
import { languageIn } from "../page-language.ts";
import { exportRows } from "../runs/export-rows.ts";
import type { RankedPlace } from "../runs/ranked-place.ts";
import { filterOf, rankedRow, rulesOf } from "../runs/ranked-rows.ts";
import type { RunRooms } from "../runs/rooms.ts";
import { sendRows } from "./send-made.ts";

interface Named {
  readonly Params: { readonly id: string; readonly row: string };
}

/** What was found: the ranking, its scores, its rows, and what a person says of them. */
export function addRankingRoutes(
  app: FastifyInstance,
  { rankings, rows: opened, marks, events }: RunRooms,
  { address, keyOf, read, open }: RankedPlace,
): void {
  const withRanking = async <Made>(
    id: string,
    work: (ranking: PagedRanking) => Promise<Made>,
  ): Promise<Made> => {
    const { folder } = await read(id);
    return rankings.use(folder, open, work);
  };

  app.get<Named>(`${address}/:id/ranking`, async (request): Promise<RankedPage> => {
    const { id } = request.params;
    const { above, marked, descending, ...page } = requestOf(rankingQuery, request.query);
    const { total, rows } = await withRanking(id, (ranking) =>
      ranking.page({
        ...page,
        ...(descending !== undefined && { descending: descending === "true" }),
        ...filterOf(marks.of(keyOf(id)), above, marked),
      }),
    );
    const language = languageIn(request);
    return { total, rows: rows.map((row) => rankedRow(row, marks.of(keyOf(id)), language)) };
  });

  app.get<Named>(`${address}/:id/scores`, async (request): Promise<Scores> => {
    const { id } = request.params;
    const { logarithmic, ...options } = requestOf(scoresQuery, request.query);
    return withRanking(id, async (ranking) => {
      const found = await ranking.scoreBins({
        ...options,
        ...(logarithmic !== undefined && { logarithmic: logarithmic === "true" }),
      });
      const own = marks.of(keyOf(id));
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
          above: await count(reviewed),
          falseAlarms: await count(false_),
        },
      };
    });
  });

  app.get<Named>(`${address}/:id/rows/:row`, async (request) => {
    const { id, row } = request.params;
    const run = await read(id);
    const place = rowOf(row);
    return opened.open(run, place, marks.of(keyOf(id)).get(place) ?? null, languageIn(request));
  });

  app.put<Named>(`${address}/:id/marks/:row`, async (request, reply) => {
    const { id } = request.params;
    const { mark } = requestOf(newMark, request.body);
    await read(id);
    const row = rowOf(request.params.row);
    await marks.set(keyOf(id), row, mark);
    events.tell("mark", { id: keyOf(id), row, mark });
    return reply.code(204).send();
  });

  app.get<Named>(`${address}/:id/export`, (request, reply) => {
    const { id } = request.params;
    const { format, above, marked } = requestOf(exportQuery, request.query);
    return sendRows(reply, { name: id, format }, (path, ending, spanish) =>
      withRanking(id, async (ranking) =>
        exportRows(ranking, path, ending, {
          filter: filterOf(marks.of(keyOf(id)), above, marked),
          threshold: above ?? (await ranking.scoreBins({ bins: 1 })).threshold,
          marks: marks.of(keyOf(id)),
          language: languageIn(request),
          spanish,
        }),
      ),
    );
  });
}

const rowOf = (text: string): number => (/^\d{1,12}$/.test(text) ? Number(text) : -1);
