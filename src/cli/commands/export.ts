import { extname } from "node:path";
import { writeWhole } from "../../files.ts";
import { exportKeras } from "../../tasks/keras/export-keras.ts";
import { ModelFile } from "../../tasks/model/model-file.ts";
import { modelHalf } from "../../tasks/model/model-half.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { oneOf } from "../parsers.ts";

const usualOutput = "model.keras";

export const exportCommand: CommandRow = {
  name: "export",
  argument: { name: "model", about: "argument.modelFile" },
  about: "export.about",
  examples: [
    "model.onnx -o model.keras",
    "model.onnx --part encoder -o encoder.keras",
    "model.onnx --part decoder -o decoder.onnx",
  ],
  options: [
    { flags: "-o, --output <file>", about: "option.exportOutput" },
    { flags: "--part <half>", about: "option.part", parse: oneOf("encoder", "decoder") },
  ],
  usualOutput,
  async run(path, options, context) {
    const { text } = context;
    const output = (options.output as string | undefined) ?? usualOutput;
    const part = options.part as "encoder" | "decoder" | undefined;
    const file = await ModelFile.read(path);
    try {
      if (part && extname(output).toLowerCase() === ".onnx") {
        await writeWhole(output, [modelHalf(file, { part })]);
        if (context.json) context.answer({ path, output, part });
        else context.say(text("export.half", { path: output, what: text(`export.${part}`) }));
        return exitCodes.ok;
      }
      const { bytes, input, latentDim, leftOut } = await exportKeras(file, part ? { part } : {});
      await writeWhole(output, [bytes]);
      if (context.json) {
        context.answer({ path, output, part: part ?? null, input, latentDim, leftOut });
        return exitCodes.ok;
      }
      const what = text(`export.${part ?? "whole"}`);
      context.say(
        text("export.done", { path: output, what, input: input.join("x"), size: latentDim }),
      );
      const parts = leftOut.map((each) => text(`beyond.${each}`)).join("; ");
      context.say(text("export.beyond", { parts }));
      return exitCodes.ok;
    } finally {
      await file.dispose();
    }
  },
};
