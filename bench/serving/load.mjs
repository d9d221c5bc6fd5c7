/** Loads an address by autocannon, and prints what it found as JSON: node load.mjs URL FILE OPTIONS */
import { readFileSync } from "node:fs";
import autocannon from "autocannon";

const [url = "", file = "", options = "{}"] = process.argv.slice(2);
// as bytes: tensors are no text
const body = readFileSync(file);
const found = await autocannon({ url, method: "POST", body, timeout: 60, ...JSON.parse(options) });
console.log(JSON.stringify(found));
