/** A scoring server for Node: models behind the protocols that people's systems speak. */
export { readTokens, type Scope, type Token, tokenOf } from "../http/tokens.ts";
export { buildServer, type ScoringServer } from "./build-server.ts";
export type { ModelSource } from "./models/sources.ts";
export type { ServerOptions } from "./options.ts";
