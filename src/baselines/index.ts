export {
  type IsolationForest,
  type IsolationForestOptions,
  isolationForest,
} from "./isolation-forest.ts";
export { type NeighbourScoreOptions, neighbourScores } from "./nearest.ts";
