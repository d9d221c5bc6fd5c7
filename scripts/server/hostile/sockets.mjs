// Bare connections, and what is written by hand on them.
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export const row = '{"u":1,"v":2,"w":3,"kind":"category_a","region":"north"}';
export const own = "Host: localhost\r\n";
export const json = "Content-Type: application/json\r\n";
export const lengthOf = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n`;
export const get = (path, headers = own) => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
export const post = (headers, body = row, url = "/score", host = own) =>
  `POST ${url} HTTP/1.1\r\n${host}${json}${headers}\r\n${body}`;

/** A connection that keeps what it hears, and when it ended. */
export function connection(url) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const heard = { text: "", endedAfter: null, socket };
  const began = Date.now();
  socket.setEncoding("latin1");
  socket.on("data", (part) => {
    heard.text += part;
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    heard.endedAfter = Date.now() - began;
  });
  return heard;
}

/** Waits until something holds, for at most so long; says whether it does. */
export async function until(holds, ms) {
  const ends = Date.now() + ms;
  while (!holds() && Date.now() < ends) await wait(20);
  return holds();
}

/** The answers in what a connection heard, in their order. */
export function answersIn(text) {
  const answers = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\r\n\r\n", at);
    if (end < 0) break;
    const [first, ...lines] = text.slice(at, end).split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(":")[0].toLowerCase(), line.replace(/^[^:]*: */, "")]),
    );
    const length = Number(headers["content-length"] ?? 0);
    const body = text.slice(end + 4, end + 4 + length);
    if (body.length < length) break;
    answers.push({ status: Number(first.split(" ")[1]), headers, body });
    at = end + 4 + length;
  }
  return answers;
}
