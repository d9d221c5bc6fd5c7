// Clients that take their time.
import { setTimeout as wait } from "node:timers/promises";
import { answersIn, connection, json, lengthOf, own, post, row, until } from "./sockets.mjs";

/** Clients that send nothing, or now and then a byte of a head or of a body, or do not take their answer. */
export function startSlowly(url, { full }) {
  const began = Date.now();
  const drip = (first, every) => {
    const heard = connection(url);
    heard.socket.write(first);
    const clock = setInterval(() => heard.socket.write(every), 300);
    heard.socket.on("close", () => clearInterval(clock));
    return heard;
  };
  const heads = Array.from({ length: 60 }, (_, i) =>
    i % 2 ? connection(url) : drip("POST /score HTTP/1.1\r\nHost: loc", "x"),
  );
  const bodies = Array.from({ length: full ? 40 : 0 }, () =>
    drip(`POST /score HTTP/1.1\r\n${own}${json}Content-Length: 100000\r\n\r\n`, " "),
  );
  const rows = `[${Array(10_000).fill(row).join()}]`;
  const asked = 8;
  const takers = Array.from({ length: full ? 3 : 0 }, () => {
    const heard = connection(url);
    heard.socket.pause();
    // the first answers lie in buffers of the system
    heard.socket.write(post(lengthOf(rows), rows, "/score/table?reasons=all").repeat(asked));
    return heard;
  });
  const all = [...heads, ...bodies, ...takers];
  return {
    leave() {
      for (const { socket } of all) socket.destroy();
    },
    /** Waits until all are cut off, and says after how many seconds at most. */
    async end() {
      const slowest = async (each, seconds, what) => {
        await until(
          () => each.every(({ endedAfter }) => endedAfter !== null),
          seconds * 1000 + 5000,
        );
        for (const { endedAfter, text } of each) {
          if (endedAfter === null || endedAfter > seconds * 1000 + 5000)
            throw new Error(`${what} that comes slowly is not cut off`);
          const [answer] = answersIn(text);
          if (answer?.status !== 408 || JSON.parse(answer.body).code !== "request_late")
            throw new Error(`${what} that comes slowly hears ${text}`);
        }
        return (Math.max(0, ...each.map(({ endedAfter }) => endedAfter)) / 1000).toFixed(1);
      };
      const told = [`slow heads cut off after ${await slowest(heads, 10, "a head")} s`];
      if (!full) return told.join();
      told.push(`slow bodies after ${await slowest(bodies, 30, "a body")} s`);
      // answers that nobody took are not all there when they are taken at last
      await wait(Math.max(0, 90_000 - (Date.now() - began)));
      for (const { socket } of takers) socket.resume();
      await until(() => takers.every(({ endedAfter }) => endedAfter !== null), 10_000);
      for (const { text, endedAfter } of takers)
        if (endedAfter === null || text === "" || answersIn(text).length >= asked)
          throw new Error("a client that does not take its answer is waited for");
      return [...told, "answers that nobody takes given up"].join(", ");
    },
  };
}
