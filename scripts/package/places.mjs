// Where strangers run it: without a home, in a folder that cannot be written.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";

export function checkPlaces(folder, main, check) {
  const run = (words, options = {}) => {
    const command = options.asNobody
      ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
      : [];
    const [first, ...rest] = [...command, process.execPath, main, ...words];
    const { status, stdout, stderr } = spawnSync(first, rest, {
      cwd: folder,
      encoding: "utf8",
      ...options,
    });
    return { status, text: `${stdout}${stderr}` };
  };
  const { HOME: _, ...homeless } = process.env;
  const trained = run(["train", "table.csv", "--epochs", "2", "-o", "homeless.onnx"], {
    env: homeless,
  });
  check(
    "trains without HOME, in a folder with spaces and accents",
    trained.status === 0,
    trained.status === 0 ? "" : trained.text,
  );

  const closed = join(folder, "closed");
  const open = join(folder, "open");
  for (const each of [closed, open]) mkdirSync(each);
  copyFileSync(join(folder, "table.csv"), join(closed, "table.csv"));
  chmodSync(closed, 0o555);
  chmodSync(open, 0o777);
  // root may write everywhere
  const asNobody = process.getuid?.() === 0;
  const target = join(open, "m.onnx");
  const { status, text } = run(["train", "table.csv", "--epochs", "2", "-o", target], {
    cwd: closed,
    asNobody,
  });
  const right = status === 0 && statSync(target).size > 1000 && text.includes("--run");
  check(
    "in a working folder that cannot be written a training goes on, and names --run",
    right,
    right ? "" : text,
  );
}
