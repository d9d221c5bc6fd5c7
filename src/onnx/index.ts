export { cut } from "./cut.ts";
export * from "./model.ts";
export { readModel } from "./read.ts";
export { toModel, writeModel, writeProgram } from "./write.ts";
