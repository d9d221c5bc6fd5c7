import { readFile } from "node:fs/promises";
import { type AddressInfo, isIP } from "node:net";
import { EspejoError } from "../../errors.ts";
import { readTokens, type Token, tokenOf } from "../../http/tokens.ts";
import type { ServerOptions } from "../../server/options.ts";
import type { CommandRow } from "../command.ts";
import type { OptionRow, Options } from "../options.ts";
import { names, seconds, size, whole } from "../parsers.ts";
import { serveUntilStopped } from "../serving.ts";

const listening: readonly OptionRow[] = [
  { flags: "--host <address>", about: "option.host" },
  { flags: "--port <n>", about: "option.port", parse: whole(0) },
  { flags: "--cert <file>", about: "option.cert" },
  { flags: "--key <file>", about: "option.key" },
];

const access: readonly OptionRow[] = [
  { flags: "--token-file <file>", about: "option.tokenFile" },
  { flags: "--insecure", about: "option.insecure" },
  { flags: "--origin <origins>", about: "option.origin", parse: names },
  { flags: "--rate-limit <n>", about: "option.rateLimit", parse: whole(1) },
];

const limits: readonly OptionRow[] = [
  { flags: "--body-limit <size>", about: "option.bodyLimit", parse: size },
  { flags: "--max-rows <n>", about: "option.maxRows", parse: whole(1) },
  { flags: "--timeout <time>", about: "option.timeout", parse: seconds },
  { flags: "--queue <n>", about: "option.queue", parse: whole(1) },
];

const scoring: readonly OptionRow[] = [
  { flags: "--default <name>", about: "option.defaultModel" },
  { flags: "--strict-columns", about: "option.strictColumns" },
  { flags: "--workers <n>", about: "option.workers", parse: whole(1) },
  { flags: "--max-batch-rows <n>", about: "option.maxBatchRows", parse: whole(1) },
  { flags: "--batch-window-ms <n>", about: "option.batchWindow", parse: whole(0) },
  { flags: "--drift-window <time>", about: "option.driftWindow", parse: seconds },
];

const operating: readonly OptionRow[] = [
  { flags: "--watch", about: "option.watch" },
  {
    flags: "--drain <time>",
    about: "option.drain",
    parse: (text, option) => (/^0s?$/.test(text) ? 0 : seconds(text, option)),
  },
];

export const serveCommand: CommandRow = {
  name: "serve",
  argument: { name: "models", about: "argument.models", several: true },
  about: "serve.about",
  examples: [
    "model.onnx",
    "fraud.onnx wines=models/wine.onnx --default fraud",
    "models/ --watch",
    "models/ --host 0.0.0.0 --token-file tokens.txt",
  ],
  remark: "help.serve",
  options: [...listening, ...access, ...limits, ...scoring, ...operating],
  async run(first, options, context, more) {
    const words = [first, ...more];
    const { host = "127.0.0.1", port = 8080 } = options as { host?: string; port?: number };
    const loopback = isLoopback(host);
    const tokens = await tokensOf(options);
    if (!loopback && tokens.length === 0 && options.insecure !== true)
      throw new EspejoError("serve_open", { host });
    const https = await certificateOf(options);
    // loaded when they are wanted: the help of all commands is not to wait for them
    const { buildServer } = await import("../../server/build-server.ts");
    const { loggerTo } = await import("../../http/logs.ts");
    const { watchModels } = await import("../watched-models.ts");
    const server = await buildServer(words, {
      ...serverOptionsOf(options),
      ...{ tokens, loopback: loopback && tokens.length === 0 },
      ...(https && { https }),
      logger: loggerTo(context.stdout, context.json ? { eyes: false } : {}),
    });
    try {
      await server.app.listen({ host, port });
    } catch (error) {
      await server.app.close();
      const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      throw new EspejoError("serve_listen", { host, port, reason });
    }
    const chosen = (server.app.addresses()[0] as AddressInfo).port;
    const url = `${https ? "https" : "http"}://${isIP(host) === 6 ? `[${host}]` : host}:${chosen}`;
    context.say(context.text("serve.listening", { url, models: server.names.join(", ") }));
    const end = options.watch === true ? await watchModels(server, words) : () => {};
    try {
      return await serveUntilStopped(server, 1000 * ((options.drain as number) ?? 5), context);
    } finally {
      end();
    }
  },
};

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\./.test(host);

/** The tokens of the environment, which may do all, and of a file. */
async function tokensOf({ tokenFile }: Options): Promise<readonly Token[]> {
  const own = process.env.ESPEJO_TOKEN;
  const path = tokenFile as string | undefined;
  return [
    ...(own ? [tokenOf(own, "admin")] : []),
    ...(path === undefined ? [] : readTokens(await textOf(path), path)),
  ];
}

async function certificateOf({ cert, key }: Options) {
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined)
    throw new EspejoError("argument_missing", {
      command: "serve",
      argument: cert === undefined ? "--cert" : "--key",
      usage: "espejo serve model.onnx --cert cert.pem --key key.pem",
    });
  return { cert: await textOf(cert as string), key: await textOf(key as string) };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new EspejoError("file_missing", { path });
    throw new EspejoError("file_unreadable", { path, reason: message });
  }
}

/** The options of the server itself, as far as they are said. */
function serverOptionsOf(options: Options): ServerOptions {
  const { timeout, driftWindow, batchWindowMs, default: defaultModel, origin, ...rest } = options;
  const { bodyLimit, ...others } = rest as { bodyLimit?: string };
  const named = {
    ...{ defaultModel, batchWindowMs, origins: origin },
    bodyLimit: bodyLimit && bytesOfSize(bodyLimit),
    timeoutMs: milliseconds(timeout),
    driftWindowMs: milliseconds(driftWindow),
  };
  const same = [
    ...["strictColumns", "maxRows", "queue"],
    ...["workers", "maxBatchRows", "rateLimit"],
  ].map((name) => [name, (others as Options)[name]]);
  const all = { ...named, ...Object.fromEntries(same) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const milliseconds = (seconds: unknown): number | undefined =>
  seconds === undefined ? undefined : 1000 * (seconds as number);

/** Bytes of a size such as 16MB or 16MiB. */
function bytesOfSize(text: string): number {
  const [, number, unit = "", binary] = /^([\d.]+)\s*([KMGT])(i?)B$/i.exec(text)!;
  const power = "KMGT".indexOf(unit.toUpperCase()) + 1;
  return Math.round(Number(number) * (binary ? 1024 : 1000) ** power);
}
