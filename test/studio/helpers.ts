import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { commandWords } from "../../src/cli/studio-words.ts";
import { buildStudio } from "../../src/studio/build-studio.ts";
import type { StudioOptions } from "../../src/studio/options.ts";

export const token = "a-token-of-a-window";

/** A new folder that is gone with its test. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), "espejo-studio-"));

/** The command line that was built. */
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A studio on a project, and a window of it that has its cookie. */
export async function openStudio(
  project: string,
  options: Partial<StudioOptions> = {},
): Promise<{
  readonly app: Awaited<ReturnType<typeof buildStudio>>["app"];
  ask(method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: unknown): Promise<Answer>;
}> {
  const { app } = await buildStudio({
    ...{ project, folders: [], main, token, words: commandWords },
    ...options,
  });
  onTestFinished(() => app.close());
  const begun = await app.inject({ method: "POST", url: "/api/session", payload: { token } });
  const cookies = Object.fromEntries(begun.cookies.map(({ name, value }) => [name, value]));
  return {
    app,
    async ask(method, url, body) {
      const answer = await app.inject({
        ...{ method, url, cookies },
        ...(Buffer.isBuffer(body)
          ? { payload: body }
          : body !== undefined && { payload: body as object }),
      });
      const isJson = String(answer.headers["content-type"]).includes("json");
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: isJson ? answer.json() : answer.body,
        bytes: answer.rawPayload,
      };
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks at is what it checks
  readonly body: any;
  readonly bytes: Uint8Array;
}

/** A table of shops in Spanish figures, in which a few rows are odd and one cell is no number. */
export function shopsFile(folder: string, name = "tiendas.csv", rows = 300): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const odd = i % 25 === 24;
    const sales = 100 + ((i * 37) % 90);
    const visits = 2 * sales + ((i * 13) % 11);
    const shop = ["Norte", "Sur", "Este"][i % 3];
    const spent = i === 7 ? "n.d.?" : `${odd ? 9000 : sales},5`;
    return `${i + 1};${shop};${spent};${odd ? 3 : visits};${odd ? "sí" : "no"}`;
  });
  const path = join(folder, name);
  writeFileSync(path, `pedido;tienda;ventas;visitas;fraude\n${lines.join("\n")}\n`);
  return path;
}
