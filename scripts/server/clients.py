"""Real clients at a running server, which must give the scores of `espejo score`.

    clients.py URL FOLDER

FOLDER has rows.csv with a column of ids, scores.csv as `espejo score` wrote it, and images.npy with image-scores.csv.
Prints a line for each check and exits with 1 where one failed.
"""

import base64
import csv
import gzip
import io
import json
import sys

import numpy as np
import pandas as pd
import requests
import tritonclient.http as triton
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse

url, folder = sys.argv[1:3]
host = url.split("//")[1]
frame = pd.read_csv(f"{folder}/rows.csv")
known = pd.read_csv(f"{folder}/scores.csv")
wanted, flags = known["score"].to_numpy(), known["is_anomaly"].astype(str).str.lower() == "true"
failed = 0
traffic = []


def check(name, work):
    global failed
    try:
        work()
        print(f"ok      {name}")
    except Exception as error:  # each check is told, and the others go on
        failed += 1
        print(f"FAILED  {name}: {type(error).__name__}: {str(error)[:600]}")


def same(scores, odd, of=None):
    scores, of = np.asarray(scores, dtype="float64"), of or len(wanted)
    assert len(scores) == of, f"{len(scores)} scores for {of} rows"
    apart = np.abs(scores - wanted[:of]) / np.abs(wanted[:of])
    assert apart.max() <= 1e-6, f"scores differ by {apart.max()}"
    assert list(map(bool, odd)) == list(flags[:of]), "is_anomaly differs"


def predictions(answer):
    told = answer["predictions"]
    same([each["score"] for each in told], [each["is_anomaly"] for each in told])


def keep(response):
    """Traffic that an OpenAPI validator looks at."""
    traffic.append(response)
    return response


# tritonclient: Open Inference Protocol v2
client = triton.InferenceServerClient(host)
numbers = [name for name in frame.columns if frame[name].dtype.kind in "fi"]
texts = [name for name in frame.columns if name not in numbers and name != "id"]


def inputs(binary):
    made = []
    for name in numbers + texts:
        kind = "FP64" if name in numbers else "BYTES"
        made.append(triton.InferInput(name, [len(frame), 1], kind))
        cells = frame[name].to_numpy(dtype="float64" if name in numbers else "object", na_value=np.nan if name in numbers else "")
        made[-1].set_data_from_numpy(cells.reshape(-1, 1), binary_data=binary)
    return made


def infer(binary, **options):
    outputs = [triton.InferRequestedOutput(name, binary_data=binary) for name in ("score", "is_anomaly")]
    result = client.infer("table", inputs(binary), outputs=outputs, request_id="42", **options)
    assert result.get_response()["id"] == "42"
    same(result.as_numpy("score"), result.as_numpy("is_anomaly"))


def metadata():
    assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("table")
    assert client.get_server_metadata()["name"] == "espejo"
    told = client.get_model_metadata("table")
    assert told["platform"] and told["versions"] == ["7"], told
    assert {each["name"] for each in told["inputs"]} == {"numeric", "categories"}


def all_outputs():
    result = client.infer("table", inputs(True), model_version="7")
    told = client.get_model_metadata("table")["outputs"]
    for output in told:
        found = result.as_numpy(output["name"])
        assert list(found.shape) == [len(frame), *output["shape"][1:]], (output, found.shape)
    reasons = [json.loads(text) for text in result.as_numpy("reasons")]
    assert all(bool(each) == odd for each, odd in zip(reasons, flags))


def repository():
    assert {each["name"] for each in client.get_model_repository_index()} == {"table", "images", "waves"}
    client.unload_model("waves")
    try:
        client.infer("waves", [])
        raise AssertionError("an unloaded model answered")
    except triton.InferenceServerException as error:
        assert "not loaded" in str(error), error
    client.load_model("waves")
    assert client.is_model_ready("waves")


def images():
    pixels = np.load(f"{folder}/images.npy").astype("float32")
    known = pd.read_csv(f"{folder}/image-scores.csv")["score"].to_numpy()
    made = triton.InferInput("x", list(pixels.shape), "FP32")
    made.set_data_from_numpy(pixels)
    found = client.infer("images", [made]).as_numpy("score")
    assert np.abs(found / known - 1).max() <= 1e-6
    files = [base64.b64encode(open(f"{folder}/image-{i}.png", "rb").read()).decode() for i in range(2)]
    body = {"instances": [{"b64": each} for each in files]}
    told = keep(requests.post(f"{url}/v1/models/images:predict", json=body)).json()["predictions"]
    assert np.abs(np.array([each["score"] for each in told]) / known[:2] - 1).max() <= 1e-6


check("tritonclient: metadata, readiness", metadata)
check("tritonclient: JSON", lambda: infer(False))
check("tritonclient: binary", lambda: infer(True))
check("tritonclient: binary, gzip", lambda: infer(True, request_compression_algorithm="gzip", response_compression_algorithm="gzip"))
check("tritonclient: binary, deflate", lambda: infer(True, request_compression_algorithm="deflate"))
check("tritonclient: all outputs, a version, BYTES", all_outputs)
check("tritonclient: index, unload, load", repository)
check("tritonclient and base64: images", images)


# MLflow's own client
def mlflow():
    from mlflow.pyfunc.scoring_server.client import ScoringServerClient

    scoring = ScoringServerClient("127.0.0.1", int(host.split(":")[1]))
    scoring.wait_server_ready(timeout=10, scoring_server_proc=None)
    told = scoring.invoke(frame).get_predictions()
    same(told["score"], told["is_anomaly"])


check("MLflow's scoring client", mlflow)

# pandas and requests, in the shapes that MLflow documents
missing = frame.astype(object).where(frame.notna(), None)
shapes = {
    "dataframe_split": {"dataframe_split": missing.to_dict(orient="split")},
    "dataframe_records": {"dataframe_records": missing.to_dict(orient="records")},
    "inputs": {"inputs": missing.to_dict(orient="list")},
}
for shape, body in shapes.items():
    text = json.dumps(body, default=float)
    post = lambda text=text: keep(requests.post(f"{url}/invocations?model=table", data=text, headers={"content-type": "application/json"}))
    check(f"requests: {shape}", lambda post=post: predictions(post().json()))


def v1():
    body = {"instances": missing.to_dict(orient="records")}
    answer = keep(requests.post(f"{url}/v1/models/table:explain", data=json.dumps(body, default=float), headers={"content-type": "application/json"})).json()
    predictions(answer)
    assert len(answer["explanations"]) == len(frame)


def friendly():
    text = frame.to_csv(index=False)
    headers = {"content-type": "text/csv", "accept": "text/csv"}
    answer = keep(requests.post(f"{url}/score/table", data=text, headers=headers))
    told = pd.read_csv(io.StringIO(answer.text))
    same(told["score"], told["is_anomaly"])
    assert list(told["id"]) == list(frame["id"])
    packed = requests.post(f"{url}/score/table", data=gzip.compress(text.encode()), headers={**headers, "content-encoding": "gzip"})
    assert packed.text == answer.text
    lines = "\n".join(json.dumps(row, default=float) for row in missing.to_dict(orient="records"))
    answer = keep(requests.post(f"{url}/score/table", data=lines, headers={"content-type": "application/x-ndjson", "accept": "application/x-ndjson"}))
    told = [json.loads(line) for line in answer.text.splitlines()]
    same([each["score"] for each in told], [each["is_anomaly"] for each in told])


def refused():
    answer = keep(requests.post(f"{url}/score/table", json=[{"id": "x"}]))
    assert answer.status_code == 422 and answer.json()["code"].startswith("column_"), answer.text
    assert keep(requests.post(f"{url}/v1/models/nobody:predict", json={})).status_code == 404
    assert requests.post(f"{url}/score/table", json=[], headers={"origin": "https://evil.example"}).status_code == 403


check("requests: v1 with reasons", v1)
check("requests: CSV, gzip, NDJSON", friendly)
check("requests: refusals", refused)


# an OpenAPI validator over all of that
def openapi():
    for path in ("/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/table", "/v2/models/table/drift", "/v1/models", "/v1/models/table", "/v1/models/table/metadata", "/score/table", "/ping", "/version"):
        keep(requests.get(url + path))
    description = requests.get(f"{url}/openapi.json").json()
    description["servers"] = [{"url": url}]
    api = OpenAPI.from_dict(description)
    for response in traffic:
        request = RequestsOpenAPIRequest(response.request)
        if response.ok:
            api.validate_request(request)
        api.validate_response(request, RequestsOpenAPIResponse(response))
    print(f"        {len(traffic)} requests and answers are as /openapi.json says")


check("openapi-core: all traffic", openapi)
sys.exit(1 if failed else 0)
