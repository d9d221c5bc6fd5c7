import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTable } from "../../../src/data/tables/open.ts";
import { fitPca } from "../../../src/metrics/pca.ts";
import { transform } from "../../../src/metrics/projection.ts";
import { preparedComponents } from "../../../src/tasks/reduce/prepared-components.ts";
import { firstColumns } from "../../../src/tasks/score/scores.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { espejo } from "../../cli/helpers.ts";
import { mixedCsv, scratch } from "../tables.ts";

test("the components of prepared columns, batch by batch, are those of all rows at once", async () => {
  const path = mixedCsv("components.csv", 700);
  const table = await openTable(path, { ignore: ["class"], id: "id" });
  const { model, fitted } = await train(table, { epochs: 2, latentDim: 2 });
  await fitted.dispose();
  // numbers, the date, and a place for each of both kinds and for others
  const columns = 5 + 3;
  const rows: number[] = [];
  for await (const batch of model.batches(table)) {
    const { prepared } = await model.run(["prepared"], batch);
    rows.push(...firstColumns(prepared!.data as Float32Array, batch.rows, columns));
  }
  const all = Float32Array.from(rows);
  const pca = fitPca(all, 700, columns, 2);
  const found = await preparedComponents(model, table);
  expect(found.shares).toEqual(
    [...pca.explainedVarianceRatio].map((share) => expect.closeTo(share, 9)),
  );
  const flat = transform(pca, all);
  const [first, second] = found.of(all, 700);
  for (const i of [0, 5, 699]) {
    expect(first[i]).toBeCloseTo(flat[2 * i]!, 4);
    expect(second[i]).toBeCloseTo(flat[2 * i + 1]!, 4);
  }

  // the command line writes them behind the codes
  const [file, codes] = [join(scratch, "components.onnx"), join(scratch, "components-codes.csv")];
  await model.save(file);
  await espejo(["encode", path, "-m", file, "--pca", "-o", codes]);
  const [head, line] = readFileSync(codes, "utf8").split("\n");
  expect(head).toBe("id,latent_1,latent_2,pca_1,pca_2");
  expect(Number(line!.split(",")[3])).toBeCloseTo(flat[0]!, 4);
  await model.dispose();
  await table.dispose();
});
