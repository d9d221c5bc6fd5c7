// What is wrong with a connection rather than with a body: heads that contradict themselves, requests in one piece, closed by
// half, given up.
import { setTimeout as wait } from "node:timers/promises";
import { heads, paths } from "./heads.mjs";
import { answersIn, connection, get, lengthOf, own, post, row, until } from "./sockets.mjs";

/** Sends bytes as they are, and gives the answers, once there are so many, or the connection ends. */
async function ask(url, text, { count = 1, half = false } = {}) {
  const heard = connection(url);
  if (half) heard.socket.end(text);
  else heard.socket.write(text);
  const done = () => heard.endedAfter !== null || answersIn(heard.text).length >= count;
  await until(done, 20_000);
  heard.socket.destroy();
  return answersIn(heard.text);
}

/** Each head and each path, judged one by one. */
export async function askOddly(url, words) {
  for (const [name, text, status, code] of heads) {
    const [answer] = await ask(url, text);
    if (answer?.status !== status)
      throw new Error(`${name}: ${answer?.status ?? "no answer"} ${answer?.body ?? ""}`);
    if (status === 200) continue;
    words(answer.body, name);
    if (JSON.parse(answer.body).code !== code) throw new Error(`${name}: ${answer.body}`);
  }
  for (const path of paths) {
    const [answer] = await ask(url, get(path, `${own}Connection: close\r\n`));
    const { status = 0, body = "", headers = {} } = answer ?? {};
    if (status >= 400 && status < 500) words(body, path);
    else if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
    if (/root:x|"name": "@fastify/.test(body))
      throw new Error(`${path} gives a file of the machine`);
    if ("x-evil" in headers) throw new Error(`${path} writes a header`);
  }
  return heads.length + paths.length;
}

/** Great, small, refused and empty requests in one piece: each is answered, in their order. */
export async function askInOnePiece(url) {
  const rows = `[${Array(2000).fill(row).join()}]`;
  const kinds = [
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf(rows)}`, rows), 200],
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf(row)}`), 200],
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf("{")}`, "{"), 400],
    (id) => [get("/ping", `${own}X-Request-Id: ${id}\r\n`), 200],
    (id) => [get("/nowhere", `${own}X-Request-Id: ${id}\r\n`), 404],
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf(row)}`, row, "/v1/models/no:predict"), 404],
  ];
  const wanted = Array.from({ length: 24 }, (_, i) => {
    const id = `piece-${i}`;
    const [text, status] = kinds[i % kinds.length](id);
    return { id, text, status };
  });
  const answers = await ask(url, wanted.map(({ text }) => text).join(""), { count: wanted.length });
  const found = answers.map(({ status, headers }) => `${headers["x-request-id"]} ${status}`);
  const right = wanted.map(({ id, status }) => `${id} ${status}`);
  if (found.join() !== right.join()) throw new Error(`in one piece: ${found} instead of ${right}`);
  return wanted.length;
}

/** Requests whose clients are gone, in whole or by half, leave nothing behind. */
export async function leaveEarly(url) {
  const rows = post(
    lengthOf(`[${Array(3000).fill(row).join()}]`),
    `[${Array(3000).fill(row).join()}]`,
  );
  const gone = Array.from({ length: 60 }, (_, i) => {
    const heard = connection(url);
    const text = i % 3 === 0 ? rows.slice(0, rows.length / 2) : rows;
    if (i % 3 === 1) heard.socket.end(text);
    else heard.socket.write(text, () => setTimeout(() => heard.socket.resetAndDestroy(), 5 * i));
    return heard;
  });
  for (let i = 0; i < 500; i++) connection(url).socket.destroy();
  await until(() => gone.every(({ endedAfter }) => endedAfter !== null), 20_000);
  for (const { text } of gone)
    for (const { status, body } of answersIn(text))
      if (status !== 200 && status !== 503) throw new Error(`half closed: ${status} ${body}`);
  // nobody is left inside
  let inside = Number.NaN;
  for (let tries = 0; inside !== 0 && tries < 100; tries++) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    inside = Number(/^espejo_inside_requests (\d+)/m.exec(metrics)?.[1]);
    await wait(100);
  }
  if (inside !== 0) throw new Error(`${inside} requests of clients that are gone are still inside`);
  return gone.length;
}
