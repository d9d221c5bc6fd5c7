// Requests that nobody should send: good ones that were spoilt, nonsense, great bodies, tricks with heads and paths, slow and
// half-closed connections. Each is answered with a 4xx in the catalogue's words, or with 200 where it happens to be right;
// never with a 5xx but 503, and the memory of the server stays.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { askInOnePiece, askOddly, leaveEarly } from "./hostile/connections.mjs";
import { greatRequests } from "./hostile/great.mjs";
import { nonsense } from "./hostile/nonsense.mjs";
import { goodRequests } from "./hostile/requests.mjs";
import { startSlowly } from "./hostile/slow.mjs";
import { bytesOf, spoilt } from "./hostile/spoilt.mjs";

const memoryOf = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

/** Memory is looked at after so many rounds of great requests, and again after as many. */
const rounds = 3;

/**
 * Whether memory grew: what is garbage comes and goes with each round, by hundreds of MB where threads hold it, and what
 * leaks is in the least of them too.
 */
function grew(memory) {
  const [first, last] = [memory.slice(0, rounds), memory.slice(rounds)];
  return Math.min(...last) > 1.15 * Math.min(...first) + 50;
}

/** Throws where an error is told without the words of the catalogue, or with more than those. */
function words(told, what) {
  const { code, message, error, request_id: id } = JSON.parse(told);
  if (!code || !message || error !== message || !id || code === "server_fault")
    throw new Error(`no words for ${what}: ${told}`);
  if (/\/(tmp|home|root|work|usr)\/|\bat .*\.js:\d|undefined|\[object/.test(told))
    throw new Error(`it tells too much, or nothing: ${told}`);
}

/** Sends all of it to a server; throws at the first answer that should not be. */
export async function attack(url, pid, folder, { cases, seed, full }) {
  const statuses = new Map();
  const codes = new Set();
  const send = async ({ url: place, body, type, headLength, encoding }) => {
    const headers = {
      ...(type !== "" && { "content-type": type }),
      ...(headLength !== null && { "inference-header-content-length": headLength }),
      ...(encoding !== null && { "content-encoding": encoding }),
    };
    const answer = await fetch(`${url}${place}`, { method: "POST", headers, body });
    return { status: answer.status, told: await answer.text() };
  };
  const judge = ({ status, told }, what) => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 500 && status !== 503) throw new Error(`${status} for ${what}: ${told}`);
    // a request that comes at once is never late
    if (status === 408) throw new Error(`408 for ${what}`);
    if (status < 400) return;
    words(told, what);
    codes.add(JSON.parse(told).code);
  };
  const goods = goodRequests(folder);
  for (const good of goods) {
    const { status, told } = await send({ ...good, body: bytesOf(good.body), encoding: null });
    if (status !== 200) throw new Error(`a good request to ${good.url} is refused: ${told}`);
  }
  const one = fc.oneof({ weight: 2, arbitrary: spoilt(goods) }, { weight: 1, arbitrary: nonsense });
  const run = (count, from) =>
    fc.assert(
      fc.asyncProperty(one, async (request) => {
        const what = `${request.url} ${request.type} ${String(request.body).slice(0, 200)}`;
        judge(await send(request), what);
      }),
      { numRuns: count, seed: from, endOnFailure: true },
    );
  const great = await greatRequests();
  let slowest = 0;
  const sendGreat = async () => {
    let done = false;
    const pulse = (async () => {
      const small = { ...goods[0], body: bytesOf(goods[0].body), encoding: null };
      while (!done) {
        const began = performance.now();
        judge(await send(small), "a small request beside great ones");
        slowest = Math.max(slowest, performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    for (const request of great) {
      const answer = await send(request);
      judge(answer, request.name);
      if (!request.right.includes(answer.status))
        throw new Error(`${request.name}: ${answer.status} ${answer.told.slice(0, 300)}`);
    }
    done = true;
    await pulse;
  };
  // what grows once, such as compiled code and pools, has grown after these
  await run(Math.min(200, cases), seed);
  await sendGreat();
  const before = memoryOf(pid);
  const left = await leaveEarly(url);
  const slow = startSlowly(url, { full });
  let told;
  try {
    await run(cases, seed + 1);
    await sendGreat();
    told = [
      `${await askOddly(url, words)} odd heads and paths`,
      `${await askInOnePiece(url)} requests in one piece`,
      `${left} left early`,
      await slow.end(),
    ];
  } finally {
    slow.leave();
  }
  const memory = [before, memoryOf(pid)];
  while (memory.length < 2 * rounds) {
    await sendGreat();
    memory.push(memoryOf(pid));
  }
  const { status } = await send({ ...goods[0], body: bytesOf(goods[0].body), encoding: null });
  if (status !== 200) throw new Error(`afterwards it answers with ${status}`);
  const megabytes = memory.map((each) => each.toFixed(0)).join(", ");
  if (grew(memory)) throw new Error(`memory grows: ${megabytes} MB`);
  const counts = [...statuses].sort((a, b) => a[0] - b[0]).map(([code, n]) => `${n} x ${code}`);
  return [
    `${counts.join(", ")} with ${codes.size} codes`,
    `a small request beside great ones took ${slowest.toFixed(0)} ms at most`,
    ...[...told, `memory ${megabytes} MB`],
  ].join("; ");
}
