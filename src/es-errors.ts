import { type ErrorCode, type PhraseKey, phraseOf } from "./errors.ts";

/** The errors of the catalogue in Spanish. */
export const esErrors: Readonly<Record<ErrorCode, string>> = {
  not_finite:
    "la pérdida pasó a ser {value} en la época {epoch}: baje la tasa de aprendizaje (ahora {rate}), recorte los gradientes (--clip-norm) o escale las columnas",
  cluster_exists: "{path} existe, y Spark lo reemplazaría: nombre otro lugar, o diga --overwrite",
  cluster_foreign:
    "{path} contiene algo que ningún trabajo de Spark ha terminado (no hay _SUCCESS), así que --overwrite no lo reemplaza: elimínelo, o nombre otro lugar",
  cluster_output:
    "nombre una sola vez adónde van las filas: una carpeta con -o, o una tabla con --output-table",
  cluster_ending:
    '-o: se esperaba una carpeta que termine en .parquet, .csv, .json o .ndjson, y se recibió "{value}"; Spark escribe archivos dentro',
  cluster_failed: "Spark no pudo hacerlo: {reason}; con --spark-log se guarda todo lo que dice",
  cluster_ended:
    "el proceso de Python que habla con Spark terminó (código {code}): {reason}; con --spark-log se guarda todo lo que dice",
  cluster_source: "indique una sola vez qué leer: DATA, --table o --sql; se indicaron {given}",
  cluster_option: "{option} no es para un clúster: {reason}",
  cluster_content:
    "{path}: un clúster entrena y puntúa filas de tablas, y esto son {content}; entrene en una sola máquina: espejo train",
  cluster_sql: "--sql: {reason}",
  cluster_lines:
    '{path}: la línea "{text}" no es una fila de la tabla, y Spark lee cada línea como una: quite esas líneas, o escriba los datos en Parquet',
  cluster_format:
    "{path}: un clúster lee aquí CSV con un solo delimitador, JSON por líneas, Parquet y ORC; lleve otros datos a una tabla e indíquela con --table",
  cluster_table: "no hay ninguna tabla ni vista {table} en el catálogo de este Spark",
  cluster_column:
    '{path}, columna "{column}": {count} de {rows} celdas no son {type}, como "{value}", aunque en una muestra lo parecía; diga qué es, {column:--types=category}, o limpie la columna',
  cluster_nested:
    '{path}, la columna "{column}" contiene {type}, de lo que ningún modelo aprende: saque sus partes con --sql, o déjela fuera con --ignore',
  cluster_layout:
    'la columna "{column}" está escrita como {layout}, que los trabajadores no saben leer: conviértala con --sql',
  cluster_zone:
    "el Python de los trabajadores no conoce la zona horaria {zone}: instale allí tzdata",
  cluster_weight:
    '{path}, columna "{column}": un peso debe ser un número de al menos 0, y es "{value}"',
  cluster_python:
    "no se pudo arrancar {python} ({reason}): indique un Python 3.10 o posterior que tenga pyspark con --python, o en ESPEJO_PYTHON",
  cluster_no_spark:
    '{python} no tiene pyspark, o no los pandas, pyarrow y numpy que necesita: {python} -m pip install "pyspark[sql]>=4" onnxruntime, o indique otro Python con --python',
  cluster_no_node:
    "no hay ningún espejo que arrancar: npm install espejo, e indique qué lo arranca en ESPEJO_COMMAND, como npx espejo",
  cluster_worker_python:
    "el Python de los trabajadores no tiene {module}: instale allí pyarrow, numpy y onnxruntime, o indique otro con --conf spark.pyspark.python=RUTA",
  cluster_old_spark:
    "Spark {version} es demasiado antiguo: desde la 4.0 los DataFrames llegan a Python en Arrow",
  cluster_unreachable: "ningún Spark responde en {master}: {reason}",
  cluster_no_runtime:
    "{host} no tiene onnxruntime para su Python: instálelo en todos los trabajadores, o envíe un entorno con --conf spark.archives",
  cluster_version:
    "{host} tiene onnxruntime {version}, y el controlador {wanted}: los resultados dependerían de quién calcula; instale la misma en todos",
  write_failed: "no se pudo escribir {path}: {reason}",
  run_busy:
    "la ejecución de {path} está en marcha: trabaja en ella el proceso {pid} de {host}; espere a que acabe, o termínelo antes",
  run_failed:
    "--run: no se puede escribir la carpeta del entrenamiento, {path}: {reason}; indique otra con --run, o no la indique y nombre un fichero con -o",
  memory_short:
    "{path}: leerlo necesita más memoria que los {limit} que puede tener; auméntela con --memory-limit, o cierre otros programas",
  argument_value: "{argument} debe ser {wanted}, y es {got}",
  argument_wrong: "{reason}",
  argument_unknown: '{call} no tiene la opción "{name}"; ¿quizá "{nearest}"?',
  file_stream:
    "{format} no se puede escribir en la salida estándar: indique un fichero, o elija csv, json o ndjson",
  excel_format:
    "--excel dice cómo se escribe el CSV, y aquí se escribe {format}; escriba en un fichero .csv, o quite --excel: un .xlsx se abre bien en todos los idiomas",
  xlsx_rows:
    "{path}: una hoja de Excel admite 1 048 576 filas, con la cabecera, y hay más; escriba .csv o .parquet",
  xlsx_columns:
    "{path}: una hoja de Excel admite 16 384 columnas, y hay {columns}; escriba .csv o .parquet",
  xlsx_text:
    '{path}, fila {row}, columna "{column}": una celda de Excel admite 32 767 caracteres, y este texto tiene más; escriba .csv o .parquet',
  xlsx_size: "{path}: la hoja pasaría de 4 GB; escriba .csv o .parquet",
  command_unknown:
    'no hay ninguna orden ni fichero "{name}"; ¿quería decir "{nearest}"? espejo --help enumera las órdenes',
  option_unknown:
    "{command} no tiene la opción {option}; ¿quería decir {nearest}? espejo {command} --help las enumera",
  option_incomplete: "{option} necesita un valor, como en {usage}",
  argument_missing: "{command} necesita {argument}: {usage}",
  argument_extra:
    'sobra el argumento "{value}": {usage}; un patrón como "data/*.csv" va entre comillas',
  option_value: "{option}: {expected}, y es {value}",
  option_number: '{option}: se espera un número {bounds}, y es "{value}"',
  option_whole: '{option}: se espera un número entero {bounds}, y es "{value}"',
  option_word: '{option}: se espera uno de {words}, y es "{value}"',
  option_seconds:
    '{option}: se espera un tiempo como 45s, 2m o 1h, o un número de segundos, no "{value}"',
  option_switch: '{option}: se espera true o false, y es "{value}"',
  option_types: '{option}: se espera nombre=number|category|date|text|boolean,..., y es "{value}"',
  option_zone: '{option}: se espera una zona horaria como Europe/Madrid o UTC, y es "{value}"',
  option_size: '{option}: se espera un tamaño como 500MB, y es "{value}"',
  option_shape: '{option}: se esperan tamaños como 28x28x1, y es "{value}"',
  option_mark: '{option}: se espera un solo carácter, y es "{value}"',
  option_ending:
    '{option}: se espera un fichero que acabe en .csv, .xlsx, .parquet, .json o .ndjson, o bien --format, y es "{value}"',
  kind_content:
    "el tipo {kind} no aprende de {content}: admite {wanted}; espejo kinds los enumera todos",
  network_options: "no se puede construir esta red: {reason}",
  model_unnamed: "{command} necesita un modelo: -m model.onnx",
  label_unnamed:
    "evaluate necesita la columna que distingue las filas normales de las anomalías: --label COLUMNA",
  threshold_rule: "umbral: se espera uno de {rules}, y es {value}",
  threshold_number: "umbral: {name} necesita {expected}, como en {example}, y es {value}",
  threshold_time:
    "{path}: un presupuesto por calendario ({per}) necesita las fechas de las filas; indique su columna con --time COLUMNA, o tome budget:N sin calendario",
  threshold_alone: "umbral: {name} no lleva número, y es {value}",
  threshold_labels:
    "umbral: {rule} necesita filas de calibración etiquetadas; indique la columna con --label, o elija una regla sin etiquetas como quantile:0.99",
  content_rows:
    "{path} se lee como {content}, y --content rows pide filas de una tabla; omita la opción",
  split_column:
    "{path}: --split {split} necesita una columna que lo diga; indíquela con --{column} COLUMNA, o elija --split random",
  split_content:
    "{path}: --split {split} trata de filas de una tabla y de ventanas de series, y estas son {content}; omítala, o elija --split random",
  threshold_anomalies:
    "umbral: {rule} necesita alguna anomalía entre las filas de calibración; elija una regla sin etiquetas como quantile:0.99",
  threshold_data:
    "umbral: la regla {rule} necesita filas con que elegirlo: espejo threshold data.csv -m model.onnx {rule:--threshold} -o new.onnx; un número no necesita ninguna",
  threshold_trained:
    "{path}: estas filas entrenaron el modelo y, sin las etiquetas de aquel entrenamiento ({label}), nada dice cuáles no lo hicieron; dé las filas con ellas, u otras filas",
  threshold_marks:
    "{path}: hay {rows} {rows:fila marcada|filas marcadas}, {confirmed} confirmadas; un umbral se elige con {least} o más, y de ellas {leastConfirmed} confirmadas: marque más filas",
  threshold_marks_rule:
    "umbral: {rule} no mira las marcas; con --marks elija f1, fbeta:2, recall:0.8, precision:0.9 o cost:10",
  column_taken: '{path} ya tiene una columna "{column}"; nombre otra con --column',
  marks_absent: "{path}: ninguna fila tiene marca, confirmed o false_alarm",
  mark_columns:
    "{path}: las marcas necesitan una columna mark y otra row con los números de las filas desde 1, o las columnas que nombran las filas de los datos; hay {columns}",
  mark_unknown:
    '{path}, línea {line}: una marca es confirmed, false_alarm o nada, y esta es "{value}"',
  mark_row: '{path}, línea {line}: row debe ser el número de una fila, desde 1, y es "{value}"',
  mark_beyond:
    "{path}, línea {line}: está marcada la fila {row}, y {data} tiene {rows} {rows:fila|filas}: ¿son estos los datos que se marcaron?",
  mark_contradicts:
    "{path}: la fila {row} es {before} en la línea {other} y {mark} en la línea {line}; deje una de las dos",
  mark_runs:
    "{path} tiene las marcas de varias ejecuciones ({runs}), cada una con sus filas; exporte las de una, o deje solas sus líneas en una copia",
  mark_name: '{path}, línea {line}: ninguna fila de {data} tiene {column} = "{value}"',
  mark_name_several:
    '{path}, línea {line}: varias filas de {data} tienen {column} = "{value}"; nombre las filas por su número, en una columna row',
  threshold_rows:
    "umbral: {rule} necesita al menos {least} {least:fila que calibre|filas que calibren}, y hay {rows}; tome una proporción mayor o dé más filas",
  config_unreadable: "{path}: no se puede leer como configuración: {reason}",
  config_unknown: '{path}: no existe el ajuste "{name}"; ¿quería decir "{nearest}"?',
  resume_option:
    "--resume: {option} era {before} cuando empezó el entrenamiento y ahora es {value}; no lo indique, o empiece uno nuevo",
  resume_folder: "--resume: {path} no sirve: {reason}",
  resume_command:
    "--resume: la ejecución {path} la empezó espejo {command}, y sigue con ella: espejo {command} {path:--resume}",
  resume_program:
    "--resume: la ejecución {path} la empezó un programa, que tiene sus datos; sígala allí, con la opción resumeRun",
  run_unknown:
    "{path}: allí no se puede leer ninguna ejecución: {reason}; nombre la carpeta de una, o una que contenga varias",
  ranking_absent:
    "{path}: una ejecución de espejo {command}, que no ordena filas; puntúe algunas con su modelo: espejo score data.csv {model:--model} --sort",
  ranking_unfinished:
    "{path}: la ejecución no ha llegado a su lista ordenada; siga con ella: espejo detect {path:--resume}",
  ranking_damaged:
    "{path}: no se puede leer la lista ordenada: {reason}; hágala de nuevo: espejo detect {folder:--resume}",
  resume_data:
    "--resume: los valores de {path} no son los del comienzo del entrenamiento; empiece uno nuevo",
  address_remote: "{path}: no se trae nada de la red: descárguelo y nombre el fichero",
  file_missing: "{path}: no existe ese fichero",
  file_empty: "{path}: el fichero está vacío",
  file_no_rows: "{path}: hay una cabecera y ninguna fila debajo",
  file_is_folder:
    "{path}: es una carpeta; indique un fichero de ella, o un patrón como {path}/*.csv",
  file_unreadable: "{path}: no se puede leer: {reason}",
  file_binary: "{path}: es {kind}, no una tabla de texto, Parquet o JSON; expórtelo como CSV",
  file_foreign: "{path}: es {kind}: {cure}",
  file_disguised: "{path}: {kind} con nombre {ending}: {cure}",
  arff_head:
    '{path}, línea {line}: "{text}" no es una declaración de un fichero ARFF, como @attribute edad numeric, o no le sigue ningún @data; corríjala, o exporte la tabla como CSV',
  arff_relational:
    '{path}, línea {line}: el atributo "{column}" contiene tablas dentro de celdas (relational), que no se leen; haga columnas de ellas, en Weka con el filtro RelationalToPropositional o MultiInstanceToPropositional',
  arff_sparse:
    '{path}, línea {line}: "{text}" no es una fila dispersa como {example}: números de columnas menores que {columns}, en orden, cada uno con un valor; corríjala, o exporte la tabla como CSV',
  json_large:
    '{path}: un solo valor JSON de más de {most} MB que no es una lista de filas; guárdelo como lista de objetos, en pandas con to_json(orient="records"), o un objeto por línea',
  json_several:
    "{path}: un objeto con varias listas de filas: {names}; guarde la que interesa en un fichero propio",
  json_ragged:
    "{path}: la fila {row} es una lista de {actual} {actual:celda|celdas} donde {expected:se espera|se esperan} {expected}; corríjala, o guarde las filas como lista de objetos",
  files_differ:
    "{path}: no tiene las columnas del primer fichero; le faltan {missing}, y tiene además {more}",
  files_lack: "{path}: no tiene todas las columnas del primer fichero; le faltan {missing}",
  files_more: "{path}: tiene más columnas que el primer fichero; le sobran {more}",
  files_order:
    '{path}: las columnas del primer fichero en otro orden: la columna {place} es "{column}", y en aquel es "{expected}"',
  row_ragged:
    '{path}, línea {line}: {actual} {actual:campo|campos} donde {expected:se espera|se esperan} {expected}; falta, sobra o va sin comillas algún "{delimiter}"; o indique el separador con --delimiter',
  row_long:
    "{path}, línea {line}: más larga que {most} MB; busque unas comillas que se abran ahí y no se cierren, o parta la línea",
  row_quote:
    "{path}, línea {line}: unas comillas se abren y no se cierran, o tienen texto detrás; dentro de una celda se escriben dobles",
  row_encoding: "{path}, línea {line}: el texto no es UTF-8; indique --encoding latin-1 o utf-16",
  cell_unreadable:
    '{path}, línea {line} (fila {row}), columna "{column}": "{value}" no es {type} ({bad:no lo es|no lo son} {bad} de {cells} {cells:celda|celdas}); corríjalo, indique {value:--missing} si significa que falta el dato, o {column:--types=category}',
  option_example:
    '{option} "{value}": una columna y un ejemplo de sus números, como "ventas=1.234,5"',
  option_idle: "{path} se lee como {format}, donde {option} no decide nada; no lo indique",
  option_data: "{option} se refiere a unos datos, y no hay ninguno; indique --data DATOS",
  option_kind:
    "{option} no cambia nada en el tipo {kind}: es de {kinds}; no lo indique, o elija otro --kind",
  keep_kind: "--keep {keep} y --kind {kind} dicen los dos qué se entrena; no indique uno de ellos",
  pca_columns:
    "{path}: el PCA se hace con un máximo de {most} columnas preparadas, y hay {columns}; indique otro --keep, o menos --features",
  normal_unlabelled:
    "{path}: --normal es un valor de la etiqueta, y ninguna columna lo es; nómbrela con --label",
  option_late: "{path} ya se ha leído: {option} se indica al abrirlo",
  option_learnt:
    '{path}, columna "{column}": {option} dice {stated}, y el modelo la aprendió como {learnt}; no lo indique, o entrene de nuevo',
  number_example:
    'el ejemplo "{example}" de la columna "{column}" no es un número; escriba uno como los de la columna, por ejemplo {column:--number=1.234,5}',
  cell_huge:
    '{path}, línea {line} (fila {row}), columna "{column}": {value} es demasiado grande para calcular; escriba la columna en una unidad mayor, corrija la celda, o indique {value:--missing}',
  cell_infinite:
    '{path}, línea {line} (fila {row}), columna "{column}": {value} es infinito; corríjalo, o indique --missing inf para leerlo como ausente',
  dates_order:
    '{path}, columna "{column}": "{value}" no es una fecha en el orden {order}; indique otro con --dates, o quítelo para que se busque',
  time_unreadable:
    '{path}: la columna "{column}" no puede ser el tiempo: sus celdas son como {examples}; un tiempo es un número o una fecha como 2024-03-31, 31/03/2024 10:30, 2020T1, 2020-W05 o ene-24; indique otra con --time, o quítelo si las filas están en orden',
  zone_unused: "{path}: {zone:--zone}: ninguna columna tiene horas sin diferencia con UTC; quítelo",
  column_duplicate:
    '{path}: las columnas {first} y {second} se llaman ambas "{column}"; cambie un nombre, o indique --no-header si la primera línea es ya una fila',
  column_unknown:
    '{path}: no hay ninguna columna "{column}"; ¿quería decir "{nearest}"? Las columnas son {columns}',
  label_missing:
    '{path}: no hay ninguna columna "{column}" para la etiqueta; ¿quería decir "{nearest}"? Las columnas son {columns}',
  column_absent:
    '{path}: el modelo necesita la columna "{column}", que no está. ¿Es el modelo de estos datos?',
  column_missing:
    '{path}: el modelo necesita la columna "{column}", que no está; de las que no necesita, la más parecida es "{nearest}". ¿Es el modelo de estos datos?',
  column_count:
    "{path}: {actual} {actual:columna|columnas} sin nombre, y el modelo se entrenó con {expected}; ¿es el modelo de estos datos?",
  label_empty: '{path}: todas las celdas de la columna de etiquetas "{column}" están ausentes',
  label_value:
    '{path}: ninguna fila tiene la etiqueta {column} = "{value}"; los valores son {values}',
  label_one_filled:
    '{path}: la columna de etiquetas "{column}" no tiene anomalías: toda celda con dato es "{value}", y {missing} {missing:está vacía|están vacías}; si una celda vacía significa normal, indique --normal ""',
  label_one_class:
    '{path}: la columna de etiquetas "{column}" no tiene anomalías: todas las filas son "{value}"',
  column_not_number: '{path}: la columna "{column}" no es de números, así que no tiene logaritmo',
  weight_value:
    '{path}, fila {row}, columna "{column}": un peso debe ser un número no negativo, y es "{value}"',
  no_features:
    "{path}: no queda ninguna columna de la que aprender; indique algunas con --features o --types",
  too_few_rows:
    "{path}: {rows:queda|quedan} {rows} {rows:fila|filas} para entrenar y hacen falta al menos {least}: añada filas",
  query_missing: '{path}: indique qué leer con --query, como en --query "SELECT * FROM ventas"',
  option_range: '{option}: se esperan dos números, primero el menor, como 0,4095, y es "{value}"',
  option_image_size: '{option}: se espera un alto y un ancho como 64x64, y es "{value}"',
  array_header:
    "{path}: no se puede leer la cabecera de este fichero {format}; guarde la matriz de nuevo",
  array_truncated:
    "{path}: su cabecera declara {expected} bytes de valores y hay {actual}; el fichero está cortado o dañado",
  array_empty: "{path}: una matriz de forma {shape} no contiene ningún valor",
  array_type:
    '{path}: no se leen valores de tipo {type}; guarde números, por ejemplo con array.astype("float32")',
  array_objects:
    "{path}: la matriz contiene objetos de Python (pickle), que podrían ejecutar código y nunca se leen; guarde números o textos de longitud fija",
  array_shape: "{path}: una matriz de forma {shape} no es {expected}",
  array_unknown:
    '{path}: no hay ninguna matriz "{name}"; ¿quería decir "{nearest}"? Las matrices son {names}',
  array_ambiguous:
    "{path}: varias matrices podrían contener las filas: {names}; indique una con --array",
  arrays_differ:
    "{path}: filas de forma {actual}, y el modelo se entrenó con {expected}; ¿es el modelo de estos datos?",
  labels_count: "{path}: {labels} {labels:etiqueta|etiquetas} para {rows} {rows:fila|filas}",
  labels_shape: "{path}: etiquetas de forma [{shape}]; se espera un valor por fila",
  labels_no_files:
    "{path}: ninguna columna nombra las imágenes de la carpeta; las columnas son {columns}",
  labels_no_class:
    "{path}: varias columnas podrían ser la clase de las imágenes; indique una con --label. Las columnas son {columns}",
  archive_damaged:
    "{path}: sus datos {method} están dañados: {reason}; cópielo o guárdelo de nuevo",
  archive_swollen:
    "{path}: {name}, en su interior, se hincharía hasta {megabytes} MB, como los ficheros hechos para dañar; descomprímalo usted si se fía de él",
  archive_closed:
    "{path}: {name}, en su interior, no se puede descomprimir aquí: {reason}; descomprímalo usted e indique el fichero",
  archive_layers:
    "{path}: comprimido dentro de sí mismo una y otra vez, como los ficheros hechos para dañar; descomprímalo usted si se fía de él",
  archive_no_table:
    "{path}: un archivo zip sin ninguna tabla; sus ficheros son {names} ({count} en total); descomprímalo e indique lo que hay que leer: un fichero o una carpeta de imágenes",
  archive_several:
    "{path}: un archivo zip con {count} tablas: {names}; indique una de ellas, como en {example}",
  archive_entry:
    '{path}: en el archivo no hay ningún fichero "{name}"; ¿quería decir "{nearest}"? Los ficheros son {names}',
  folder_no_images:
    "{path}: ahí no hay ninguna imagen (PNG, JPEG, WebP, TIFF, GIF, BMP, AVIF) que se pueda leer; lo que hay: {files}",
  not_images: "{path}: no es una carpeta de imágenes, ni un fichero IDX, .npy o .npz",
  image_broken:
    "{path}: no se puede leer como imagen: {reason}; reemplácela, o deje fuera tales ficheros con --skip-broken",
  image_sizes:
    "{path}: las imágenes difieren en tamaño (alto x ancho): {sizes}; indique a cuál se llevan, como en {size:--size}, y cómo: --fit cover, contain o fill",
  sequence_long:
    '{path}: la serie "{series}" tiene {actual} {actual:paso|pasos}, y el modelo se entrenó con {expected} como mucho',
  sheet_unknown:
    '{path}: no hay ninguna hoja "{sheet}"; ¿quería decir "{nearest}"? Las hojas son {sheets}',
  sheet_empty: '{path}: la hoja "{sheet}" está vacía',
  sheet_sparse:
    "{path}: hay {cells} celdas dispersas en {rows} filas y {columns} columnas; quite lo que esté lejos de la tabla",
  workbook_locked: "{path}: el libro está protegido con contraseña; guarde una copia sin ella",
  workbook_damaged:
    "{path}: no es un libro legible: {reason}; ábralo en Excel o LibreOffice y guárdelo de nuevo, o expórtelo como CSV",
  database_unreachable:
    "{path}: no hay conexión con la base de datos: {reason}; compruebe el servidor, el puerto y el nombre",
  database_login: "{path}: la base de datos rechaza este usuario o esta contraseña",
  query_wrong: '{path}: la consulta falla en el carácter {position}, "{near}": {reason}',
  query_refused: "{path}: la base de datos rechazó la consulta: {reason}",
  query_no_rows: "{path}: la consulta no da ninguna fila",
  query_names:
    '{path}: las columnas {first} y {second} de la consulta se llaman ambas "{column}"; cambie el nombre de una con AS',
  model_not_espejo:
    "{path}: es un modelo ONNX, pero no de Espejo: no dice cuáles son sus columnas; espejo train hace uno, y espejo import lo hace de un modelo de Keras",
  model_content: "{path}: es un modelo que aprendió de {content}: dele datos así",
  arrays_shape:
    "{path}: sus filas son {shape} y el modelo admite {wanted}: léalas con el mismo tamaño o la misma ventana",
  clean_rows:
    "{path}: {rows} {rows:fila|filas}, pero hay {noisy} con ruido: cada fila con ruido necesita la suya limpia, en el mismo orden",
  fill_time:
    "--fill interpolation: {path} no tiene filas con un tiempo conocido, o son demasiadas para la memoria, de modo que no hay valores anterior y posterior; entrene con --time COLUMNA, o rellene de otra forma",
  fill_pca:
    "--fill pca: el fichero del modelo no tiene un PCA junto al modelo; rellene de otra forma",
  clean_partner:
    "{path}: ninguna imagen se llama como {noisy}: entre dos carpetas, cada imagen con ruido necesita la suya limpia, con el mismo nombre",
  labels_absent:
    "{path}: no se encontraron clases: indique su columna o su fichero, o quite --label y --normal",
  model_newer:
    "{path}: un modelo que necesita {needs}, que este Espejo no conoce: actualice Espejo",
  model_damaged: "{path}: no es un modelo ONNX legible: {reason}",
  engine_refused: "el motor rechazó el programa: {reason}",
  package_file: "{file}, del paquete espejo, no se pudo cargar ({place}): {reason}; {cure}",
  dependency_missing: "esto necesita {package}, que aquí no se puede cargar: {reason}; {cure}",
  engine_failed: "el motor falló mientras calculaba: {reason}",
  engine_missing: "no se pudo cargar ningún motor: {reason}",
  // informes
  report_empty: "{path}: no hay filas de las que informar",
  anomalies_few:
    "{path}: {anomalies} {anomalies:anomalía es muy poco|anomalías son muy pocas}: debe haber alguna entre las filas que calibran y entre las que prueban; dé más, o quite --label",
  tune_nothing:
    "{path}: ningún candidato terminó con cifras finitas; pruebe --scaling robust o un --budget mayor",
  compressed_unknown: "{path}: no es un fichero escrito por espejo compress",
  compressed_newer:
    "{path}: escrito por un Espejo posterior (formato {version}, este lee hasta {known}): actualice Espejo",
  compressed_damaged:
    "{path}: el fichero está cortado o dañado: su suma de control no coincide; no se escribió nada",
  compressed_model:
    "{path}: comprimido con otro modelo que {model}: use aquel cuyo SHA-256 empieza por {fingerprint}",
  compressed_engine:
    "{path}: el motor de aquí reconstruye otros valores que el que comprimió ({engine}): descomprima con aquel, o pruebe --engine wasm o native",
  compress_digits:
    '{path}, fila {row}, columna "{column}": "{value}" tiene más cifras de las que guarda un número, y volvería como {back}; permita un error con --max-error, o entrene con {column:--types=text}',
  compress_rounded:
    "{path}, fila {row}: un entero mayor que 2^53, que se redondea al leerlo, de modo que nada se puede prometer de él; guarde la matriz como números de coma flotante, o reste un desplazamiento",
  max_error_column:
    '{path}: la columna "{column}" no tiene error máximo: no contiene números que el modelo conozca, y vuelve exacta',
  option_max_error: '{option}: se espera un número de 0 o más, o columna=error,..., no "{value}"',
  images_folder:
    "{path}: las imágenes de una carpeta conservan sus tamaños, y {output} no puede contenerlas: indique una carpeta con -o",
  images_exact:
    "-o {output}: ningún fichero de imagen guarda estas imágenes tal como se comprimieron: indique un fichero que acabe en .npy, .npz o .idx",
  images_output:
    "-o: para imágenes se espera una carpeta, o un fichero que termine en .npy, .npz o .idx, no {output}",
  clean_shape:
    "{path}: una imagen de {shape}, y la ruidosa es de {wanted}: las imágenes limpias y ruidosas deben tener los mismos tamaños, en el mismo orden",
  generate_data:
    "{path}: un modelo de tipo {kind} no sabe cómo se distribuyen sus códigos: indique datos como los de su entrenamiento con --data",
  generate_needs:
    "{path}: --between, --quality, --report, --from-data y --noise residual necesitan datos como los del entrenamiento: indíquelos con --data",
  generate_rows:
    "{path}: {rows} {rows:fila es muy poco|filas son muy pocas} para generar otras parecidas: hacen falta al menos {least} filas; dé más filas con --data",
  generate_item: '{path}: no hay fila o imagen "{item}"; las filas van de 1 a {rows}',
  option_between: '{option}: se esperan dos filas o imágenes, como en 3,17, no "{value}"',
  // puntuaciones
  score_kind:
    "la puntuación {score} no casa con el tipo {kind}: probability requiere un tipo variacional, y el ensemble tiene una puntuación propia",
  score_cells:
    "la puntuación mahalanobis admite filas de {most} celdas como máximo, y estas tienen {cells}: standardised no tiene ese límite",
  stamps_absent:
    "{path}: no hay instantes que puntuar: son filas de una tabla de la que un modelo de secuencias toma sus ventanas",
  score_not_finite:
    "{path}: la puntuación de la fila {row} es {value}: una celda suya es infinita, o mayor de lo que el modelo puede calcular; corríjala o deje fuera la fila, o entrene el modelo con filas así",
  error_maps_content:
    "{path}: los mapas de error son para modelos de imágenes, y este aprendió de {content}",
  serve_models:
    "espejo serve necesita modelos: ficheros como fraude.onnx, nombres como vinos=vino.onnx, o carpetas con ellos",
  serve_name:
    '"{name}" no puede ser el nombre de un modelo en una dirección: valen letras, cifras, ".", "_" y "-", 64 como máximo',
  serve_twice:
    'dos modelos se llaman "{name}" en la versión {version}: {first} y {second}; dé otro nombre a uno, como en {example}',
  row_unknown: "{path}: no hay fila {row}, sino {rows} filas",
  project_damaged:
    "{path}: no es el fichero de un proyecto: {reason}; quítelo, y el proyecto empezará de nuevo con los datos y las ejecuciones que hay",
  project_folder:
    "{path}: ahí no se puede guardar un proyecto: {reason}; indique otra carpeta con --project",
  source_unknown:
    'el proyecto no tiene los datos "{id}"; puede que se hayan quitado en otra ventana',
  path_closed:
    "{path} está fuera de las carpetas abiertas ({folders}); suelte el fichero en la ventana, o arranque espejo studio con su carpeta",
  studio_page:
    "la página del estudio no está construida: npm run build:studio; un paquete de npm la trae",
  studio_session:
    "esta ventana no pertenece al estudio que está en marcha; abra la dirección que espejo studio escribió",
  upload_name: '"{name}" no sirve como nombre de fichero',
  studio_run: 'el proyecto no tiene la ejecución "{id}"',
  studio_model: 'el proyecto no tiene el modelo "{id}"',
  studio_scoring: 'el proyecto no tiene el fichero puntuado "{id}"',
  studio_running: "esta ejecución está en marcha; deténgala antes",
  studio_ended: "esta ejecución no está en marcha",
  serve_open:
    "quien alcance {host} podría usar los modelos: defina ESPEJO_TOKEN, indique un fichero con --token-file, o diga --insecure",
  serve_listen: "{host}:{port}: no se puede escuchar: {reason}; elija otro --port",
  token_file:
    "{path}, línea {line}: se espera un token de al menos 16 caracteres y su alcance, infer o admin",
  token_short:
    "ESPEJO_TOKEN: se espera un token de al menos {least} caracteres; openssl rand -hex 16 genera uno",
  token_missing:
    "hace falta un token que el servidor conozca: envíelo como Authorization: Bearer TOKEN",
  token_scope: "hace falta un token con el alcance {scope}",
  host_refused:
    'el servidor es para esta máquina, y "{host}" no es nombre suyo; pida localhost o 127.0.0.1, o arránquelo con --host y tokens',
  origin_refused:
    "las páginas de {origin} no pueden usar este servidor; quien lo administra puede permitirlas con --origin",
  route_unknown: "nada responde a {path}; /docs enumera las direcciones",
  served_unknown: 'aquí no hay ningún modelo "{name}"; hay {names}',
  served_unready: 'el modelo "{name}" no está cargado: {reason}',
  served_several:
    "hay varios modelos ({names}), y esta dirección no nombra ninguno; quien administra el servidor puede elegir uno con --default",
  version_unknown: 'no hay versión {version} del modelo "{name}"; hay {versions}',
  request_json: "el cuerpo no es JSON: {reason}",
  request_cut: "el cuerpo no se puede leer: {reason}",
  request_invalid: "{place}: se espera {wanted} (recibido: {got})",
  request_type: 'aquí no se entiende un cuerpo de tipo "{type}"; /docs dice cuáles sí',
  request_content:
    'el modelo recibe {content}, y no en un cuerpo de tipo "{type}"; envíe uno de {types}',
  request_large:
    "el cuerpo pasa de {limit} bytes; envíe menos filas a la vez (quien administra el servidor puede subir --body-limit)",
  request_rows:
    "hay más de {limit} filas; envíe menos a la vez (quien administra el servidor puede subir --max-rows)",
  request_pixels:
    "las imágenes tienen juntas más de {limit} millones de píxeles; envíe menos a la vez, o más pequeñas: el modelo las reduce de todos modos",
  request_width:
    "la línea {line} tiene {fields} {fields:campo|campos}, y la cabecera {columns}; un campo que contiene el separador va entre comillas",
  request_often:
    "demasiadas peticiones de este token o dirección; inténtelo de nuevo dentro de un rato",
  request_http: "esto no se puede leer como una petición en HTTP 1.1: {reason}",
  request_head: "la dirección y las cabeceras pasan juntas de {limit} bytes",
  request_late:
    "la petición no ha llegado a tiempo: su cabecera puede tardar {head} segundos, y entera {whole}",
  request_slow:
    "ha tardado más de {seconds} segundos; envíe menos filas a la vez (quien administra el servidor puede subir --timeout)",
  column_extra:
    'el modelo no conoce ninguna columna "{column}"; quítela (el servidor se arrancó con --strict-columns)',
  cell_refused:
    'fila {row}, columna "{column}": se espera {type}, y hay {value}; null es una celda sin valor',
  server_busy: "el servidor no puede con más trabajo; inténtelo de nuevo dentro de un rato",
  server_fault: "el servidor ha fallado en esta petición; su registro dice por qué, bajo {id}",
  map_ending:
    '{option}: se espera un fichero que acabe en .svg o .png (un dibujo), .csv, .xlsx, .parquet, .json o .ndjson (coordenadas), y es "{value}"',
  keras_file: "{path}: no es un fichero de modelo de Keras legible: {reason}",
  keras_foreign: "{path}: {what}, no un fichero de modelo de Keras; {cure}",
  keras_class:
    "{path}: el modelo es una clase de Python propia, {class}, cuyas capas no figuran en el fichero; guarde modelos Sequential o Functional: su codificador y su decodificador seguidos, keras.Sequential([model.encoder, model.decoder])",
  keras_graph:
    '{path}: la red se ramifica en "{name}": las capas deben ir una tras otra, cada una con una entrada y una salida',
  keras_unbuilt:
    "{path}: el fichero no dice cuánto mide una fila: construya el modelo o dele un Input antes de guardarlo",
  keras_input:
    "{path}: la red recibe filas de {shape}, donde ? queda abierto: indique todos los tamaños con --shape",
  keras_rows: "{path}: la red recibe filas de {shape}, no de {told}",
  keras_layer:
    '{path}: la capa {position}, "{name}", es {class}, que Espejo no tiene; tiene {known}',
  keras_setting:
    '{path}: capa {position}, "{name}" ({class}): {setting} es {value}, Espejo tiene {wanted}; {cure}',
  keras_shape: '{path}: capa {position}, "{name}" ({class}): {reason}',
  keras_code: '{path}: ninguna capa se llama "{code}"; las capas son {names}',
  keras_weights:
    '{path}: capa {position}, "{name}": su {weight} debería ser {shape}, y el fichero tiene {found}',
  keras_mirror:
    "{path}: filas de {input} se convierten en filas de {output}: un fichero de modelo necesita una red que devuelva lo que recibe; lea esta con readKeras en un programa",
  keras_columns:
    "{path}: la red recibe {wanted} columnas de números, y {data} tiene {numbers} y {categories} de categorías: elíjalas con --features, o deje fuera otras con --ignore",
  keras_arrays:
    "{path}: la red recibe filas de {wanted}, y {data} tiene {content}: dele otros datos",
  model_half:
    "{path}: una mitad de un fichero de modelo ({part}), para otros programas; Espejo toma el fichero entero",
  keras_export: "{path}: Keras no puede expresar este modelo: {reason}",
};

/** Words that come as parameters of errors. */
export const esPhrases: Readonly<Record<PhraseKey, string>> = {
  tables: "tablas",
  images: "imágenes",
  sequences: "secuencias",
  of_one_machine: "es para entrenar en una sola máquina",
  budget_of_rows: "allí un presupuesto es de filas, como budget:50, no de un día o un mes",
  one_of_two_places: "con --master la aplicación es propia; indique uno de los dos",
  disk_full: "el disco está lleno",
  file_too_large: "es mayor de lo que aquí puede ser un fichero",
  no_write_permission: "no tiene permiso para escribir ahí",
  no_permission: "no tiene permiso",
  no_folder: "no existe su carpeta",
  is_folder: "es una carpeta",
  is_file: "es un fichero, no una carpeta",
  read_only: "el disco es de solo lectura",
  no_object: "se espera un objeto con ajustes",
  binary: "un fichero binario",
  has_password: "tiene contraseña",
  rare_packing: "está comprimido de una forma poco usada",
  access: "una base de datos de Access",
  arrow: "un fichero Arrow o Feather",
  avro: "un fichero Avro",
  bzip2: "un fichero comprimido con bzip2",
  compressed: "un fichero comprimido con compress",
  dbase: "un fichero dBASE",
  document: "un documento",
  excel_binary: "un libro binario de Excel (.xlsb)",
  excel_old: "un libro de Excel anterior a 2007 (.xls)",
  excel_xml: "un libro XML de Excel 2003",
  google_link: "un enlace a un documento de Google, no el documento",
  hdf5: "un fichero HDF5",
  image: "una imagen",
  keras: "una red de Keras",
  lfs: "una referencia de Git LFS, no el propio fichero",
  lz4: "un fichero comprimido con lz4",
  matlab: "un fichero de MATLAB",
  netcdf: "un fichero NetCDF",
  numbers_mac: "un documento de Numbers",
  numpy: "una matriz de NumPy",
  orc: "un fichero ORC",
  pdf: "un PDF",
  pickle: "un pickle de Python, que podría ejecutar código y nunca se lee",
  r_data: "un fichero de datos de R",
  rar: "un archivo RAR",
  sas: "un fichero de SAS",
  seven_zip: "un archivo 7z",
  slides: "una presentación",
  spss: "un fichero de SPSS",
  sqlite: "una base de datos SQLite",
  stata: "un fichero de Stata",
  tar: "un archivo tar",
  web_page: "una página web",
  word: "un documento de texto",
  xml: "un fichero XML",
  xz: "un fichero comprimido con xz",
  cure_7z: "descomprímalo, por ejemplo con 7-Zip, e indique la tabla que contiene",
  cure_access: "en Access: Datos externos, Exportar, Archivo de texto",
  cure_arrow:
    'guárdelo como Parquet: pandas.read_feather("FILE").to_parquet("FILE.parquet") en Python, arrow::write_parquet en R',
  cure_avro: "guárdelo como Parquet o CSV",
  cure_bzip2: "descomprímalo, por ejemplo con bunzip2, e indique lo que resulte",
  cure_copy: "copie su tabla en una hoja de cálculo y guárdela como .xlsx",
  cure_csv: "exporte su tabla como CSV",
  cure_google: "ábralo en el navegador: Archivo, Descargar, Valores separados por comas",
  cure_hdf5:
    'una red de Keras se lee con espejo import; una tabla, guárdela como Parquet: pandas.read_hdf("FILE").to_parquet("FILE.parquet") en Python',
  cure_image: "indique la carpeta donde están las imágenes",
  cure_keras: "la lee espejo import",
  cure_lfs: "traiga el fichero con git lfs pull",
  cure_lz4: "descomprímalo, por ejemplo con lz4 -d, e indique lo que resulte",
  cure_matlab: 'en MATLAB: writetable(T, "FILE.csv"), o writematrix de una matriz',
  cure_netcdf:
    'guárdelo como CSV: xarray.open_dataset("FILE").to_dataframe().to_csv("FILE.csv") en Python',
  cure_numbers: "en Numbers: Archivo, Exportar a, Excel",
  cure_orc: 'guárdelo como Parquet: pandas.read_orc("FILE").to_parquet("FILE.parquet") en Python',
  cure_pdf:
    "saque de él la tabla, en Excel con Datos, Obtener datos, De PDF, y guárdela como .xlsx",
  cure_pickle:
    'guárdelo como Parquet: pandas.read_pickle("FILE").to_parquet("FILE.parquet") en Python, si se fía del fichero',
  cure_r:
    'guárdelo como CSV: write.csv(readRDS("FILE"), "FILE.csv", row.names = FALSE) en R, o antes load("FILE") si es un .RData',
  cure_sas:
    "guárdelo como CSV: PROC EXPORT en SAS, haven::read_sas en R, pandas.read_sas en Python",
  cure_spss:
    "guárdelo como CSV: Archivo, Guardar como en SPSS, haven::read_sav en R, pandas.read_spss en Python",
  cure_sqlite:
    'guarde una de sus tablas como CSV: sqlite3 -header -csv FILE "SELECT * FROM TABLE" > TABLE.csv',
  cure_stata:
    "guárdelo como CSV: export delimited en Stata, haven::read_dta en R, pandas.read_stata en Python",
  cure_tar: "descomprímalo con tar -xf e indique la tabla que contiene",
  cure_web:
    "mírela en un navegador, pues quizá diga por qué falló la descarga; una tabla de ella servirá aquí cuando Excel la abra y la guarde como .xlsx",
  cure_xlsx: "ábralo en Excel o LibreOffice y guárdelo como .xlsx",
  cure_xz: "descomprímalo, por ejemplo con unxz, e indique lo que resulte",
  single_value: "un valor simple",
  number: "un número",
  date: "una fecha",
  share_open: "un número en (0, 1)",
  share_closed: "un número en [0, 1]",
  share_positive: "un número en (0, 1]",
  above_zero: "un número mayor que 0",
  whole_alerts: "un número entero de alertas mayor que 0",
  cure_install:
    "instale espejo con sus partes opcionales: ONNXRUNTIME_NODE_INSTALL=skip npm install espejo --include=optional",
  cure_musl:
    "no hay motor nativo para este sistema (musl, como en Alpine): tome uno con la biblioteca GNU de C, como Debian, o quédese con el motor WASM, más lento",
  cure_system:
    "no hay motor nativo para este sistema y procesador: lo sustituye el motor WASM, más lento",
  not_loaded: "no está, no es un programa o no está permitido",
  place_unknown: "un lugar desconocido",
  bundle_node:
    "deje espejo fuera del paquete único (esbuild: --packages=external), o instálelo de nuevo",
  bundle_web:
    "genere módulos ES y sirva este fichero junto a ellos (docs/browser.md tiene la línea de cada empaquetador); una política de seguridad de contenido necesita worker-src 'self' y script-src 'self' 'wasm-unsafe-eval'",
  not_there: "no está",
  foreign_files: "contiene ficheros con nombres como model.onnx que no son de ninguna ejecución",
  not_a_run: "no es la carpeta de un entrenamiento",
  table_shape: "una tabla, [filas, columnas]",
  array_shapes:
    "de imágenes, [filas, alto, ancho] con o sin canales, ni de secuencias, [filas, tiempo, variables]",
  nothing_listens: "nada escucha ahí",
  no_host: "no existe ese servidor",
  no_answer: "no hay respuesta",
  keras_ensemble: "un ensemble son varias redes con una puntuación propia",
  keras_to_import:
    "es un modelo de Keras: espejo import FICHERO -o model.onnx hace de él un fichero de modelo",
  keras_saved_model: "un SavedModel de TensorFlow",
  keras_tfjs: "una red de TensorFlow.js",
  keras_tflite: "un modelo de TensorFlow Lite",
  keras_graph_file: "un grafo de TensorFlow",
  keras_weights_only: "pesos sin una red",
  keras_network_only: "una red sin pesos",
  keras_other_weights: "un modelo de Keras cuyos pesos no están en un solo fichero HDF5",
  keras_onnx: "un modelo ONNX",
  keras_torch: "un fichero de PyTorch",
  keras_pickle: "un pickle de Python",
  keras_folder: "una carpeta",
  keras_cure_saved_model:
    'guárdelo como .keras con Keras 2 (pip install tf_keras): tf_keras.models.load_model(CARPETA).save("model.keras")',
  keras_cure_tfjs:
    "conviértalo de vuelta: tensorflowjs_converter --input_format tfjs_layers_model --output_format keras model.json model.h5",
  keras_cure_origin:
    'no se convierte de vuelta: guarde el modelo de Keras del que se hizo, model.save("model.keras")',
  keras_cure_weights:
    'construya la red en Python, dele estos pesos (load_weights) y guarde ambos: model.save("model.keras")',
  keras_cure_network:
    'en Python: model = keras.models.model_from_json(texto); model.load_weights(FICHERO); model.save("model.keras")',
  keras_cure_again: 'guarde el propio modelo: model.save("model.keras")',
  keras_cure_onnx:
    "un fichero de modelo de Espejo no se importa: espejo score DATOS -m FICHERO; de otro programa, guarde el modelo de Keras del que se hizo",
  keras_cure_torch:
    'construya la misma red en Keras, dele los pesos (set_weights) y guárdela: model.save("model.keras")',
  keras_cure_folder: "indique el propio fichero: model.keras o model.h5",
  keras_change: "cámbielo en Python, dé los pesos al nuevo modelo (set_weights) y guarde ese",
  keras_unquantized: "guarde el modelo antes de llamar a quantize()",
  keras_unknown: "ningún ajuste así",
  keras_number: "un número",
  keras_numbers: "números",
  keras_count: "un número entero de al menos 1",
  keras_sides: "números enteros de celdas para cada lado",
  keras_sizes: "un número, o uno por lado",
  keras_below_strides: "números enteros menores que los pasos (strides)",
  day: "un día",
  business_day: "un día laborable",
  week: "una semana",
  month: "un mes",
  quarter: "un trimestre",
  half_year: "medio año",
  year: "un año",
  finite_number: "un número con el que calcular",
  text: "un texto",
  one_number: "un número",
  finite: "un número finito",
  whole_number: "un número entero",
  yes_or_no: "true o false",
  object: "un objeto",
  list: "una lista",
  one_of: "uno de {names}",
  exactly_one_of: "exactamente uno de {names}",
  either: "{one} o {other}",
  at_least: "un número de al menos {limit}",
  more_than: "un número mayor que {limit}",
  at_most: "un número de {limit} como mucho",
  less_than: "un número menor que {limit}",
  least_characters: "un texto de al menos {limit} {limit:carácter|caracteres}",
  most_characters: "un texto de {limit} {limit:carácter|caracteres} como mucho",
  least_values: "una lista de al menos {limit} {limit:valor|valores}",
  most_values: "una lista de {limit} {limit:valor|valores} como mucho",
  without: 'un objeto sin "{name}"',
  nothing: "nada",
  a_function: "una función",
  held_bytes: "{kind} de {bytes} {bytes:byte|bytes}",
  the_body: "el cuerpo",
  the_query: "la consulta",
  the_request: "la petición",
  rows_sent: "filas",
  columns_sent: "columnas",
  count_values: "{count} {count:valor|valores}",
  count_bytes: "{count} {count:byte|bytes}",
  list_of: "una lista de {size}",
  list_or_image: 'una lista de {size}, o {"b64": "..."}',
  list_of_values: "una lista de {size} {size:valor|valores}",
  arrays_of: "instances, una lista de matrices de {shape} ({content})",
  row_object: "un objeto con un valor para cada columna",
  number_or_null: "un número o null",
  neither: "ninguno",
  both: "ambos",
  tensor_data: '"data", o "parameters.binary_data_size"',
  body_bytes: "como mucho los {bytes} bytes del cuerpo",
  bytes_left: "como mucho los {bytes} bytes que quedan detrás del JSON",
  bytes_behind: "{bytes} bytes detrás del JSON, como dicen las entradas",
  one_tensor: 'un solo tensor, "x"',
  value_per_row: "[{rows}] o [{rows}, 1], un valor para cada fila",
  rows_of_shape: "[filas, {sizes}]",
  shape_in_memory: "una forma que quepa en la memoria",
  values_of_shape: "{count} {count:valor|valores}, como dice la forma [{shape}]",
  bytes_of_shape: "{count} {count:byte|bytes}, como dicen la forma y el tipo",
  elements:
    "{count} {count:elemento|elementos} de BYTES, cada uno detrás de su longitud en cuatro bytes",
  whole_elements: "{bytes} bytes con {count} {count:elemento entero|elementos enteros}",
  image_file: "una imagen en PNG, JPEG o WebP",
  image_format: "una imagen en {format}",
  image_pixels: "una imagen de más de {limit} píxeles",
  most_images: "{limit} imágenes como mucho, de las que cada una pasa a {height} x {width} píxeles",
  image_cells: "{channels} {channels:canal|canales} de {depth}, que no se leen",
  image_format_of: "{format} no es uno de {formats}",
  image_damaged: "{bytes} {bytes:byte que no es|bytes que no son} una imagen entera",
  the_form: "el formulario",
  form_boundary: "su Content-Type no dice el límite (boundary) de un formulario",
  form_cut: "no es un formulario entero con el límite (boundary) que dice su Content-Type",
  form_names: "un nombre y un valor en cada parte",
  form_file: "un fichero con una tabla, o ficheros de imágenes",
  form_types: "un fichero en CSV, JSON o NDJSON, o una imagen en PNG, JPEG o WebP",
  one_table: "una sola tabla, o solo imágenes",
  most_fields: "{limit} campos que no son ficheros como mucho",
  more: "más",
  stated_once: "un solo valor, en la consulta o en el formulario",
  count_rows: "{count} {count:fila|filas}",
  count_columns: "{count} {count:columna|columnas}",
  steps: "{time} {time:fila|filas}, una por paso, o un múltiplo",
  step_columns:
    "{features} {features:columna|columnas} con un paso en cada fila, o {cells} con una secuencia en cada fila",
  answers_of: "una respuesta en uno de {types}",
  own_files: "un modelo o ajuste con el que se inició el servidor",
  not_utf8: "no es UTF-8",
  too_deep: "listas y objetos en más de {levels} niveles",
  json_ends: "termina antes de tiempo",
  json_stands: "línea {line}, carácter {character}: ahí no puede ir {found}",
  body_length: "no tiene tantos bytes como dice su Content-Length",
  body_packed: "no está comprimido como dice su Content-Encoding",
  taken_away: "se retiró",
  load_failed: "su fichero no sirve; el registro del servidor dice por qué",
  another_site: "otro sitio",
  host_absent: "no nombra ningún host",
  several_hosts: "nombra varios hosts",
};

/** What a parameter says that holds a phrase or a list of them; words of the system stay as they are. */
export function spanishPhrase(english: string): string {
  const known = (part: string): string | undefined => {
    const found = phraseOf(part);
    return found && esPhrases[found.phrase];
  };
  const parts = english.split(", ").map(known);
  return known(english) ?? (parts.includes(undefined) ? english : parts.join(", "));
}
