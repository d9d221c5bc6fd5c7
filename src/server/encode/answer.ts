import type { DoorName } from "../decode/knock.ts";
import type { Answer, Found } from "./found.ts";
import { encodeFriendly } from "./friendly.ts";
import { encodeMlflow } from "./mlflow.ts";
import { encodeV1 } from "./v1.ts";
import { encodeV2 } from "./v2.ts";

/** How each protocol writes what was found. */
export const encoders: Readonly<Record<DoorName, (found: Found) => Answer>> = {
  v2: encodeV2,
  v1: encodeV1,
  mlflow: encodeMlflow,
  score: encodeFriendly,
};
