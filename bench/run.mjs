/**
 * `npm run bench`: ours beside every peer, in one run on one machine.
 *
 *   --quick            training steps against PyTorch and Keras, medians of 3: under five minutes
 *   --smoke            ours alone, a small net of each kind, one round: does it run at all
 *   --peers a,b        ours and those named in contenders.mjs
 *   --threads N        for everyone; by default as many as there are processors
 *   --nets 1,4         only those of nets.mjs: numbers from 1, names or kinds (--nets lstm)
 *   --rounds N         medians of how many
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { chosenContenders } from "./contenders.mjs";
import { measureFiles } from "./files.mjs";
import { chosenNets, nets, smallNets } from "./nets.mjs";
import { setUpPeers } from "./peers/setup.mjs";
import { machine, ownVersion, save } from "./report.mjs";
import { measureScoring } from "./scoring.mjs";
import { measureStartup } from "./startup.mjs";
import { measureTraining } from "./training.mjs";
import { startContender } from "./warm.mjs";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    peers: { type: "string" },
    threads: { type: "string" },
    nets: { type: "string" },
    rounds: { type: "string" },
  },
});
const { quick, smoke } = options;
const threads = Number(options.threads ?? availableParallelism());
const rounds = Number(options.rounds ?? (smoke ? 1 : quick ? 3 : 5));
const chosen = options.nets && chosenNets(options.nets.split(","));
const peers = options.peers?.split(",");

const { processor, processors, node } = machine();
console.log(`${processor}, ${processors} processors; node ${node}; ${threads} threads each`);

const contenders = chosenContenders({ quick, smoke, ...(peers && { peers }) });
setUpPeers({
  python: contenders.some(({ python }) => python),
  tfjs: contenders.some(({ tfjs }) => tfjs),
});
const running = [];
const versions = { espejo: ownVersion(), node };
for (const contender of contenders) {
  try {
    const warm = await startContender(contender, threads);
    if (!contender.ours) Object.assign(versions, warm.versions);
    running.push({ ...contender, ...warm });
  } catch (error) {
    console.error(`left out: ${error instanceof Error ? error.message : error}`);
  }
}

const common = { rounds, threads };
const results = await measureTraining(running, {
  ...common,
  seconds: quick ? 0.3 : 0.5,
  chosen: chosen || (smoke ? smallNets() : nets),
});
if (!quick) results.push(...(await measureScoring(running, common)));
for (const contender of running) contender.stop();
if (!quick) {
  results.push(...measureStartup(common));
  results.push(...measureFiles({ ...common, smoke }));
}
save(versions, results);
