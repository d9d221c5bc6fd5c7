// Data for the check of the server: a table with ids, numbers, categories and gaps, small images, waves.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/** A stream of numbers in [0, 1) by Mulberry32. */
function uniforms(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** An array as NumPy stores it, of float32. */
function npy(values, shape) {
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const padded = head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11);
  const prefix = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, 0, 0]);
  prefix.writeUInt16LE(padded.length + 1, 8);
  return Buffer.concat([
    prefix,
    Buffer.from(`${padded}\n`),
    Buffer.from(Float32Array.from(values).buffer),
  ]);
}

/** Writes table.csv, rows.csv, images.npy, image-0.png, image-1.png and waves.npy. */
export async function writeData(folder) {
  const next = uniforms(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const line = (i, far) => {
    const u = normal();
    const odd = i % 50 === 13;
    const gap = i % 17 === 5;
    return [
      `alpha${i}`,
      (10 + u).toFixed(4),
      (odd ? far : 5 - 2 * u).toFixed(4),
      gap ? "" : (u + normal() / 5).toFixed(4),
      u > 0 ? "category_a" : "category_b",
      ["north", "south", "east"][i % 3],
    ].join(",");
  };
  const header = "id,u,v,w,kind,region";
  const lines = (count, far) =>
    `${[header, ...Array.from({ length: count }, (_, i) => line(i, far))].join("\n")}\n`;
  writeFileSync(join(folder, "table.csv"), lines(1500, 40));
  // farther off than what training flagged, so that some are anomalies
  writeFileSync(join(folder, "rows.csv"), lines(200, 80));
  const pixels = Array.from({ length: 40 * 64 }, () => Math.floor(256 * next()));
  writeFileSync(join(folder, "images.npy"), npy(pixels, [40, 8, 8, 1]));
  for (const i of [0, 1])
    await sharp(Uint8Array.from(pixels.slice(64 * i, 64 * (i + 1))), {
      raw: { width: 8, height: 8, channels: 1 },
    })
      .png()
      .toFile(join(folder, `image-${i}.png`));
  const waves = Array.from({ length: 60 * 12 * 2 }, (_, k) => Math.sin(k / 5) + normal() / 10);
  writeFileSync(join(folder, "waves.npy"), npy(waves, [60, 12, 2]));
}
