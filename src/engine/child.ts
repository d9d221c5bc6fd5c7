/** What runs in the process of its own: it loads the native engine and answers requests. It ends when nobody can ask any more. */
import { carryError } from "../carried-errors.ts";
import { answerParent } from "../own-process.ts";
import type {
  ChildAnswers,
  ChildRequest,
  NumberedAnswer,
  NumberedRequest,
} from "./child-messages.ts";
import type { Program } from "./engine.ts";
import { nativeEngine } from "./native.ts";

const programs = new Map<number, Program>();

// Ctrl-C is for whoever started this process, and with it ends the line
process.on("SIGINT", () => {});

process.on("message", async ({ id, request }: NumberedRequest) => {
  let answer: NumberedAnswer;
  try {
    answer = { id, answer: await answerTo(request) };
  } catch (error) {
    answer = { id, error: carryError(error) };
  }
  answerParent(answer);
});

async function answerTo(request: ChildRequest): Promise<ChildAnswers[ChildRequest["type"]]> {
  const engine = nativeEngine();
  if (request.type === "version") return engine.version;
  if (request.type === "load") {
    const program = await engine.load(request.bytes, request.options);
    programs.set(request.program, program);
    return program.outputs;
  }
  const program = programs.get(request.program)!;
  if (request.type === "run") return program.run(request.feeds);
  programs.delete(request.program);
  await program.dispose();
  return null;
}
