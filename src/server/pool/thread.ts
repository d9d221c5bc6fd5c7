import { parentPort } from "node:worker_threads";
import { carryError } from "../../carried-errors.ts";
import { noteText } from "../../data/terms/notes.ts";
import { decodeKnock } from "../decode/decode.ts";
import { type ServedFacts, servedFacts } from "../models/served.ts";
import type { NumberedAnswer, NumberedRequest, ThreadAnswers, ThreadRequest } from "./messages.ts";
import { type AnyModel, loadModel, scoreServed } from "./score-rows.ts";
import { nearRowsOf } from "./small-models.ts";

/** A thread that holds the sessions of all models, and computes one request after the other. */
const models = new Map<number, AnyModel>();
const facts = new Map<number, ServedFacts>();

async function answer(request: ThreadRequest): Promise<ThreadAnswers[keyof ThreadAnswers]> {
  switch (request.type) {
    case "load": {
      const model = await loadModel(request.bytes, request.path);
      // loads what every request needs
      const note = await model.checkGolden();
      models.set(request.model, model);
      facts.set(request.model, servedFacts(model.metadata));
      return { note: note && noteText(note), nearRows: await nearRowsOf(model) };
    }
    case "drop": {
      const model = models.get(request.model);
      models.delete(request.model);
      facts.delete(request.model);
      await model?.dispose();
      return null;
    }
    case "decode":
      return decodeKnock(request.knock, facts.get(request.model)!);
    case "score":
      return scoreServed(models.get(request.model)!, request.rows, request.wanted);
  }
}

/** The memory of an answer, which is handed over and not copied. */
function memoryOf(value: ThreadAnswers[keyof ThreadAnswers]): ArrayBuffer[] {
  if (value === null) return [];
  const inner = "context" in value ? Object.values(value.rows) : Object.values(value);
  const views = inner.filter((each): each is Float32Array => ArrayBuffer.isView(each));
  return [...new Set(views.map(({ buffer }) => buffer as ArrayBuffer))];
}

const port = parentPort!;
let last: Promise<void> = Promise.resolve();
port.on("message", ({ id, request }: NumberedRequest) => {
  last = last.then(async () => {
    try {
      const found = await answer(request);
      port.postMessage({ id, answer: found } satisfies NumberedAnswer, memoryOf(found));
    } catch (error) {
      port.postMessage({ id, error: carryError(error) } satisfies NumberedAnswer);
    }
  });
});
