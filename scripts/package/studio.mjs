// The studio out of a package: its page, its samples and its trainings are there.
import { join } from "node:path";
import { startStudio } from "../../studio/check/studio.mjs";

export async function checkStudio(folder, main, check) {
  const studio = await startStudio(join(folder, "proyecto ñ"), main);
  try {
    const { origin, hash } = new URL(studio.url);
    const page = await (await fetch(origin)).text();
    const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? "";
    const { status } = await fetch(new URL(script, origin));
    check("the page of the studio is in the package", script !== "" && status === 200, script);

    const json = { "content-type": "application/json" };
    const token = hash.replace("#token=", "");
    const begun = await fetch(`${origin}/api/session`, {
      ...{ method: "POST", headers: json, body: JSON.stringify({ token }) },
    });
    const cookie = begun.headers.get("set-cookie")?.split(";")[0] ?? "";
    const ask = async (method, path, body) => {
      const headers = { cookie, ...json };
      const sent = body && { body: JSON.stringify(body) };
      return (await fetch(`${origin}/api${path}`, { method, headers, ...sent })).json();
    };
    const { samples } = await ask("GET", "/state");
    for (const { id, rows } of samples) {
      const source = await ask("POST", "/sources", { sample: id });
      let look = await ask("GET", `/sources/${source.id}/look`);
      for (let tries = 0; look.partial && tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        look = await ask("GET", `/sources/${source.id}/look`);
      }
      check(`the sample "${id}" is in the package`, look.rows === rows, JSON.stringify(look.rows));
    }
    const [{ id }] = await ask("GET", "/sources");
    let run = await ask("POST", `/sources/${id}/detect`, { options: { epochs: 2 } });
    for (let tries = 0; run.state === "running" && tries < 600; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      run = await ask("GET", `/runs/${run.id}`);
    }
    check(
      "it finds anomalies",
      run.state === "done" && run.result.rows > 0,
      run.error ?? run.state,
    );
  } finally {
    await studio.stop();
  }
}
