// What the checks of pages share: Chromium, and a server of a folder on this machine.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { installFromDebian } from "./debian.mjs";

const find = () =>
  [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .filter(Boolean)
    .find((path) => existsSync(path));

/** How Chromium is started, for playwright; null where it is not installed and cannot be, which is said. */
export function chromiumOptions() {
  if (!find()) installFromDebian("chromium");
  const executablePath = find();
  if (executablePath)
    return {
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
    };
  console.log("skipped: Chromium is not installed (apt-get install chromium, or CHROMIUM=path)");
  return null;
}

const types = {
  ...{ ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript" },
  ...{ ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png" },
  ...{ ".json": "application/json", ".wasm": "application/wasm", ".woff2": "font/woff2" },
};

/** Serves a folder on this machine; below `/strict` with a policy that allows no workers. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const strict = pathname.startsWith("/strict/");
    const asked = strict ? pathname.slice("/strict".length) : pathname;
    const path = join(folder, normalize(decodeURIComponent(asked)).replace(/\/$/, "/index.html"));
    if (!path.startsWith(folder) || !existsSync(path) || statSync(path).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(path)] ?? "application/octet-stream",
      ...(strict && {
        "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'",
      }),
    });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
