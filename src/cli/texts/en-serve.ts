/** What the command line says of serving, in English. */
export const enServe = {
  "serve.about":
    "serves models over HTTP: Open Inference Protocol v2, MLflow, TensorFlow Serving v1, and JSON or CSV for everyone",
  "argument.models": "model files, name=file, or folders of them",
  "help.serve":
    "Without --host it listens for this machine only. Every address and its body: /docs of the running server, and docs/serve.md.",
  "option.host": "address to listen on (127.0.0.1); any other one needs tokens",
  "option.port": "port to listen on (8080); 0 for a free one",
  "option.cert": "certificate in PEM, for HTTPS",
  "option.key": "key of the certificate in PEM",
  "option.tokenFile":
    "file of tokens: a line each, the token and infer or admin; ESPEJO_TOKEN is one more, of an admin",
  "option.insecure": "lets whoever reaches the address use the models",
  "option.origin": "origins of web pages that may use the server",
  "option.rateLimit": "requests a minute of one token or address",
  "option.bodyLimit": "size of a body at most (16MiB)",
  "option.maxRows": "rows of a request at most (10000)",
  "option.timeout": "time after which a request is given up (30s)",
  "option.queue": "requests that may be inside at once (256); more get 503",
  "option.defaultModel": "model that answers where an address names none",
  "option.strictColumns": "refuses columns that the model does not know",
  "option.workers": "threads that score (one per core but one)",
  "option.maxBatchRows": "rows that are computed together (1024)",
  "option.batchWindow": "milliseconds that a request waits for others (0)",
  "option.driftWindow": "window of time in which drift is told (1h)",
  "option.watch": "loads files anew that change, and new ones of folders",
  "option.drain": "time to go on answering after a signal to stop (5s)",
  "serve.listening": "serving {models} at {url}",
  "serve.stopping": "stopping: requests are answered for {seconds} s more",
} as const;
