import type { ServedFacts } from "../models/served.ts";
import { decodeFriendly } from "./friendly.ts";
import type { Decoded, DoorName, Knock } from "./knock.ts";
import { decodeMlflow } from "./mlflow.ts";
import { decodeV1 } from "./v1.ts";
import { decodeV2 } from "./v2.ts";

type Decode = (knock: Knock, facts: ServedFacts) => Decoded | Promise<Decoded>;

const decoders: Readonly<Record<DoorName, Decode>> = {
  v2: decodeV2,
  v1: decodeV1,
  mlflow: decodeMlflow,
  score: decodeFriendly,
};

/** Reads a request for the model that it asks. Throws errors of the catalogue, each with the place that is wrong. */
export const decodeKnock: Decode = (knock, facts) => decoders[knock.door](knock, facts);
