import type { FastifyInstance, FastifyRequest } from "fastify";
import { requestOf } from "../../http/request-of.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { shellOf } from "../../invocation/shell.ts";
import { typescriptOf } from "../../invocation/typescript.ts";
import { openRanking } from "../../tasks/ranking/kept-ranking.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import {
  type ChosenRow,
  type CodeNeighbours,
  type Codes,
  chosenRows,
  markedRows,
  neighboursQuery,
  type VariableInfluence,
  valuesQuery,
} from "../api/codes.ts";
import { packed } from "../api/packed.ts";
import { exportQuery } from "../api/runs.ts";
import { languageIn } from "../page-language.ts";
import { decodedColumns } from "../runs/decoded-columns.ts";
import { exportCodes } from "../runs/export-codes.ts";
import { exportRows } from "../runs/export-rows.ts";
import { colorsOf, pointValues } from "../runs/point-values.ts";
import { dataOfRun } from "../runs/ranked-place.ts";
import { rankedReasonText } from "../runs/ranked-rows.ts";
import type { RunRooms } from "../runs/rooms.ts";
import type { HeldCodes } from "../runs/run-codes.ts";
import { sendRows } from "./send-made.ts";

interface Named {
  readonly Params: { readonly id: string; readonly row: string };
}

/** Bytes of a list of rows: a million numbers. */
const chosenLimit = 16 * 2 ** 20;
/** Rows that a table of a selection asks for at once. */
const mostChosen = 1000;
const usualNeighbours = 10;

/** The codes of a run: where rows lie, what colours them, which are near, and how a row comes from a code. */
export function addCodeRoutes(app: FastifyInstance, rooms: RunRooms): void {
  const { folders, rankings, rows: opened, codes, marks, events } = rooms;
  const withCodes = async <Made>(
    request: FastifyRequest<Named>,
    work: (held: HeldCodes, run: KeptRun) => Promise<Made>,
  ): Promise<Made> => {
    const run = await folders.read(request.params.id);
    return codes.use(run, (held) => work(held, run));
  };

  app.get<Named>("/api/runs/:id/codes", (request) =>
    withCodes(request, async (held, run): Promise<Codes> => {
      const model = `runs/${request.params.id}/${runFiles.model}`;
      const { rows, latentDim, variables, shares, numbers, ids } = held.codes;
      return opened.use(dataOfRun(run), async ({ model: loaded, table }) => ({
        ...{ rows, latentDim, variables, shares, pca: numbers.has("pca_1"), ids },
        colors: colorsOf(table),
        time: timeOf(table),
        cells: decodedColumns(loaded),
        elsewhere: {
          encode: told(await codes.callOf(run, model, "codes.csv")),
          decode: told({
            ...{ verb: "decode", data: "codes.csv" },
            options: { model, output: "rows.csv" },
          }),
        },
      }));
    }),
  );

  app.get<Named>("/api/runs/:id/codes/values", async (request, reply) => {
    const { of } = requestOf(valuesQuery, request.query);
    const { id } = request.params;
    const found = await withCodes(request, (held, run) =>
      opened.use(dataOfRun(run), ({ model, table }) =>
        pointValues(of, {
          ...{ held, model, table, marks: marks.of(id) },
          threshold: run.summary?.threshold.threshold ?? Number.POSITIVE_INFINITY,
        }),
      ),
    );
    return reply
      .type("application/octet-stream")
      .send(Buffer.from(packed(found.head, found.values).buffer as ArrayBuffer));
  });

  app.get<Named>("/api/runs/:id/codes/:row/neighbours", (request) => {
    const { k = usualNeighbours } = requestOf(neighboursQuery, request.query);
    const row = Number(request.params.row);
    return withCodes(
      request,
      async ({ codes: kept }): Promise<CodeNeighbours> => ({
        code: [...kept.codeOf(row)],
        near: kept.nearest(row, Math.min(100, Math.max(1, Math.floor(k)))),
      }),
    );
  });

  app.post<Named>("/api/runs/:id/codes/rows", { bodyLimit: chosenLimit }, (request) => {
    const { id } = request.params;
    const rows = requestOf(chosenRows, request.body).rows.slice(0, mostChosen);
    const language = languageIn(request);
    return withCodes(request, async (held, run): Promise<readonly ChosenRow[]> => {
      const names = await held.codes.namesOf(rows);
      const ranked =
        held.ranked && rows.length > 0
          ? (
              await rankings.use(run.folder, openRanking, (all) =>
                all.page({ only: rows, rows: rows.length }),
              )
            ).rows
          : [];
      const byRow = new Map(ranked.map((each) => [each.row, each]));
      return rows.map((row, i) => {
        const known = byRow.get(row);
        return {
          ...{ row, names: names[i]! },
          ...{ rank: known?.rank ?? null, score: known?.score ?? null },
          reasons: known?.reasons.slice(0, 2).map((why) => rankedReasonText(why, language)) ?? [],
          mark: marks.of(id).get(row) ?? null,
        };
      });
    });
  });

  app.put<Named>("/api/runs/:id/marks", { bodyLimit: chosenLimit }, async (request, reply) => {
    const { id } = request.params;
    const { rows, mark } = requestOf(markedRows, request.body);
    await folders.read(id);
    await marks.setAll(id, rows, mark);
    events.tell("marks", { id });
    return reply.code(204).send();
  });

  // rows that were chosen on a map are too many for an address
  app.post<Named>("/api/runs/:id/export", { bodyLimit: chosenLimit }, async (request, reply) => {
    const { id } = request.params;
    const { rows } = requestOf(chosenRows, request.body);
    const { format } = requestOf(exportQuery, request.query);
    const run = await folders.read(id);
    return sendRows(reply, { name: id, format }, (path, ending, spanish) =>
      run.summary && !run.summary.ranking
        ? codes.use(run, (held) => exportCodes(held.codes, path, ending, { rows, spanish }))
        : rankings.use(run.folder, openRanking, async (ranking) =>
            exportRows(ranking, path, ending, {
              filter: {},
              chosen: new Set(rows),
              threshold: (await ranking.scoreBins({ bins: 1 })).threshold,
              marks: marks.of(id),
              language: languageIn(request),
              spanish,
            }),
          ),
    );
  });

  app.get<Named>("/api/runs/:id/codes/influence", async (request) => {
    const run = await folders.read(request.params.id);
    const found = await codes.influences(run);
    return found.map(
      ({ share, columns }): VariableInfluence => ({ share, columns: columns.slice(0, 12) }),
    );
  });

  app.get<Named>("/api/runs/:id/decoder", async (request, reply) => {
    const { id } = request.params;
    const run = await folders.read(id);
    const bytes = await opened.use(dataOfRun(run), async ({ model }) => model.decoderBytes());
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${id}-decoder.onnx"`)
      .send(Buffer.from(bytes));
  });
}

const told = (call: Invocation) => ({ command: shellOf(call), program: typescriptOf(call) });

const timeOf = (table: {
  readonly columns: readonly {
    readonly name: string;
    readonly role: string;
    readonly type: string;
  }[];
}): string | null =>
  table.columns.find(({ role, type }) => role === "time" && (type === "date" || type === "number"))
    ?.name ?? null;
