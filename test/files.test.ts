import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const files = new URL("../dist/files.js", import.meta.url).href;

test.each([
  [
    "a file that is half written",
    "writeWhole(place + '/x.csv', async (file) => { await file.write('a'); end(); })",
  ],
  ["a temporary folder", "temporaryFolder(place + '/espejo-'); end();"],
])("%s does not outlive a process that ends", (_, work) => {
  const place = mkdtempSync(join(tmpdir(), "espejo-files-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const program = `import { temporaryFolder, writeWhole } from "${files}";
    import { readdirSync } from "node:fs";
    const place = ${JSON.stringify(place)};
    // 3: there was something to remove
    const end = () => process.exit(readdirSync(place).length === 1 ? 3 : 1);
    ${work}`;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", program]);
  expect(status).toBe(3);
  expect(readdirSync(place)).toEqual([]);
});
