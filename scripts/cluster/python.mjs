// The Pythons of the cluster's check: one with Spark and what an application needs; one that is a client of Spark
// Connect alone, without Spark's own files.
import { pythonWith } from "../python.mjs";

/** What workers and an application need. */
const computing = ["pyarrow", "numpy", "onnxruntime"];

/** The path of a Python with pyspark: Spark's programs are in its packages. */
export const sparkPython = () =>
  pythonWith("espejo-cluster", ["pyspark[sql]==4.3.0", ...computing]);

/** The path of a Python with a client of Spark Connect, whose own needs (pandas, grpcio) it names itself. */
export const connectPython = () =>
  pythonWith("espejo-cluster-client", ["pyspark-client==4.2.0", ...computing]);

/** The path of a Python as a stranger's: with nothing. */
export const barePython = () => pythonWith("espejo-cluster-bare", ["pip"]);
