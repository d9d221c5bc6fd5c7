// What is lost is done again, to the same bytes: an executor in the middle of a round, the driver between two.
import { setTimeout as wait } from "node:timers/promises";
import { descendants } from "./processes.mjs";
import { must } from "./stage.mjs";
import { baseModel, clusterWords, sameBytes } from "./training.mjs";

/** An executor is killed while a round goes on. */
export async function killExecutor({ stage, check }) {
  await check("an executor killed in the middle of a round: the same bytes", async () => {
    await baseModel(stage);
    const model = stage.file("killed-executor.onnx");
    let killed = null;
    let rounds = 0;
    const work = stage.does([...clusterWords(stage), "-o", model, "--run", stage.file("run-ke")], {
      hear({ event }) {
        if (event !== "epoch") return;
        rounds++;
        if (rounds !== 2) return;
        // the next round has begun when this one is told
        const [executor] = stage.cluster.executors();
        process.kill(executor.pid, "SIGKILL");
        killed = { ...executor, rounds };
      },
    });
    await work;
    must(killed !== null, "no executor was killed");
    must(rounds > killed.rounds, "there was no round after it");
    await sameBytes(stage, { model });
    return `executor ${killed.pid} after round ${killed.rounds} of ${rounds}`;
  });
}

/** The driver is killed between rounds, Node or Python; then the run goes on. */
export async function resume({ stage, check }) {
  for (const [name, victim] of [
    ["Node", (child) => child.pid],
    ["Python", (child) => bridgeOf(child.pid)],
  ])
    await check(
      `the driver's ${name} killed between rounds: --resume gives the same bytes`,
      () => killedAndResumed(stage, name, victim),
      { full: true },
    );
}

async function killedAndResumed(stage, name, victim) {
  await baseModel(stage);
  const run = stage.file(`run-${name}`);
  const model = stage.file(`killed-${name}.onnx`);
  let rounds = 0;
  let others = [];
  const { status, signal, error, said } = await stage.command(
    [...clusterWords(stage), "-o", model, "--run", run],
    {
      hear({ event }, child) {
        if (event !== "epoch") return;
        rounds++;
        if (rounds !== 3) return;
        others = descendants(child.pid).map(({ pid }) => pid);
        process.kill(victim(child), "SIGKILL");
      },
    },
  );
  must(rounds >= 3 && (signal ?? status) !== 0, `it ended with ${signal ?? status}`);
  if (name === "Python") {
    must(error?.code === "cluster_ended", `it told ${error?.code ?? said}`);
    must(!/Traceback|\tat /.test(said), `it told ${said}`);
  }
  must(await ended(others), "processes that it had started are left");
  const again = await stage.does(["cluster", "train", "--resume", run, ...stage.place]);
  const numbers = again.events.filter(({ event }) => event === "epoch").map(({ epoch }) => epoch);
  must(numbers[0] > 1, `it began at round ${numbers[0]}`);
  await sameBytes(stage, { model });
  return `from round ${numbers[0]} on`;
}

/** The Python that talks to Spark for a command. */
function bridgeOf(pid) {
  const found = descendants(pid).find(({ command }) => command.includes("espejo_spark.bridge"));
  must(found, "the command has no Python");
  return found.pid;
}

/** Whether processes end within some seconds. */
async function ended(pids) {
  for (let tries = 0; tries < 100; tries++) {
    if (!pids.some(runs)) return true;
    await wait(200);
  }
  return false;
}

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
