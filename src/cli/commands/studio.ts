import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EspejoError } from "../../errors.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { whole } from "../parsers.ts";
import { stopSignals } from "../stop-signals.ts";
import { commandWords } from "../studio-words.ts";

/** Where it listens unless another one does: an address that a browser may remember. */
const usualPort = 7077;

export const studioCommand: CommandRow = {
  name: "studio",
  argument: { name: "folders", about: "argument.folders", optional: true, several: true },
  about: "studio.about",
  examples: ["", "--project quarter-3", "~/data --port 8000 --no-open"],
  remark: "help.studio",
  options: [
    { flags: "--project <folder>", about: "option.project" },
    { flags: "--port <n>", about: "option.studioPort", parse: whole(0) },
    { flags: "--no-open", about: "option.noOpen" },
  ],
  async run(first, options, context, more) {
    // its server is loaded when it is wanted: the help of all commands is not to wait for it
    const { buildStudio, hasPage } = await import("../../studio/build-studio.ts");
    if (!hasPage()) throw new EspejoError("studio_page", {});
    const named = [first, ...more].filter((folder) => folder !== "");
    const folders = named.length > 0 ? named : [process.cwd(), homedir()];
    const project = (options.project as string | undefined) ?? usualProject();
    const token = randomBytes(24).toString("base64url");
    const { app, folder } = await buildStudio({
      ...{ project, folders: folders.map((each) => resolve(each)), token, words: commandWords },
      main: fileURLToPath(new URL("../main.js", import.meta.url)),
    });
    const signals = stopSignals();
    try {
      await listen(app, options.port as number | undefined);
      const { port } = app.addresses()[0] as AddressInfo;
      const url = `http://127.0.0.1:${port}/#token=${token}`;
      context.say(context.text("studio.project", { folder }));
      context.say(context.text("studio.open", { url }));
      if (options.open !== false) await openPage(url);
      await signals.asked;
      context.say(context.text("studio.stopping"));
      return exitCodes.ok;
    } finally {
      signals.forget();
      await app.close();
    }
  },
};

/** A project beside what a person works at, called as the folder is. */
const usualProject = (): string =>
  join("espejo-projects", basename(process.cwd()).replace(/[^\p{L}\p{N}._-]+/gu, "-") || "studio");

type Listening = { listen(options: { host: string; port: number }): Promise<string> };

/** Listens at a port: at any other one where the usual one is taken. Throws `serve_listen` for one that was stated. */
async function listen(app: Listening, stated: number | undefined): Promise<void> {
  const host = "127.0.0.1";
  try {
    await app.listen({ host, port: stated ?? usualPort });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    if (stated !== undefined || reason !== "EADDRINUSE")
      throw new EspejoError("serve_listen", { host, port: stated ?? usualPort, reason });
    await app.listen({ host, port: 0 });
  }
}

/** Opens the page in the browser of the person; where there is none, the address was printed. */
async function openPage(url: string): Promise<void> {
  const { default: open } = await import("open");
  const child = await open(url).catch(() => null);
  child?.once("error", () => {});
}
