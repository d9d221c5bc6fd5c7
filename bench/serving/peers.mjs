/** What people serve a model with: some twenty lines of FastAPI around ONNX Runtime, and MLflow. */

import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "./processes.mjs";

const fastApi = `
import numpy as np
import onnxruntime as ort
from fastapi import FastAPI
from pydantic import BaseModel

options = ort.SessionOptions()
options.intra_op_num_threads = 1
sessions = {kind: ort.InferenceSession(f"{kind}.onnx", options) for kind in ("basic", "ensemble")}
app = FastAPI()


class Body(BaseModel):
    rows: list[list[float]]


@app.post("/{kind}")
def score(kind: str, body: Body):
    rows = np.array(body.rows, dtype="float64")
    score, is_anomaly = sessions[kind].run(["score", "is_anomaly"], {"numeric": rows})
    return {"score": score.tolist(), "is_anomaly": is_anomaly.tolist()}
`;

const mlflowModel = `
import mlflow.pyfunc
import numpy as np


class Model(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(context.artifacts["model"], options)

    def predict(self, context, model_input, params=None):
        rows = np.asarray(model_input, dtype="float64")
        score, odd = self.session.run(["score", "is_anomaly"], {"numeric": rows})
        return [{"score": float(s), "is_anomaly": bool(o)} for s, o in zip(score, odd)]


mlflow.pyfunc.save_model("mlflow-model", python_model=Model(), artifacts={"model": "basic.onnx"}, pip_requirements=["onnxruntime"])
`;

/** The Python of the peers, with their packages; those of MLflow are many. */
export function pythonOf(/** @type {string} */ root, /** @type {boolean} */ mlflow) {
  const home = join(root, "bench/.venv");
  const python = join(home, "bin/python");
  if (!existsSync(python)) run("python3", ["-m", "venv", home]);
  const packages = ["fastapi", "uvicorn", "onnxruntime", "numpy", ...(mlflow ? ["mlflow"] : [])];
  run(python, ["-m", "pip", "install", "--quiet", ...packages]);
  return python;
}

function run(/** @type {string} */ program, /** @type {string[]} */ words) {
  const { status } = spawnSync(program, words, { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${program} ${words[0]} failed`);
}

export function startFastApi(/** @type {string} */ python, /** @type {string} */ folder) {
  writeFileSync(join(folder, "app.py"), fastApi);
  const words = ["-m", "uvicorn", "app:app", "--port", "8798", "--log-level", "warning"];
  const url = "http://127.0.0.1:8798";
  return startServer(python, words, { folder, url, protocol: "fastapi" });
}

export function startMlflow(/** @type {string} */ python, /** @type {string} */ folder) {
  writeFileSync(join(folder, "save.py"), mlflowModel);
  const { status } = spawnSync(python, ["save.py"], { cwd: folder, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("the model of MLflow could not be saved");
  const words = [
    ...["-m", "mlflow", "models", "serve", "-m", "mlflow-model", "--port", "8799"],
    ...["--env-manager", "local"],
  ];
  const url = "http://127.0.0.1:8799";
  return startServer(python, words, { folder, url, protocol: "mlflow" });
}
