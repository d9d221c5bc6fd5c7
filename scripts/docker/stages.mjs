// The stages of a Dockerfile, each in a bare folder in place of its root: what it copies, runs and says of what is started.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { contextOf, instructionsOf, wordsOf } from "./dockerfile.mjs";

/** What a container is told besides: no file of the image follows from it. */
const only = { STOPSIGNAL: "signal", USER: "user" };

/**
 * Builds the stages below a folder; gives the last one, and tells of what could not be done as Docker does it. Throws where an
 * instruction fails, or is not known here.
 */
export function buildStages({ file, context, folder, tell }) {
  const seen = contextOf(`${file}.dockerignore`);
  const stages = [];
  for (const { word, body, flags } of instructionsOf(file)) {
    const stage = stages.at(-1);
    if (word === "FROM") stages.push(begin(body, join(folder, `stage-${stages.length}`), tell));
    else if (word === "WORKDIR") {
      stage.workdir = resolve(stage.workdir, body);
      mkdirSync(join(stage.root, stage.workdir), { recursive: true });
    } else if (word === "ENV") {
      const [, name, value] = /^(\w+)=(\S*)$/.exec(body) ?? [];
      if (!name) throw new Error(`ENV ${body}: only NAME=value is understood here`);
      stage.env[name] = value;
    } else if (word === "COPY") copy(stage, body, flags, { stages, context, seen });
    else if (word === "RUN") run(stage, body);
    else if (word === "ENTRYPOINT" || word === "CMD") stage[word.toLowerCase()] = wordsOf(body);
    else if (word === "HEALTHCHECK") {
      stage.health = wordsOf(body.replace(/^CMD\s+/, ""));
      tell(`HEALTHCHECK: its command is asked here, not every ${flags.interval}`);
    } else if (word === "EXPOSE") {
      stage.port = Number(body);
      tell(`EXPOSE ${body}: a free port stands for it`);
    } else if (word in only) stage[only[word]] = body;
    else throw new Error(`${word} is not known here`);
  }
  return stages.at(-1);
}

function begin(body, root, tell) {
  const [image, as, name] = body.split(/\s+/);
  const wanted = /^node:(\d+)-/.exec(image)?.[1];
  if (!wanted || (as && as.toUpperCase() !== "AS"))
    throw new Error(`FROM ${body} is not known here`);
  tell(
    `FROM ${image}: no image, but Node ${process.versions.node} of this machine in ${basename(root)}`,
  );
  mkdirSync(root, { recursive: true });
  return { name, root, workdir: "/", env: {}, user: "root", entrypoint: [], cmd: [] };
}

function copy(stage, body, { from }, { stages, context, seen }) {
  const words = body.split(/\s+/);
  const to = words.pop();
  const source = from === undefined ? null : stages.find(({ name }) => name === from);
  if (source === undefined) throw new Error(`COPY --from=${from}: there is no such stage`);
  const target = join(stage.root, resolve(stage.workdir, to));
  for (const word of words) {
    const path = source ? join(source.root, word) : join(context, word);
    if (!source && !seen(word))
      throw new Error(`COPY ${word}: Dockerfile.dockerignore leaves it out`);
    if (!existsSync(path)) throw new Error(`COPY ${word}: it is not there`);
    const into =
      statSync(path).isDirectory() || !/\/$/.test(to) ? target : join(target, basename(word));
    cpSync(path, into, { recursive: true, verbatimSymlinks: true });
  }
}

/** Runs a line in a shell. The home is bare; where npm keeps what it has fetched, and from where, is that of the machine. */
function run(stage, body) {
  if (/(^|[\s=])\/\w/.test(body)) throw new Error(`RUN ${body}: paths from / cannot be had here`);
  const npm = (name) =>
    spawnSync("npm", ["config", "get", name], { encoding: "utf8" }).stdout.trim();
  const home = join(stage.root, "root");
  mkdirSync(home, { recursive: true });
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", body], {
    cwd: join(stage.root, stage.workdir),
    env: {
      ...{ PATH: process.env.PATH, HOME: home },
      ...{ npm_config_cache: npm("cache"), npm_config_userconfig: npm("userconfig") },
      ...stage.env,
    },
    encoding: "utf8",
  });
  if (status !== 0)
    throw new Error(`RUN ${body} ended with ${status}: ${stdout}${stderr}`.slice(-3000));
}
