import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { EspejoError, phrase } from "../../errors.ts";
import { languageOf } from "../../http/error-answers.ts";
import { shown } from "../../schema.ts";
import { type DoorName, type Knock, mostIgnored } from "../decode/knock.ts";
import { encoders } from "../encode/answer.ts";
import type { FullOptions } from "../options.ts";
import type { Place } from "../places.ts";
import type { Outcome, Scorer } from "../scorer.ts";
import { Stop } from "../stop.ts";
import { documented, requestBodies, scoreAnswers, scoreQueryDocument } from "./documents.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What a request for scores came to, for metrics and the log. */
    outcome: Outcome | null;
    /** Of a request for scores, from its head on. */
    entered: Entered | null;
  }
  interface FastifyContextConfig {
    /** The protocol of a route that scores. */
    readonly door?: DoorName;
  }
}

/** A request for scores that was let in, and whether its client still waits. */
interface Entered {
  readonly place: Place;
  readonly stop: Stop;
}

/** An address that takes rows and gives scores. */
interface ScoreRoute {
  readonly door: DoorName;
  readonly url: string;
  readonly summary: string;
  readonly explain?: boolean;
}

/** All of them, each protocol with its own; a model and a version stand in the address where the protocol has them. */
export const scoreRoutes: readonly ScoreRoute[] = [
  {
    door: "v2",
    url: "/v2/models/:model/infer",
    summary: "Scores of rows by the Open Inference Protocol v2",
  },
  {
    door: "v2",
    url: "/v2/models/:model/versions/:version/infer",
    summary: "Scores of rows by a version of a model",
  },
  {
    door: "mlflow",
    url: "/invocations",
    summary: "Scores of rows as MLflow's clients ask for them",
  },
  {
    door: "v1",
    url: "/v1/models/:model(^[^:/]+)::predict",
    summary: "Scores of rows as clients of TensorFlow Serving and KServe v1 ask for them",
  },
  {
    door: "v1",
    url: "/v1/models/:model(^[^:/]+)::explain",
    summary: "Scores of rows and the reasons for them",
    explain: true,
  },
  {
    door: "v1",
    url: "/v1/models/:model/versions/:version(^[^:/]+)::predict",
    summary: "Scores of rows by a version of a model",
  },
  {
    door: "v1",
    url: "/v1/models/:model/versions/:version(^[^:/]+)::explain",
    summary: "Scores and reasons by a version of a model",
    explain: true,
  },
  {
    door: "score",
    url: "/score",
    summary: "Scores and reasons of rows by the only model, or the default one",
  },
  {
    door: "score",
    url: "/score/:model",
    summary: "Scores and reasons of rows in JSON, CSV or NDJSON",
  },
];

/** Adds the addresses that score. */
export function addScoreRoutes(app: FastifyInstance, scorer: Scorer, options: FullOptions): void {
  app.decorateRequest("outcome", null);
  app.decorateRequest("entered", null);
  for (const { door, url, summary, explain = false } of scoreRoutes)
    app.post(
      url,
      {
        config: { scope: "infer", door },
        onRequest: (request, reply, done) => {
          request.entered = enter(reply);
          done();
        },
        schema: documented({
          ...{ tag: door, summary, body: requestBodies[door], answer: scoreAnswers[door] },
          ...(door === "score" && { querystring: scoreQueryDocument }),
        }),
      },
      async (request, reply) => answer(request, reply, { door, explain }),
    );

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { door, explain }: Pick<ScoreRoute, "door"> & { readonly explain: boolean },
  ) {
    const { place, stop } = request.entered!;
    place.keep();
    const { model, version } = request.params as { model?: string; version?: string };
    const knock = knockOf(request, door, explain, options);
    const outcome = await scorer.score({ name: model, version }, knock, stop);
    request.outcome = outcome;
    const accept = request.headers.accept ?? "";
    const { body, headers } = encoders[door]({
      ...outcome,
      accept,
      language: languageOf(request),
    });
    const { ignored } = outcome.decoded;
    if (ignored.length > 0) void reply.header("x-ignored-columns", listed(ignored));
    return reply.headers(headers).send(body);
  }

  /** Lets a request in before its body has come; it is given up when its client goes before it has its answer. */
  function enter({ raw }: FastifyReply): Entered {
    const place = scorer.enter();
    const stop = new Stop();
    raw.once("close", () => {
      place.leave();
      if (!raw.writableFinished) stop.stop(new EspejoError("server_busy", {}));
    });
    return { place, stop };
  }
}

function knockOf(
  request: FastifyRequest,
  door: DoorName,
  explain: boolean,
  { maxRows, strictColumns }: FullOptions,
): Knock {
  const { headers, body, query } = request;
  const contentType = headers["content-type"] ?? "";
  const type = contentType.split(";")[0]!.trim().toLowerCase();
  const length = door === "v2" ? headers[jsonLength] : undefined;
  return {
    ...{ door, type, contentType, explain, maxRows, strictColumns },
    body: (body as Uint8Array | undefined) ?? new Uint8Array(0),
    headerLength: length === undefined ? null : lengthOf(String(length)),
    query: query as Readonly<Record<string, string>>,
  };
}

/** Where clients of v2 say how long the JSON before binary tensors is. */
const jsonLength = "inference-header-content-length";

function lengthOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new EspejoError("request_invalid", {
    place: "Inference-Header-Content-Length",
    wanted: phrase("whole_number", {}),
    got: shown(text),
  });
}

/** Names as a header can hold them: others as in an address, a few of many. */
const listed = (names: readonly string[]): string =>
  names
    .slice(0, mostIgnored)
    .map((name) => (/^[\w .()/-]{1,60}$/.test(name) ? name : encodeURIComponent(name.slice(0, 60))))
    .join(", ");
