import { optionAbout } from "./invocation/about.ts";
import { aboutItems, type Items } from "./language.ts";

/**
 * What can go wrong for a person who uses Espejo: one row per error, its exit code and its English
 * text with `{parameters}`. `cli/texts/es` holds the Spanish texts; a test keeps the two and the docs equal.
 * `argument_wrong` is what a formula, a network or a figure says of shapes and sizes that do not go together.
 */
export const catalogue = {
  // 1: the work failed
  not_finite: {
    exit: 1,
    text: "the loss became {value} in epoch {epoch}: lower the learning rate (now {rate}), clip the gradients (clipNorm), or scale the columns",
  },
  write_failed: { exit: 1, text: "{path} could not be written: {reason}" },
  run_failed: {
    exit: 1,
    text: "--run: the folder of the run, {path}, cannot be written: {reason}; name another one with --run, or leave that out and name a file with -o",
  },
  memory_short: {
    exit: 1,
    text: "{path}: reading it takes more memory than the {limit} it may have; raise that with --memory-limit, or close other programs",
  },
  run_busy: {
    exit: 1,
    text: "the run in {path} is under way: process {pid} on {host} is at it; wait for its end, or end it first",
  },
  cluster_exists: {
    exit: 1,
    text: "{path} exists, and Spark would replace it: name another place, or say --overwrite",
  },
  cluster_foreign: {
    exit: 1,
    text: "{path} holds what no job of Spark has finished (there is no _SUCCESS), so that --overwrite does not replace it: remove it, or name another place",
  },
  cluster_failed: {
    exit: 1,
    text: "Spark could not do it: {reason}; --spark-log keeps all that it says",
  },
  cluster_ended: {
    exit: 1,
    text: "the Python process that talks to Spark ended (exit {code}): {reason}; --spark-log keeps all that it says",
  },
  // 2: usage
  argument_value: { exit: 2, text: "{argument} must be {wanted}, got {got}" },
  argument_unknown: {
    exit: 2,
    text: '{call} has no option "{name}"; did you mean "{nearest}"?',
  },
  argument_wrong: { exit: 2, text: "{reason}" },
  file_stream: {
    exit: 2,
    text: "{format} cannot be written to a stream: name a file, or choose csv, json or ndjson",
  },
  excel_format: {
    exit: 2,
    text: "--excel says how CSV is written, and here {format} is; write to a .csv file, or leave --excel out: .xlsx opens right in every language",
  },
  xlsx_rows: {
    exit: 3,
    text: "{path}: a sheet of Excel holds 1,048,576 rows, with the header, and there are more; write .csv or .parquet",
  },
  xlsx_columns: {
    exit: 3,
    text: "{path}: a sheet of Excel holds 16,384 columns, and there are {columns}; write .csv or .parquet",
  },
  xlsx_text: {
    exit: 3,
    text: '{path}, row {row}, column "{column}": a cell of Excel holds 32,767 characters, and this text has more; write .csv or .parquet',
  },
  xlsx_size: {
    exit: 3,
    text: "{path}: the sheet would be larger than 4 GB; write .csv or .parquet",
  },
  command_unknown: {
    exit: 2,
    text: 'there is no command or file "{name}"; did you mean "{nearest}"? espejo --help lists the commands',
  },
  option_unknown: {
    exit: 2,
    text: "{command} has no option {option}; did you mean {nearest}? espejo {command} --help lists them",
  },
  option_incomplete: { exit: 2, text: "{option} needs a value, as in {usage}" },
  argument_missing: { exit: 2, text: "{command} needs {argument}: {usage}" },
  argument_extra: {
    exit: 2,
    text: '"{value}" is one argument too many: {usage}; a pattern such as "data/*.csv" stands in quotes',
  },
  option_value: { exit: 2, text: "{option}: {expected}, got {value}" },
  option_number: { exit: 2, text: '{option}: a number {bounds} is expected, got "{value}"' },
  option_whole: { exit: 2, text: '{option}: a whole number {bounds} is expected, got "{value}"' },
  option_word: {
    exit: 2,
    text: '{option}: one of {words} is expected, got "{value}"',
  },
  option_seconds: {
    exit: 2,
    text: '{option}: a time such as 45s, 2m or 1h, or a number of seconds, is expected, got "{value}"',
  },
  option_switch: { exit: 2, text: '{option}: true or false is expected, got "{value}"' },
  option_types: {
    exit: 2,
    text: '{option}: name=number|category|date|text|boolean,... is expected, got "{value}"',
  },
  option_zone: {
    exit: 2,
    text: '{option}: a time zone such as Europe/Madrid or UTC is expected, got "{value}"',
  },
  option_size: { exit: 2, text: '{option}: a size such as 500MB is expected, got "{value}"' },
  option_shape: {
    exit: 2,
    text: '{option}: sizes such as 28x28x1 are expected, got "{value}"',
  },
  option_mark: { exit: 2, text: '{option}: one character is expected, got "{value}"' },
  option_ending: {
    exit: 2,
    text: '{option}: a file that ends in .csv, .xlsx, .parquet, .json or .ndjson is expected, or --format beside it, got "{value}"',
  },
  kind_content: {
    exit: 2,
    text: "the kind {kind} does not learn from {content}: it takes {wanted}; espejo kinds lists all",
  },
  network_options: { exit: 2, text: "this network cannot be built: {reason}" },
  model_unnamed: { exit: 2, text: "{command} needs a model: -m model.onnx" },
  label_unnamed: {
    exit: 2,
    text: "evaluate needs the column that tells normal rows from anomalies: --label COLUMN",
  },
  threshold_rule: { exit: 2, text: "threshold: must be one of {rules}, got {value}" },
  threshold_number: {
    exit: 2,
    text: "threshold: {name} needs {expected}, as in {example}, got {value}",
  },
  threshold_time: {
    exit: 2,
    text: "{path}: a budget per {per} needs the dates of the rows; name their column with --time COLUMN, or take budget:N without a calendar",
  },
  threshold_alone: { exit: 2, text: "threshold: {name} takes no number, got {value}" },
  threshold_labels: {
    exit: 2,
    text: "threshold: {rule} needs labelled calibration rows; name a label column with --label, or take a rule without labels such as quantile:0.99",
  },
  content_rows: {
    exit: 2,
    text: "{path} is read as {content}, and --content rows asks for rows of a table; leave the option out",
  },
  split_column: {
    exit: 2,
    text: "{path}: --split {split} needs a column that tells it; name one with --{column} COLUMN, or take --split random",
  },
  split_content: {
    exit: 2,
    text: "{path}: --split {split} is about rows of a table and windows of series, and these are {content}; leave it out, or take --split random",
  },
  threshold_anomalies: {
    exit: 2,
    text: "threshold: {rule} needs an anomaly among the calibration rows; take a rule without labels such as quantile:0.99",
  },
  threshold_data: {
    exit: 2,
    text: "threshold: the rule {rule} needs rows to choose it on: espejo threshold data.csv -m model.onnx {rule:--threshold} -o new.onnx; a number needs none",
  },
  threshold_trained: {
    exit: 3,
    text: "{path}: these rows trained the model, and without the labels of that training ({label}) nothing tells which of them did not; give the rows with them, or other rows",
  },
  threshold_marks: {
    exit: 3,
    text: "{path}: {rows} {rows:row is|rows are} marked, {confirmed} of them confirmed; a threshold is chosen from {least} or more, {leastConfirmed} of them confirmed: mark more rows",
  },
  threshold_marks_rule: {
    exit: 2,
    text: "threshold: {rule} does not look at marks; with --marks take f1, fbeta:2, recall:0.8, precision:0.9 or cost:10",
  },
  column_taken: {
    exit: 2,
    text: '{path} has a column "{column}" already; name another one with --column',
  },
  marks_absent: { exit: 3, text: "{path}: no row has a mark, confirmed or false_alarm" },
  mark_columns: {
    exit: 3,
    text: "{path}: marks need a column mark, and one row with the numbers of rows from 1, or the columns that name the rows of the data; there are {columns}",
  },
  mark_unknown: {
    exit: 3,
    text: '{path}, line {line}: a mark is confirmed, false_alarm or empty, and this is "{value}"',
  },
  mark_row: {
    exit: 3,
    text: '{path}, line {line}: row must be the number of a row, from 1, and is "{value}"',
  },
  mark_beyond: {
    exit: 3,
    text: "{path}, line {line}: row {row} is marked, and {data} has {rows} {rows:row|rows}: are these the data that were marked?",
  },
  mark_contradicts: {
    exit: 3,
    text: "{path}: row {row} is {before} on line {other} and {mark} on line {line}; leave one of them",
  },
  mark_runs: {
    exit: 3,
    text: "{path} holds the marks of several runs ({runs}), each with rows of its own; export those of one run, or leave its lines alone in a copy",
  },
  mark_name: {
    exit: 3,
    text: '{path}, line {line}: no row of {data} has {column} = "{value}"',
  },
  mark_name_several: {
    exit: 3,
    text: '{path}, line {line}: several rows of {data} have {column} = "{value}"; name the rows by their numbers, in a column row',
  },
  threshold_rows: {
    exit: 3,
    text: "threshold: {rule} needs at least {least} {least:row that calibrates|rows that calibrate}, got {rows}; take a larger share or give more rows",
  },
  config_unreadable: { exit: 2, text: "{path}: cannot be read as settings: {reason}" },
  config_unknown: {
    exit: 2,
    text: '{path}: there is no setting "{name}"; did you mean "{nearest}"?',
  },
  resume_option: {
    exit: 2,
    text: "--resume: {option} was {before} when the run began and is {value} now; leave it out, or begin a new run",
  },
  resume_folder: { exit: 2, text: "--resume: {path} cannot be used: {reason}" },
  resume_command: {
    exit: 2,
    text: "--resume: espejo {command} began the run {path}, and goes on with it: espejo {command} {path:--resume}",
  },
  resume_program: {
    exit: 2,
    text: "--resume: a program began the run {path}, and has its data; go on with it there, with the option resumeRun",
  },
  query_missing: {
    exit: 2,
    text: '{path}: say what to read with --query, as in --query "SELECT * FROM sales"',
  },
  option_range: {
    exit: 2,
    text: '{option}: two numbers are expected, the lower one first, as in 0,4095, got "{value}"',
  },
  option_image_size: {
    exit: 2,
    text: '{option}: a height and a width such as 64x64 are expected, got "{value}"',
  },
  cluster_output: {
    exit: 2,
    text: "name once where the rows go: a folder with -o, or a table with --output-table",
  },
  cluster_ending: {
    exit: 2,
    text: '-o: a folder that ends in .parquet, .csv, .json or .ndjson is expected, got "{value}"; Spark writes files into it',
  },
  cluster_source: {
    exit: 2,
    text: "name what to read once: DATA, --table or --sql; {given} were named",
  },
  cluster_option: {
    exit: 2,
    text: "{option} is not for a cluster: {reason}",
  },
  // 3: data or schema
  run_unknown: {
    exit: 3,
    text: "{path}: no run can be read there: {reason}; name the folder of a run, or one that holds some",
  },
  ranking_absent: {
    exit: 3,
    text: "{path}: a run of espejo {command}, which ranks no rows; score some by its model: espejo score data.csv {model:--model} --sort",
  },
  ranking_unfinished: {
    exit: 3,
    text: "{path}: the run has not come to its ranking; go on with it: espejo detect {path:--resume}",
  },
  ranking_damaged: {
    exit: 3,
    text: "{path}: the ranking cannot be read: {reason}; make it again: espejo detect {folder:--resume}",
  },
  resume_data: {
    exit: 3,
    text: "--resume: the values of {path} are not those that the run began with; begin a new run",
  },
  address_remote: {
    exit: 3,
    text: "{path}: nothing is fetched from the network: download it, and name the file",
  },
  file_missing: { exit: 3, text: "{path}: no such file" },
  file_empty: { exit: 3, text: "{path}: the file is empty" },
  file_no_rows: { exit: 3, text: "{path}: a header and no rows below it" },
  file_is_folder: {
    exit: 3,
    text: "{path}: a folder; name a file in it, or a pattern such as {path}/*.csv",
  },
  file_unreadable: { exit: 3, text: "{path}: cannot be read: {reason}" },
  file_binary: {
    exit: 3,
    text: "{path}: this is {kind}, not a table of text, Parquet or JSON; export it as CSV",
  },
  file_foreign: { exit: 3, text: "{path}: this is {kind}: {cure}" },
  file_disguised: { exit: 3, text: "{path}: {kind} named {ending}: {cure}" },
  arff_head: {
    exit: 3,
    text: '{path}, line {line}: "{text}" is no declaration of an ARFF file, such as @attribute age numeric, or no @data follows; correct it, or export the table as CSV',
  },
  arff_relational: {
    exit: 3,
    text: '{path}, line {line}: the attribute "{column}" holds tables inside of cells (relational), which are not read; make columns of them, in Weka with the filter RelationalToPropositional or MultiInstanceToPropositional',
  },
  arff_sparse: {
    exit: 3,
    text: '{path}, line {line}: "{text}" is no sparse row as in {example}: numbers of columns below {columns}, rising, each with a value; correct it, or export the table as CSV',
  },
  json_large: {
    exit: 3,
    text: '{path}: one JSON value of more than {most} MB that is no list of rows; save it as a list of objects, in pandas with to_json(orient="records"), or an object a line',
  },
  json_several: {
    exit: 3,
    text: "{path}: an object with several lists of rows: {names}; save the one that is meant as a file of its own",
  },
  json_ragged: {
    exit: 3,
    text: "{path}: row {row} is a list of {actual} {actual:cell|cells} where {expected} {expected:is|are} expected; correct it, or save the rows as a list of objects",
  },
  files_differ: {
    exit: 3,
    text: "{path}: not the columns of the first file; it lacks {missing}, and has besides {more}",
  },
  files_lack: {
    exit: 3,
    text: "{path}: not all the columns of the first file; it lacks {missing}",
  },
  files_more: {
    exit: 3,
    text: "{path}: more columns than the first file; it has besides {more}",
  },
  files_order: {
    exit: 3,
    text: '{path}: the columns of the first file in another order: column {place} is "{column}", there it is "{expected}"',
  },
  row_ragged: {
    exit: 3,
    text: '{path}, line {line}: {actual} {actual:field|fields} where {expected} {expected:is|are} expected; look for a missing, extra or unquoted "{delimiter}", or name the delimiter with --delimiter',
  },
  row_long: {
    exit: 3,
    text: "{path}, line {line}: longer than {most} MB; look for a quotation mark that is opened there and not closed, or break the line up",
  },
  row_quote: {
    exit: 3,
    text: "{path}, line {line}: a quotation mark is opened and not closed, or has text after it; double it inside a cell",
  },
  row_encoding: {
    exit: 3,
    text: "{path}, line {line}: the text is not UTF-8; say --encoding latin-1 or utf-16",
  },
  cell_unreadable: {
    exit: 3,
    text: '{path}, line {line} (row {row}), column "{column}": "{value}" is not a {type} ({bad} of {cells} {cells:cell|cells} {bad:is|are} not); correct it, say {value:--missing} if it means missing, or {column:--types=category}',
  },
  option_example: {
    exit: 2,
    text: '{option} "{value}": a column and an example of its numbers, such as "ventas=1.234,5"',
  },
  option_idle: {
    exit: 2,
    text: "{path} is read as {format}, where {option} has nothing to decide; leave it out",
  },
  option_data: { exit: 2, text: "{option} is about data, and none are named; say --data DATA" },
  option_kind: {
    exit: 2,
    text: "{option} changes nothing in the kind {kind}: it belongs to {kinds}; leave it out, or say another --kind",
  },
  keep_kind: {
    exit: 2,
    text: "--keep {keep} and --kind {kind} both say what is trained; leave one of them out",
  },
  pca_columns: {
    exit: 3,
    text: "{path}: PCA is made of up to {most} prepared columns, and there are {columns}; say another --keep, or fewer --features",
  },
  normal_unlabelled: {
    exit: 2,
    text: "{path}: --normal is a value of the label, and no column is the label; name it with --label",
  },
  option_late: {
    exit: 2,
    text: "{path} was read before: {option} belongs to where it is opened",
  },
  option_learnt: {
    exit: 2,
    text: '{path}, column "{column}": {option} says {stated}, and the model learnt it as {learnt}; leave the option out, or train anew',
  },
  number_example: {
    exit: 2,
    text: 'the example "{example}" for column "{column}" is no number; write one as the column has it, such as {column:--number=1.234,5}',
  },
  cell_huge: {
    exit: 3,
    text: '{path}, line {line} (row {row}), column "{column}": {value} is too great to compute with; write the column in a greater unit, correct the cell, or say {value:--missing}',
  },
  cell_infinite: {
    exit: 3,
    text: '{path}, line {line} (row {row}), column "{column}": {value} is infinite; correct it, or say --missing inf to read it as missing',
  },
  dates_order: {
    exit: 3,
    text: '{path}, column "{column}": "{value}" is no date in the order {order}; say another one with --dates, or leave it out to have it found',
  },
  time_unreadable: {
    exit: 3,
    text: '{path}: column "{column}" cannot tell time: its cells look like {examples}; a time is a number or a date such as 2024-03-31, 31/03/2024 10:30, 2020Q1, 2020-W05 or Jan-24; name another with --time, or leave it out if the rows are in order',
  },
  zone_unused: {
    exit: 3,
    text: "{path}: {zone:--zone}: no column has times of the day without an offset from UTC; leave it out",
  },
  column_duplicate: {
    exit: 3,
    text: '{path}: columns {first} and {second} are both called "{column}"; rename one, or say --no-header if the first line is a row',
  },
  column_unknown: {
    exit: 3,
    text: '{path}: no column "{column}"; did you mean "{nearest}"? The columns are {columns}',
  },
  label_missing: {
    exit: 3,
    text: '{path}: no column "{column}" for the label; did you mean "{nearest}"? The columns are {columns}',
  },
  column_absent: {
    exit: 3,
    text: '{path}: the model needs column "{column}", which is not there. Is it the right model for these data?',
  },
  column_missing: {
    exit: 3,
    text: '{path}: the model needs column "{column}", which is not there; of the columns that it does not need the nearest is "{nearest}". Is it the right model for these data?',
  },
  column_count: {
    exit: 3,
    text: "{path}: {actual} {actual:column without a name|columns without names}, and the model was trained on {expected}; is it the right model for these data?",
  },
  label_empty: { exit: 3, text: '{path}: every cell of the label column "{column}" is missing' },
  label_value: {
    exit: 3,
    text: '{path}: no row has the label {column} = "{value}"; the values are {values}',
  },
  label_one_filled: {
    exit: 3,
    text: '{path}: the label column "{column}" has no anomalies: every filled cell is "{value}", and {missing} {missing:cell is|cells are} empty; if an empty cell means normal, say --normal ""',
  },
  label_one_class: {
    exit: 3,
    text: '{path}: the label column "{column}" has no anomalies: every row is "{value}"',
  },
  column_not_number: {
    exit: 3,
    text: '{path}: column "{column}" does not hold numbers, so it has no logarithm',
  },
  weight_value: {
    exit: 3,
    text: '{path}, row {row}, column "{column}": a weight must be a number of at least 0, got "{value}"',
  },
  no_features: {
    exit: 3,
    text: "{path}: no column is left to learn from; name some with --features or --types",
  },
  too_few_rows: {
    exit: 3,
    text: "{path}: {rows} of its rows {rows:is|are} left to learn from, and at least {least} {least:is|are} needed: give it more rows",
  },
  array_header: {
    exit: 3,
    text: "{path}: the header of this {format} file cannot be read; save the array anew",
  },
  array_truncated: {
    exit: 3,
    text: "{path}: its header declares {expected} bytes of values and {actual} are there; the file is cut short or damaged",
  },
  array_empty: { exit: 3, text: "{path}: an array of shape {shape} holds no values" },
  array_type: {
    exit: 3,
    text: '{path}: values of type {type} are not read; save numbers, as with array.astype("float32")',
  },
  array_objects: {
    exit: 3,
    text: "{path}: the array holds Python objects (a pickle), which could run code and are never read; save numbers or fixed-length texts",
  },
  array_shape: { exit: 3, text: "{path}: an array of shape {shape} is not {expected}" },
  array_unknown: {
    exit: 3,
    text: '{path}: no array "{name}"; did you mean "{nearest}"? The arrays are {names}',
  },
  array_ambiguous: {
    exit: 3,
    text: "{path}: several arrays could hold the rows: {names}; name one with --array",
  },
  arrays_differ: {
    exit: 3,
    text: "{path}: rows of shape {actual}, and the model was trained on {expected}; is it the right model for these data?",
  },
  labels_count: {
    exit: 3,
    text: "{path}: {labels} {labels:label|labels} for {rows} {rows:row|rows}",
  },
  labels_shape: {
    exit: 3,
    text: "{path}: labels of shape [{shape}]; one value for each row is expected",
  },
  labels_no_files: {
    exit: 3,
    text: "{path}: no column names the images of the folder; the columns are {columns}",
  },
  labels_no_class: {
    exit: 3,
    text: "{path}: several columns could be the class of the images; name one with --label. The columns are {columns}",
  },
  archive_damaged: {
    exit: 3,
    text: "{path}: its {method} data are damaged: {reason}; copy or save it anew",
  },
  archive_swollen: {
    exit: 3,
    text: "{path}: {name} in it would swell to {megabytes} MB, as files made to do harm do; unpack it yourself if you trust it",
  },
  archive_closed: {
    exit: 3,
    text: "{path}: {name} in it cannot be unpacked here: {reason}; unpack it yourself, and name the file",
  },
  archive_layers: {
    exit: 3,
    text: "{path}: packed in itself over and over, as files made to do harm are; unpack it yourself if you trust it",
  },
  archive_no_table: {
    exit: 3,
    text: "{path}: a zip archive without a table; its files are {names} ({count} in all); unpack it, and name what shall be read: a file, or a folder of images",
  },
  archive_several: {
    exit: 3,
    text: "{path}: a zip archive with {count} tables: {names}; name one of them, as in {example}",
  },
  archive_entry: {
    exit: 3,
    text: '{path}: the archive has no file "{name}"; did you mean "{nearest}"? The files are {names}',
  },
  folder_no_images: {
    exit: 3,
    text: "{path}: no image (PNG, JPEG, WebP, TIFF, GIF, BMP, AVIF) that can be read is there; what is: {files}",
  },
  not_images: { exit: 3, text: "{path}: not a folder of images, nor an IDX, .npy or .npz file" },
  image_broken: {
    exit: 3,
    text: "{path}: cannot be read as an image: {reason}; replace it, or leave such files out with --skip-broken",
  },
  image_sizes: {
    exit: 3,
    text: "{path}: the images differ in size (height x width): {sizes}; say which one they are brought to, as in {size:--size}, and how: --fit cover, contain or fill",
  },
  sequence_long: {
    exit: 3,
    text: '{path}: the series "{series}" has {actual} {actual:step|steps}, and the model was trained on {expected} at most',
  },
  sheet_unknown: {
    exit: 3,
    text: '{path}: no sheet "{sheet}"; did you mean "{nearest}"? The sheets are {sheets}',
  },
  sheet_empty: { exit: 3, text: '{path}: the sheet "{sheet}" is empty' },
  sheet_sparse: {
    exit: 3,
    text: "{path}: {cells} cells lie scattered over {rows} rows and {columns} columns; take away what lies far from the table",
  },
  workbook_locked: {
    exit: 3,
    text: "{path}: the workbook is protected by a password; save a copy without one",
  },
  workbook_damaged: {
    exit: 3,
    text: "{path}: not a readable workbook: {reason}; open it in Excel or LibreOffice and save it anew, or export it as CSV",
  },
  database_unreachable: {
    exit: 3,
    text: "{path}: no connection to the database: {reason}; check host, port and name",
  },
  database_login: { exit: 3, text: "{path}: the database refuses this user or password" },
  query_wrong: {
    exit: 3,
    text: '{path}: the query is wrong at character {position}, "{near}": {reason}',
  },
  query_refused: { exit: 3, text: "{path}: the database refused the query: {reason}" },
  query_no_rows: { exit: 3, text: "{path}: the query gives no rows" },
  query_names: {
    exit: 3,
    text: '{path}: columns {first} and {second} of the query are both called "{column}"; rename one with AS',
  },
  cluster_content: {
    exit: 3,
    text: "{path}: a cluster trains and scores rows of tables, and these are {content}; train on one machine: espejo train",
  },
  cluster_sql: { exit: 3, text: "--sql: {reason}" },
  cluster_lines: {
    exit: 3,
    text: '{path}: the line "{text}" is no row of the table, and Spark reads every line as one: remove such lines, or write the data as Parquet',
  },
  cluster_format: {
    exit: 3,
    text: "{path}: a cluster reads CSV with one delimiter, JSON lines, Parquet and ORC here; read other data into a table and name that with --table",
  },
  cluster_table: {
    exit: 3,
    text: "there is no table or view {table} in the catalogue of this Spark",
  },
  cluster_column: {
    exit: 3,
    text: '{path}, column "{column}": {count} of {rows} cells are no {type}, such as "{value}", though it seemed one in a sample; state what it is, {column:--types=category}, or clean the column',
  },
  cluster_nested: {
    exit: 3,
    text: '{path}, column "{column}" holds {type}, of which no model learns: take its parts out by --sql, or leave it out with --ignore',
  },
  cluster_layout: {
    exit: 3,
    text: 'column "{column}" is written as {layout}, which workers cannot read: convert it by --sql',
  },
  cluster_zone: {
    exit: 3,
    text: "the Python of the workers does not know the time zone {zone}: install tzdata there",
  },
  cluster_weight: {
    exit: 3,
    text: '{path}, column "{column}": a weight must be a number of at least 0, got "{value}"',
  },
  // 5: engine or model
  model_not_espejo: {
    exit: 5,
    text: "{path}: an ONNX model, but not one that Espejo made: it does not say what its columns are; espejo train makes one, and espejo import makes one of a Keras model",
  },
  model_content: {
    exit: 3,
    text: "{path}: a model that learnt from {content}: give it such data",
  },
  arrays_shape: {
    exit: 3,
    text: "{path}: its rows are {shape}, the model takes {wanted}: read them with the same size or window",
  },
  clean_rows: {
    exit: 3,
    text: "{path}: {rows} {rows:row|rows}, but {noisy} noisy {noisy:one|ones}: each noisy row needs its clean one, in the same order",
  },
  fill_time: {
    exit: 2,
    text: "--fill interpolation: {path} has no rows in time that are known and few enough to be held, so that nothing lies between two of them; train with --time COLUMN, or fill in another way",
  },
  fill_pca: {
    exit: 2,
    text: "--fill pca: the model file has no PCA beside the model; fill in another way",
  },
  clean_partner: {
    exit: 3,
    text: "{path}: no image of the name of {noisy}: where both are folders, each noisy image needs its clean one, under the same name",
  },
  labels_absent: {
    exit: 3,
    text: "{path}: no classes were found: name their column or file, or leave out --label and --normal",
  },
  model_newer: {
    exit: 5,
    text: "{path}: a model file that needs {needs}, which this Espejo does not know: update Espejo",
  },
  model_damaged: { exit: 5, text: "{path}: not a readable ONNX model: {reason}" },
  cluster_python: {
    exit: 5,
    text: "{python} could not be started ({reason}): name a Python 3.10 or newer that has pyspark with --python, or in ESPEJO_PYTHON",
  },
  cluster_no_spark: {
    exit: 5,
    text: '{python} has no pyspark, or not the pandas, pyarrow and numpy that it needs: {python} -m pip install "pyspark[sql]>=4" onnxruntime, or name another Python with --python',
  },
  cluster_no_node: {
    exit: 5,
    text: "there is no espejo to start: npm install espejo, and name what starts it in ESPEJO_COMMAND, such as npx espejo",
  },
  cluster_worker_python: {
    exit: 5,
    text: "the Python of the workers has no {module}: install pyarrow, numpy and onnxruntime there, or name another one with --conf spark.pyspark.python=PATH",
  },
  cluster_old_spark: {
    exit: 5,
    text: "Spark {version} is too old: DataFrames go to Python as Arrow from 4.0 on",
  },
  cluster_unreachable: {
    exit: 5,
    text: "no Spark answers at {master}: {reason}",
  },
  cluster_no_runtime: {
    exit: 5,
    text: "{host} has no onnxruntime for its Python: install it on every worker, or ship an environment with --conf spark.archives",
  },
  cluster_version: {
    exit: 5,
    text: "{host} has onnxruntime {version}, and the driver {wanted}: results would hang on who computes; install the same on all",
  },
  engine_refused: { exit: 5, text: "the engine refused the program: {reason}" },
  engine_failed: { exit: 5, text: "the engine failed while it computed: {reason}" },
  engine_missing: { exit: 5, text: "no engine could be loaded: {reason}" },
  package_file: {
    exit: 5,
    text: "{file} of the package espejo could not be loaded ({place}): {reason}; {cure}",
  },
  dependency_missing: {
    exit: 5,
    text: "this needs {package}, which cannot be loaded here: {reason}; {cure}",
  },
  // Keras files
  keras_file: { exit: 5, text: "{path}: not a readable Keras model file: {reason}" },
  keras_foreign: { exit: 5, text: "{path}: {what}, not a Keras model file; {cure}" },
  keras_class: {
    exit: 5,
    text: "{path}: the model is a Python class of its own, {class}, whose layers the file does not list; save Sequential or Functional models: its encoder and decoder in a row, keras.Sequential([model.encoder, model.decoder])",
  },
  keras_graph: {
    exit: 5,
    text: '{path}: the network branches at "{name}": layers must follow each other, one input and one output each',
  },
  keras_unbuilt: {
    exit: 5,
    text: "{path}: the file does not say how large a row is: build the model or give it an Input before it is saved",
  },
  keras_input: {
    exit: 2,
    text: "{path}: the network takes rows of {shape}, where ? is left open: say all sizes with --shape",
  },
  keras_rows: { exit: 2, text: "{path}: the network takes rows of {shape}, not of {told}" },
  keras_layer: {
    exit: 5,
    text: '{path}: layer {position}, "{name}", is a {class}, which Espejo does not have; it has {known}',
  },
  keras_setting: {
    exit: 5,
    text: '{path}: layer {position}, "{name}" ({class}): {setting} is {value}, Espejo has {wanted}; {cure}',
  },
  keras_shape: { exit: 5, text: '{path}: layer {position}, "{name}" ({class}): {reason}' },
  keras_code: { exit: 2, text: '{path}: no layer is called "{code}"; the layers are {names}' },
  keras_weights: {
    exit: 5,
    text: '{path}: layer {position}, "{name}": its {weight} should be {shape}, the file has {found}',
  },
  keras_mirror: {
    exit: 2,
    text: "{path}: rows of {input} become rows of {output}: a model file needs a network that gives back what it takes; read this one with readKeras in a program",
  },
  keras_columns: {
    exit: 3,
    text: "{path}: the network takes {wanted} columns of numbers, {data} has {numbers} and {categories} of categories: choose them with --features, or --ignore others",
  },
  keras_arrays: {
    exit: 3,
    text: "{path}: the network takes rows of {wanted}, {data} has {content}: give it other data",
  },
  model_half: {
    exit: 5,
    text: "{path}: the {part} of a model file, for other programs; Espejo takes the whole file",
  },
  keras_export: { exit: 5, text: "{path}: Keras cannot express this model: {reason}" },
  // reports
  report_empty: { exit: 3, text: "{path}: there are no rows to report on" },
  // 3: comparing and tuning
  anomalies_few: {
    exit: 3,
    text: "{path}: {anomalies} {anomalies:anomaly is|anomalies are} too few: those that calibrate and those that test must each have one; give it more, or leave out --label",
  },
  tune_nothing: {
    exit: 1,
    text: "{path}: no candidate came to an end with finite figures; try --scaling robust, or a larger --budget",
  },
  // compress, denoise, generate
  compressed_unknown: { exit: 3, text: "{path}: not a file that espejo compress wrote" },
  compressed_newer: {
    exit: 3,
    text: "{path}: written by a later Espejo (format {version}, this one reads up to {known}): update Espejo",
  },
  compressed_damaged: {
    exit: 3,
    text: "{path}: the file is cut short or damaged: its checksum does not match; nothing was written",
  },
  compressed_model: {
    exit: 3,
    text: "{path}: compressed with another model than {model}: use the one whose SHA-256 begins with {fingerprint}",
  },
  compressed_engine: {
    exit: 5,
    text: "{path}: the engine here rebuilds other values than the one that compressed ({engine}): unpack with that one, or try --engine wasm or native",
  },
  compress_digits: {
    exit: 3,
    text: '{path}, row {row}, column "{column}": "{value}" has more digits than a number holds, and would come back as {back}; allow an error with --max-error, or train with {column:--types=text}',
  },
  compress_rounded: {
    exit: 3,
    text: "{path}, row {row}: a whole number beyond 2^53, which is rounded as it is read, so that nothing can be promised of it; save the array as floating point numbers, or subtract an offset",
  },
  max_error_column: {
    exit: 2,
    text: '{path}: column "{column}" has no greatest error: it does not hold numbers that the model knows, and comes back exactly',
  },
  option_max_error: {
    exit: 2,
    text: '{option}: a number of at least 0, or column=error,..., is expected, got "{value}"',
  },
  images_folder: {
    exit: 2,
    text: "{path}: images of a folder keep their own sizes, so {output} cannot hold them: name a folder with -o",
  },
  images_exact: {
    exit: 2,
    text: "-o {output}: no file of a picture holds these images as they were packed: name a file that ends in .npy, .npz or .idx",
  },
  images_output: {
    exit: 2,
    text: "-o: a folder, or a file that ends in .npy, .npz or .idx, is expected for images, got {output}",
  },
  clean_shape: {
    exit: 3,
    text: "{path}: an image of {shape}, and the noisy one is {wanted}: clean and noisy images need the same sizes, in the same order",
  },
  generate_data: {
    exit: 2,
    text: "{path}: a model of the kind {kind} does not know how its codes are distributed: name data like those of its training with --data",
  },
  generate_needs: {
    exit: 2,
    text: "{path}: --between, --quality, --report, --from-data and --noise residual need data like those of the training: name them with --data",
  },
  generate_rows: {
    exit: 3,
    text: "{path}: {rows} {rows:row is|rows are} too few to make new ones like: at least {least} rows are needed; give more rows with --data",
  },
  generate_item: {
    exit: 3,
    text: '{path}: there is no row or image "{item}"; rows are numbered from 1 to {rows}',
  },
  option_between: {
    exit: 2,
    text: '{option}: two rows or images are expected, as in 3,17, got "{value}"',
  },
  // scores
  score_kind: {
    exit: 2,
    text: "the score {score} does not go with the kind {kind}: probability needs a variational kind, and the ensemble has a score of its own",
  },
  score_cells: {
    exit: 2,
    text: "the score mahalanobis takes rows of at most {most} cells, these have {cells}: standardised has no such bound",
  },
  stamps_absent: {
    exit: 3,
    text: "{path}: no time stamps to score: they are rows of a table from which a model of sequences gets its windows",
  },
  score_not_finite: {
    exit: 3,
    text: "{path}: the score of row {row} is {value}: a cell of it is infinite, or larger than the model can compute with; correct it or leave it out, or train the model on such rows",
  },
  error_maps_content: {
    exit: 3,
    text: "{path}: error maps are for models of images, this one learnt from {content}",
  },
  // a server: what is asked of it, and by whom
  serve_models: {
    exit: 2,
    text: "espejo serve needs models: files such as fraud.onnx, names such as wines=wine.onnx, or folders of them",
  },
  serve_name: {
    exit: 2,
    text: '"{name}" cannot be the name of a model in an address: letters, digits, ".", "_" and "-" can, at most 64 of them',
  },
  serve_twice: {
    exit: 2,
    text: 'two models are called "{name}" in version {version}: {first} and {second}; give one of them another name, as in {example}',
  },
  row_unknown: { exit: 3, text: "{path}: there is no row {row}, but {rows} rows" },
  project_damaged: {
    exit: 3,
    text: "{path}: not the file of a project: {reason}; take it away, and the project begins anew with the data and runs that are there",
  },
  project_folder: {
    exit: 1,
    text: "{path}: no project can be kept there: {reason}; name another folder with --project",
  },
  source_unknown: {
    exit: 2,
    text: 'the project has no data "{id}"; they may have been taken away in another window',
  },
  path_closed: {
    exit: 2,
    text: "{path} lies outside of the folders that were opened ({folders}); drop the file into the window, or start espejo studio with its folder",
  },
  studio_page: {
    exit: 1,
    text: "the page of the studio is not built: npm run build:studio; a package from npm has it",
  },
  studio_session: {
    exit: 2,
    text: "this window does not belong to the studio that runs; open the address that espejo studio printed",
  },
  upload_name: { exit: 2, text: '"{name}" is no name for a file' },
  studio_run: { exit: 2, text: 'the project has no run "{id}"' },
  studio_model: { exit: 2, text: 'the project has no model "{id}"' },
  studio_scoring: { exit: 2, text: 'the project has no scored file "{id}"' },
  studio_running: { exit: 2, text: "this run is under way; stop it first" },
  studio_ended: { exit: 2, text: "this run does not run" },
  serve_open: {
    exit: 2,
    text: "whoever reaches {host} could use the models: set ESPEJO_TOKEN, name a file with --token-file, or say --insecure",
  },
  serve_listen: {
    exit: 1,
    text: "{host}:{port}: listening failed: {reason}; choose another --port",
  },
  token_file: {
    exit: 2,
    text: "{path}, line {line}: a token of at least 16 characters and its scope, infer or admin, are expected",
  },
  token_short: {
    exit: 2,
    text: "ESPEJO_TOKEN: a token of at least {least} characters is expected; openssl rand -hex 16 makes one",
  },
  token_missing: {
    exit: 2,
    text: "this needs a token that the server knows: send it as Authorization: Bearer TOKEN",
  },
  token_scope: { exit: 2, text: "this needs a token with the scope {scope}" },
  host_refused: {
    exit: 2,
    text: 'the server is for this machine, and "{host}" is no name of it; ask for localhost or 127.0.0.1, or start it with --host and tokens',
  },
  origin_refused: {
    exit: 2,
    text: "pages of {origin} may not use this server; the one who runs it can allow them with --origin",
  },
  route_unknown: { exit: 2, text: "nothing answers to {path}; /docs lists the addresses" },
  served_unknown: { exit: 2, text: 'there is no model "{name}" here; there are {names}' },
  served_unready: { exit: 2, text: 'the model "{name}" is not loaded: {reason}' },
  served_several: {
    exit: 2,
    text: "several models are here ({names}), and this address names none; the one who runs the server can choose one with --default",
  },
  version_unknown: {
    exit: 2,
    text: 'there is no version {version} of the model "{name}"; there are {versions}',
  },
  request_json: { exit: 2, text: "the body is not JSON: {reason}" },
  request_cut: { exit: 2, text: "the body cannot be read: {reason}" },
  request_invalid: { exit: 2, text: "{place}: {wanted} is expected, got {got}" },
  request_type: {
    exit: 2,
    text: 'a body of the type "{type}" is not understood here; /docs says which are',
  },
  request_content: {
    exit: 2,
    text: 'the model takes {content}, and not in a body of the type "{type}"; send one of {types}',
  },
  request_large: {
    exit: 2,
    text: "the body is larger than {limit} bytes; send fewer rows at once (the one who runs the server can raise --body-limit)",
  },
  request_rows: {
    exit: 2,
    text: "there are more than {limit} rows; send fewer at once (the one who runs the server can raise --max-rows)",
  },
  request_pixels: {
    exit: 2,
    text: "the images have more than {limit} million pixels together; send fewer at once, or smaller ones: the model makes them small anyway",
  },
  request_width: {
    exit: 3,
    text: "line {line} has {fields} {fields:field|fields}, and the header {columns}; a field that holds what parts fields stands in quotes",
  },
  request_often: {
    exit: 2,
    text: "too many requests of this token or address; try again in a while",
  },
  request_http: { exit: 2, text: "this cannot be read as a request in HTTP 1.1: {reason}" },
  request_head: {
    exit: 2,
    text: "the address and the headers have more than {limit} bytes together",
  },
  request_late: {
    exit: 2,
    text: "the request did not come in time: its head may take {head} seconds, all of it {whole}",
  },
  request_slow: {
    exit: 2,
    text: "it took longer than {seconds} seconds; send fewer rows at once (the one who runs the server can raise --timeout)",
  },
  column_extra: {
    exit: 3,
    text: 'the model knows no column "{column}"; leave it out (the server was started with --strict-columns)',
  },
  cell_refused: {
    exit: 3,
    text: 'row {row}, column "{column}": a {type} is expected, got {value}; null is a missing cell',
  },
  server_busy: { exit: 1, text: "the server has as much to do as it can; try again in a while" },
  server_fault: {
    exit: 1,
    text: "the server failed at this request; its log says why, under {id}",
  },
  map_ending: {
    exit: 2,
    text: '{option}: a file that ends in .svg or .png (a picture), .csv, .xlsx, .parquet, .json or .ndjson (coordinates) is expected, got "{value}"',
  },
} as const satisfies Record<string, { exit: number; text: string }>;

/** A code of the catalogue; docs/errors.md says what to do about each. */
export type ErrorCode = keyof typeof catalogue;

/** Words that come as parameters of errors and notes, so that other languages can translate them too. */
export const phrases = {
  tables: "tables",
  images: "images",
  sequences: "sequences",
  of_one_machine: "it is for a training on one machine",
  budget_of_rows: "a budget there is of rows, as in budget:50, not of a day or month",
  one_of_two_places: "with --master the application is its own; name one of the two",
  disk_full: "the disk is full",
  file_too_large: "it is larger than files may be here",
  no_write_permission: "you have no permission to write there",
  no_permission: "you have no permission",
  no_folder: "its folder does not exist",
  is_folder: "it is a folder",
  is_file: "it is a file, not a folder",
  read_only: "the disk is read-only",
  no_object: "an object with settings is expected",
  binary: "binary data",
  has_password: "it has a password",
  rare_packing: "it is packed in a way that is seldom used",
  access: "an Access database",
  arrow: "an Arrow or Feather file",
  avro: "an Avro file",
  bzip2: "packed with bzip2",
  compressed: "packed with compress",
  dbase: "a dBASE file",
  document: "a document",
  excel_binary: "a binary Excel workbook (.xlsb)",
  excel_old: "an Excel workbook of the kind before 2007 (.xls)",
  excel_xml: "an XML workbook of Excel 2003",
  google_link: "a link to a Google document, not the document",
  hdf5: "an HDF5 file",
  image: "an image",
  keras: "a Keras network",
  lfs: "a pointer of Git LFS, not the file itself",
  lz4: "packed with lz4",
  matlab: "a MATLAB file",
  netcdf: "a NetCDF file",
  numbers_mac: "a Numbers document",
  numpy: "a NumPy array",
  orc: "an ORC file",
  pdf: "a PDF",
  pickle: "a Python pickle, which could run code and is never read",
  r_data: "an R data file",
  rar: "a RAR archive",
  sas: "a SAS file",
  seven_zip: "a 7z archive",
  slides: "a presentation",
  spss: "an SPSS file",
  sqlite: "an SQLite database",
  stata: "a Stata file",
  tar: "a tar archive",
  web_page: "a web page",
  word: "a text document",
  xml: "an XML file",
  xz: "packed with xz",
  cure_7z: "unpack it, with 7-Zip for example, and name the table in it",
  cure_access: "in Access: External Data, Export, Text File",
  cure_arrow:
    'save it as Parquet: pandas.read_feather("FILE").to_parquet("FILE.parquet") in Python, arrow::write_parquet in R',
  cure_avro: "save it as Parquet or CSV",
  cure_bzip2: "unpack it, with bunzip2 for example, and name what comes out",
  cure_copy: "copy the table in it into a spreadsheet, and save that as .xlsx",
  cure_csv: "export the table in it as CSV",
  cure_google: "open it in the browser: File, Download, Comma-separated values",
  cure_hdf5:
    'a Keras network is read by espejo import; save a table in it as Parquet: pandas.read_hdf("FILE").to_parquet("FILE.parquet") in Python',
  cure_image: "name the folder that the images are in",
  cure_keras: "espejo import reads it",
  cure_lfs: "fetch the file with git lfs pull",
  cure_lz4: "unpack it, with lz4 -d for example, and name what comes out",
  cure_matlab: 'in MATLAB: writetable(T, "FILE.csv"), or writematrix of an array',
  cure_netcdf:
    'save it as CSV: xarray.open_dataset("FILE").to_dataframe().to_csv("FILE.csv") in Python',
  cure_numbers: "in Numbers: File, Export To, Excel",
  cure_orc: 'save it as Parquet: pandas.read_orc("FILE").to_parquet("FILE.parquet") in Python',
  cure_pdf:
    "take the table out of it, in Excel by Data, Get Data, From PDF, and save that as .xlsx",
  cure_pickle:
    'save it as Parquet: pandas.read_pickle("FILE").to_parquet("FILE.parquet") in Python, if you trust the file',
  cure_r:
    'save it as CSV: write.csv(readRDS("FILE"), "FILE.csv", row.names = FALSE) in R, or load("FILE") first if it is an .RData',
  cure_sas: "save it as CSV: PROC EXPORT in SAS, haven::read_sas in R, pandas.read_sas in Python",
  cure_spss:
    "save it as CSV: File, Save As in SPSS, haven::read_sav in R, pandas.read_spss in Python",
  cure_sqlite:
    'save a table of it as CSV: sqlite3 -header -csv FILE "SELECT * FROM TABLE" > TABLE.csv',
  cure_stata:
    "save it as CSV: export delimited in Stata, haven::read_dta in R, pandas.read_stata in Python",
  cure_tar: "unpack it with tar -xf, and name the table in it",
  cure_web:
    "look at it in a browser, for it may say why the download failed; a table in it becomes one here when Excel opens it and saves it as .xlsx",
  cure_xlsx: "open it in Excel or LibreOffice and save it as .xlsx",
  cure_xz: "unpack it, with unxz for example, and name what comes out",
  number: "number",
  single_value: "single value",
  date: "date",
  share_open: "a number in (0, 1)",
  share_closed: "a number in [0, 1]",
  share_positive: "a number in (0, 1]",
  above_zero: "a number above 0",
  whole_alerts: "a whole number of alerts above 0",
  cure_install:
    "install espejo with its optional parts: ONNXRUNTIME_NODE_INSTALL=skip npm install espejo --include=optional",
  cure_musl:
    "there is no native engine for this system (musl, as in Alpine): take one with the GNU C library, such as Debian, or stay with the slower WASM engine",
  cure_system:
    "there is no native engine for this system and processor: the slower WASM engine takes over",
  not_loaded: "it is not there, is no script, or is not allowed",
  place_unknown: "an unknown place",
  bundle_node: "leave espejo out of the bundle (esbuild: --packages=external), or install it anew",
  bundle_web:
    "build ES modules and serve this file beside them (docs/browser.md has the line for each bundler); a content security policy needs worker-src 'self' and script-src 'self' 'wasm-unsafe-eval'",
  not_a_run: "it is not the folder of a run",
  not_there: "it is not there",
  foreign_files: "files lie there that have such names as model.onnx and are of no run",
  table_shape: "a table, [rows, columns]",
  array_shapes:
    "images, [rows, height, width] with or without channels, nor sequences, [rows, time, features]",
  nothing_listens: "nothing listens there",
  no_host: "there is no such host",
  no_answer: "there is no answer",
  keras_ensemble: "an ensemble is several networks with a score of its own",
  keras_to_import: "it is a Keras model: espejo import FILE -o model.onnx makes a model file of it",
  keras_saved_model: "a TensorFlow SavedModel",
  keras_tfjs: "a network of TensorFlow.js",
  keras_tflite: "a TensorFlow Lite model",
  keras_graph_file: "a TensorFlow graph",
  keras_weights_only: "weights without a network",
  keras_network_only: "a network without weights",
  keras_other_weights: "a Keras model whose weights are not in one HDF5 file",
  keras_onnx: "an ONNX model",
  keras_torch: "a PyTorch file",
  keras_pickle: "a pickle of Python",
  keras_folder: "a folder",
  keras_cure_saved_model:
    'save it as .keras with Keras 2 (pip install tf_keras): tf_keras.models.load_model(FOLDER).save("model.keras")',
  keras_cure_tfjs:
    "turn it back: tensorflowjs_converter --input_format tfjs_layers_model --output_format keras model.json model.h5",
  keras_cure_origin:
    'it does not turn back: save the Keras model that it was made from, model.save("model.keras")',
  keras_cure_weights:
    'build the network in Python, give it these weights (load_weights), and save both: model.save("model.keras")',
  keras_cure_network:
    'in Python: model = keras.models.model_from_json(text); model.load_weights(FILE); model.save("model.keras")',
  keras_cure_again: 'save the model itself: model.save("model.keras")',
  keras_cure_onnx:
    "a model file of Espejo needs no import: espejo score DATA -m FILE; of another program, save the Keras model that it was made from",
  keras_cure_torch:
    'build the same network in Keras, give it the weights (set_weights), and save it: model.save("model.keras")',
  keras_cure_folder: "name the file itself: model.keras or model.h5",
  keras_change: "change it in Python, give the new model the weights (set_weights), and save that",
  keras_unquantized: "save the model before quantize() is called",
  keras_unknown: "no such setting",
  keras_number: "a number",
  keras_numbers: "numbers",
  keras_count: "a whole number of at least 1",
  keras_sides: "whole numbers of cells for each side",
  keras_sizes: "one number, or one for each side",
  keras_below_strides: "whole numbers below the strides",
  day: "a day",
  business_day: "a business day",
  week: "a week",
  month: "a month",
  quarter: "a quarter",
  half_year: "half a year",
  year: "a year",
  finite_number: "number to compute with",
  // what a value must be, and what came
  text: "a text",
  one_number: "a number",
  finite: "a finite number",
  whole_number: "a whole number",
  yes_or_no: "true or false",
  object: "an object",
  list: "a list",
  one_of: "one of {names}",
  exactly_one_of: "exactly one of {names}",
  either: "{one} or {other}",
  at_least: "a number of at least {limit}",
  more_than: "a number of more than {limit}",
  at_most: "a number of at most {limit}",
  less_than: "a number of less than {limit}",
  least_characters: "a text of at least {limit} {limit:character|characters}",
  most_characters: "a text of at most {limit} {limit:character|characters}",
  least_values: "a list of at least {limit} {limit:value|values}",
  most_values: "a list of at most {limit} {limit:value|values}",
  without: 'an object without "{name}"',
  nothing: "nothing",
  a_function: "a function",
  held_bytes: "{kind} of {bytes} {bytes:byte|bytes}",
  // of requests
  the_body: "the body",
  the_query: "the query",
  the_request: "the request",
  rows_sent: "rows",
  columns_sent: "columns",
  count_values: "{count} {count:value|values}",
  count_bytes: "{count} {count:byte|bytes}",
  list_of: "a list of {size}",
  list_or_image: 'a list of {size}, or {"b64": "..."}',
  list_of_values: "a list of {size} {size:value|values}",
  arrays_of: "instances, a list of arrays of {shape} ({content})",
  row_object: "an object with a value for each column",
  number_or_null: "a number or null",
  neither: "neither",
  both: "both",
  tensor_data: '"data", or "parameters.binary_data_size"',
  body_bytes: "at most the {bytes} bytes of the body",
  bytes_left: "at most the {bytes} bytes that are left behind the JSON",
  bytes_behind: "{bytes} bytes behind the JSON, as the inputs say",
  one_tensor: 'one tensor, "x"',
  value_per_row: "[{rows}] or [{rows}, 1], a value for each row",
  rows_of_shape: "[rows, {sizes}]",
  shape_in_memory: "a shape that fits into memory",
  values_of_shape: "{count} {count:value|values}, as the shape [{shape}] says",
  bytes_of_shape: "{count} {count:byte|bytes}, as shape and datatype say",
  elements: "{count} {count:element|elements} of BYTES, each behind its length in four bytes",
  whole_elements: "{bytes} bytes with {count} whole {count:element|elements}",
  image_file: "an image in PNG, JPEG or WebP",
  image_format: "an image in {format}",
  image_pixels: "an image of more than {limit} pixels",
  most_images: "at most {limit} images, each of which becomes {height} x {width} pixels",
  image_cells: "{channels} {channels:channel|channels} of {depth}, which are not read",
  image_format_of: "{format} is not one of {formats}",
  image_damaged: "{bytes} {bytes:byte that is|bytes that are} no whole image",
  the_form: "the form",
  form_boundary: "its Content-Type names no boundary of a form",
  form_cut: "it is no whole form with the boundary that its Content-Type names",
  form_names: "a name and a value in each part",
  form_file: "a file with a table, or files of images",
  form_types: "a file in CSV, JSON or NDJSON, or an image in PNG, JPEG or WebP",
  one_table: "one table, or images alone",
  most_fields: "at most {limit} fields that are no files",
  more: "more",
  stated_once: "one value, in the query or in the form",
  count_rows: "{count} {count:row|rows}",
  count_columns: "{count} {count:column|columns}",
  steps: "{time} {time:row|rows}, a step each, or a multiple of them",
  step_columns:
    "{features} {features:column|columns} with a step in each row, or {cells} with a sequence in each row",
  answers_of: "an answer in one of {types}",
  own_files: "a model or setting that the server was started with",
  not_utf8: "it is not UTF-8",
  too_deep: "lists and objects in more than {levels} levels",
  json_ends: "it ends too early",
  json_stands: "line {line}, character {character}: {found} cannot stand there",
  body_length: "it has not as many bytes as its Content-Length says",
  body_packed: "it is not compressed as its Content-Encoding says",
  taken_away: "it was taken away",
  load_failed: "its file cannot be used; the log of the server says why",
  another_site: "another site",
  host_absent: "it names no host",
  several_hosts: "it names several hosts",
} as const;

export type PhraseKey = keyof typeof phrases;

/** Words of the program with what they tell, for another text: plain data, so that each language has its own words. */
export interface Phrase {
  readonly phrase: PhraseKey;
  readonly parameters: Readonly<Record<string, string | number | Phrase>>;
}

/** A phrase with what stands in its `{places}`. */
export const phrase = <Key extends PhraseKey>(
  key: Key,
  parameters: Parameters<(typeof phrases)[Key]> & object,
): Phrase => ({ phrase: key, parameters: parameters as Phrase["parameters"] });

/** The phrase without `{places}` whose English words these are. */
export function phraseOf(english: string): Phrase | undefined {
  const key = (Object.keys(phrases) as PhraseKey[]).find((each) => phrases[each] === english);
  return key && { phrase: key, parameters: {} };
}

const isPhrase = (value: unknown): value is Phrase => typeof Object(value).phrase === "string";

/** A phrase in the words of a language, by default in English. */
export function phraseText(
  { phrase: key, parameters }: Phrase,
  texts: Readonly<Record<PhraseKey, string>> = phrases,
): string {
  const told = Object.entries(parameters).map(([name, value]) => [
    name,
    isPhrase(value) ? phraseText(value, texts) : value,
  ]);
  return fillText(texts[key], Object.fromEntries(told));
}

type Parameters<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? { readonly [K in NameIn<Place>]: string | number | Phrase } & Parameters<Rest>
  : unknown;

type NameIn<Place extends string> = Place extends `${infer Name}:${string}` ? Name : Place;

export type ErrorParameters<Code extends ErrorCode> = Parameters<(typeof catalogue)[Code]["text"]>;

/**
 * The parameters that hold a phrase: words of the program. All others are names, paths and values from
 * outside, which stay as they are in every language, whatever they are called.
 */
export const phraseParameters: {
  readonly [Code in ErrorCode]?: readonly (keyof ErrorParameters<Code>)[];
} = {
  write_failed: ["reason"],
  run_failed: ["reason"],
  kind_content: ["content", "wanted"],
  content_rows: ["content"],
  cluster_content: ["content"],
  cluster_option: ["reason"],
  cluster_column: ["type"],
  split_content: ["content"],
  option_idle: ["format"],
  threshold_number: ["expected"],
  config_unreadable: ["reason"],
  resume_folder: ["reason"],
  run_unknown: ["reason"],
  ranking_damaged: ["reason"],
  file_unreadable: ["reason"],
  model_damaged: ["reason"],
  keras_export: ["reason"],
  keras_setting: ["wanted", "cure"],
  keras_foreign: ["what", "cure"],
  file_binary: ["kind"],
  file_foreign: ["kind", "cure"],
  file_disguised: ["kind", "cure"],
  archive_closed: ["reason"],
  cell_unreadable: ["type"],
  cell_refused: ["type"],
  array_shape: ["expected"],
  package_file: ["place", "reason", "cure"],
  dependency_missing: ["reason", "cure"],
  database_unreachable: ["reason"],
  model_content: ["content"],
  error_maps_content: ["content"],
};

/** An error for a person: a code of the catalogue, its parameters, and the English text as message. */
export class EspejoError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Those of the parameters that are words of the program, for other languages. */
  readonly phrases: Readonly<Record<string, Phrase>>;

  /** `items` says what the rows of its text are (`Items`), where they are none of a table. */
  constructor(
    code: Code,
    parameters: ErrorParameters<Code> & { readonly items?: Items },
    options?: ErrorOptions,
  ) {
    const given = Object.entries(parameters as Readonly<Record<string, string | number | Phrase>>);
    const values = given.map(([name, value]) => [
      name,
      isPhrase(value) ? phraseText(value) : value,
    ]);
    const plain: Readonly<Record<string, string | number>> = Object.fromEntries(values);
    const { items = "rows" } = parameters;
    super(fillText(aboutItems(catalogue[code].text, items, "en"), plain), options);
    this.name = "EspejoError";
    this.code = code;
    this.parameters = plain;
    this.phrases = Object.fromEntries(
      given.filter((each): each is [string, Phrase] => isPhrase(each[1])),
    );
  }

  /** The exit code of the command line. */
  get exitCode(): number {
    return catalogue[this.code].exit;
  }
}

/** What is wrong with a part, for whoever can say of what: its words are a phrase. */
export class Refusal extends Error {
  readonly phrase: Phrase;

  constructor(said: Phrase) {
    super(phraseText(said));
    this.phrase = said;
  }
}

/** What a program did wrong, in words: where, what must hold, what came. */
export const mistake = (reason: string): EspejoError =>
  new EspejoError("argument_wrong", { reason });

const mistakes: readonly ErrorCode[] = ["argument_wrong", "argument_value", "argument_unknown"];

/** Whether an error tells a program what it did wrong; a reader of files says so in words of its own. */
export const isMistake = (error: unknown): error is EspejoError =>
  error instanceof EspejoError && mistakes.includes(error.code);

/**
 * Puts parameters in the `{places}` of a text of a catalogue; of `{rows:row|rows}` comes the first word where
 * the parameter is 1, else the second. `{column:--types=category}` is an option as a person types it into a shell.
 */
export function fillText(
  text: string,
  parameters: Readonly<Record<string, string | number | readonly string[]>>,
): string {
  return text.replace(
    /\{(\w+)(?::(?:--([a-z-]+)(=[^{}|]*)?|([^{}|]*)\|([^{}|]*)))?\}/g,
    (place, name: string, option?: string, tail = "", one?: string, more?: string) => {
      const value = parameters[name] ?? place;
      if (option !== undefined) return optionAbout(option, [value].flat().map(String), tail);
      const told = Array.isArray(value) ? value.join(", ") : String(value);
      if (one === undefined || more === undefined) return told;
      return told === "1" ? one : more;
    },
  );
}
