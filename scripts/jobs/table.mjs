/**
 * Jobs as a person would do them: the data, and what that person would choose, written down before it was tried. `next` has a
 * row for each command that `inspect` suggests: verb and options, without -o. `names` are the columns that stand first in the results of
 * each; `ids` and `time` what `inspect` takes for such. `gate` are those that the gate has time for.
 * @typedef {object} Job
 * @property {string} data
 * @property {true} [gate]
 * @property {readonly string[]} [ids]
 * @property {string} [time]
 * @property {readonly (readonly [verb: string, options: object, names: readonly string[]])[]} next
 */
const series = (time, window, more = {}) => [["detect", { ...more, time, window }, ["name"]]];
const rows = (options, names = ["row"]) => [["detect", options, names]];
const panel = (group, time, window, options, names) => [
  ["detect", options, names],
  ["detect", { group, time, window }, ["name"]],
];
const pictures = [["train", { kind: "convolutional" }, []]];
const payments = Array.from({ length: 6 }, (_, i) => `PAY_AMT${i + 1}`);

/** @type {readonly Job[]} */
export const jobs = [
  {
    data: "examples/data/creditcard.csv.gz",
    gate: true,
    next: rows({ label: "Class", log: ["Amount"] }),
  },
  {
    ...{ data: "examples/data/economics/FRED-MD_2026-02.csv", gate: true, time: "sasdate" },
    next: series("sasdate", 12),
  },
  {
    ...{ data: "examples/data/sequences/ecg5000/ECG5000_TRAIN.txt", gate: true },
    next: [["reduce", {}, []]],
  },
  { data: "examples/data/faces/orl_faces_112x92.idx3.gz", next: pictures },
  { data: "examples/data/mnist/t10k-images-idx3-ubyte.gz", next: pictures },
  {
    ...{ data: "shared/data/economics/pwt10.01.csv" },
    ...{ ids: ["country", "isocode"], time: "year" },
    next: panel(
      ...["country", "year", 5],
      {
        label: "i_outlier",
        log: "rgdpe,rgdpo,pop,emp,ccon,cda,cgdpe,cgdpo,cn,rgdpna,rconna,rdana,rnna,xr".split(","),
      },
      ["country", "isocode", "year"],
    ),
  },
  {
    ...{ data: "shared/data/excel/world_bank.xlsx" },
    ...{ ids: ["Country Code"], time: "Time Code" },
    next: panel(
      ...["Country Code", "Time Code", 5],
      { log: ["NY.GDP.PCAP.KD", "BX.KLT.DINV.WD.GD.ZS", "FP.CPI.TOTL.ZG"] },
      ["Country Code", "Time Code"],
    ),
  },
  { data: "shared/data/excel/AirQualityUCI.xlsx", time: "Date", next: series("Date", 24) },
  {
    ...{ data: "shared/data/tabular/UCI_Credit_Card.csv", ids: ["ID"] },
    next: rows({ label: "default.payment.next.month", log: payments }, ["ID"]),
  },
  {
    data: "shared/data/tabular/adult-train.csv",
    next: rows({ label: "column_15", log: ["column_11"] }),
  },
  { data: "shared/data/tabular/bank-additional-full.csv", next: rows({ label: "y" }) },
  { data: "shared/data/tabular/german.csv", next: rows({ label: "column_21" }) },
  {
    ...{ data: "shared/data/sequences/nab/realKnownCause/nyc_taxi.csv", time: "timestamp" },
    next: series("timestamp", 48),
  },
  {
    data: "shared/data/sequences/nab/realKnownCause/machine_temperature_system_failure.csv",
    ...{ time: "timestamp", next: series("timestamp", 12) },
  },
  {
    data: "shared/data/sequences/nab/realKnownCause/ambient_temperature_system_failure.csv",
    ...{ time: "timestamp", next: series("timestamp", 24) },
  },
  {
    ...{ data: "shared/data/sequences/skab/valve1/0.csv", gate: true, time: "datetime" },
    next: series("datetime", 60, { label: "anomaly" }),
  },
  {
    ...{ data: "shared/data/sequences/tables/datasets_EuStockMarkets.csv", ids: ["rownames"] },
    next: rows({}, ["rownames"]),
  },
  {
    ...{ data: "shared/data/sequences/tables/datasets_AirPassengers.csv", time: "time" },
    ...{ ids: ["rownames"], next: series("time", 12) },
  },
  {
    ...{ data: "shared/data/sequences/tables/monthly-sunspots.csv", time: "Month" },
    next: series("Month", 12),
  },
];
