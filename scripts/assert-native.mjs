// Fails where the native engine could not be loaded.
import { loadEngine } from "../dist/engine/node.js";

const engine = await loadEngine("native");
console.log(engine.version);
