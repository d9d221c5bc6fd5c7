// Starts `espejo studio` as a person does, and tells the address that it prints.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The command line of the clone. */
export const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A studio on a project: its address with the secret, and its end; files in the folders may be opened by their path. */
export async function startStudio(project, file = main, ...folders) {
  const child = spawn(
    process.execPath,
    [file, "studio", ...folders, "--project", project, "--port", "0", "--no-open"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  const url = await new Promise((resolve, reject) => {
    child.stderr.on("data", (text) => {
      said += text;
      const found = /http:\S+#token=\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.once("close", () => reject(new Error(`the studio ended: ${said}`)));
  });
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "close");
  };
  return { url, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}
