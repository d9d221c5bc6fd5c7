import type { enCluster } from "./en-cluster.ts";

/** Lo que dicen las órdenes sobre un clúster, en español. */
export const esCluster: Readonly<Record<keyof typeof enCluster, string>> = {
  "help.cluster": "Clúster:",
  "clusterTrain.about": "entrena un modelo en Apache Spark, con datos que no caben en una máquina",
  "argument.clusterData":
    "ficheros que los trabajadores pueden leer: una ruta, un patrón entre comillas, s3a://, hdfs://, ...",
  "option.master":
    "como lo toma spark-submit: local[*] (por defecto), spark://host:7077, yarn, k8s://...",
  "option.connect": "Spark Connect: sc://host:15002",
  "option.conf": "un ajuste de Spark, clave=valor; puede repetirse",
  "option.python": "el Python que tiene pyspark (ESPEJO_PYTHON, si no python3)",
  "option.table": "una tabla o vista del catálogo de Spark en vez de DATA",
  "option.sql": "una consulta de Spark SQL en vez de DATA",
  "option.partitions":
    "partes entre las que se reparten las filas, cada una entrenada por una tarea; otro número es otro entrenamiento (1 hasta 20 000 filas; si no, una por cada 250 000, al menos 4)",
  "option.localSteps":
    "pasos de cada partición entre dos promedios (por defecto, una pasada por sus filas)",
  "option.sparkLog": "un fichero para todo lo que dice Spark",
  "option.frame": "los flujos de un programa que tiene los datos",
  "cluster.at": "Spark {spark} en {place}",
  "cluster.table":
    "{path}: {rows} filas, {features} características ({numeric} numéricas, {categories} categorías)",
  "cluster.waiting":
    "en {seconds} s ningún trabajador ha tomado una tarea: ¿es correcta la dirección, y hay trabajadores con núcleos y memoria libres?",
  "cluster.sample": "los tipos y papeles son los de una muestra de {rows} filas",
  "cluster.phase.sample": "{rows} filas contadas, algunas miradas: {seconds} s",
  "cluster.phase.read": "{rows} filas leídas y repartidas: {seconds} s, {speed} filas por segundo",
  "cluster.phase.count":
    "{rows} filas recorridas para contar: {seconds} s, {speed} filas por segundo",
  "cluster.phase.prepare": "{rows} filas preparadas: {seconds} s, {speed} filas por segundo",
  "cluster.phase.rounds": "entrenado en {seconds} s, {speed} filas por segundo",
  "cluster.phase.scores": "puntuadas las filas que no entrenaron: {seconds} s",
};
