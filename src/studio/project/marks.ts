import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { reasonOf } from "../../files.ts";
import { checked, z } from "../../schema.ts";
import type { Mark } from "../api/runs.ts";

const line = z.looseObject({
  run: z.string(),
  row: z.int(),
  mark: z.nullable(z.enum(["confirmed", "false_alarm"])),
});

/** What a person said of rows: `reviews.jsonl`, a line for each time, of which the last of a row counts. */
export class Marks {
  readonly #path: string;
  readonly #runs: Map<string, Map<number, Mark>>;

  private constructor(path: string, runs: Map<string, Map<number, Mark>>) {
    this.#path = path;
    this.#runs = runs;
  }

  /** Reads the marks of a project; a line that was cut by a full disk is no mark. */
  static async open(folder: string): Promise<Marks> {
    const path = join(folder, "reviews.jsonl");
    const text = await readFile(path, "utf8").catch(() => "");
    const marks = new Marks(path, new Map());
    for (const each of text.split("\n")) {
      const mark = markOf(each);
      if (mark) marks.#keep(mark.run, mark.row, mark.mark);
    }
    return marks;
  }

  /** The marks of a run by the numbers of its rows, from 0. */
  of(run: string): ReadonlyMap<number, Mark> {
    return this.#runs.get(run) ?? new Map();
  }

  /** Marks a row of a run, or takes its mark away. Throws `write_failed`. */
  set(run: string, row: number, mark: Mark | null): Promise<void> {
    return this.setAll(run, [row], mark);
  }

  /** The same of many rows, in one piece. Throws `write_failed`. */
  async setAll(run: string, rows: readonly number[], mark: Mark | null): Promise<void> {
    const at = `${new Date().toISOString().slice(0, 19)}Z`;
    const lines = rows.map((row) => `${JSON.stringify({ run, row, mark, at })}\n`);
    try {
      await appendFile(this.#path, lines.join(""));
    } catch (error) {
      const reason = reasonOf(error as Error);
      throw new EspejoError("write_failed", { path: this.#path, reason }, { cause: error });
    }
    for (const row of rows) this.#keep(run, row, mark);
  }

  #keep(run: string, row: number, mark: Mark | null): void {
    const rows = this.#runs.get(run) ?? new Map<number, Mark>();
    if (mark === null) rows.delete(row);
    else rows.set(row, mark);
    this.#runs.set(run, rows);
  }
}

function markOf(text: string) {
  try {
    const result = checked(line, JSON.parse(text));
    return "value" in result ? result.value : null;
  } catch {
    return null;
  }
}
