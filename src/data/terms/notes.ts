import { fillText } from "../../errors.ts";
import { aboutItems, countText, type Items, type Language } from "../../language.ts";

/**
 * What the reading of data says aloud: a code and its parameters, so that each language has its own
 * text. These are the English ones.
 */
export const noteTexts = {
  // why a column has its type and role
  why_stated: "stated",
  why_type_stated: "its type is stated",
  why_text_stated: "stated to be free text",
  why_model: "as in the model",
  why_number: "numbers",
  why_category: "{distinct} different {distinct:value|values}",
  why_ranges: "{count} ranges such as {value}, taken as categories",
  why_mixed:
    'numbers and text mixed: {bad} {bad:cell|cells}, such as "{value}", {bad:is not a number|are not numbers}',
  why_codes: "digits with leading zeros are codes",
  why_digits: "digits that are more than a number keeps are codes",
  why_boolean: "two values, yes and no",
  why_date: "dates",
  why_sorted_date: "dates that rise row by row",
  why_sorted_time: "a time by its name, and rises row by row",
  why_falling_date: "dates that fall row by row",
  why_falling_time: "a time by its name, and falls row by row",
  why_years: "years, one after the other",
  why_id_number: "whole numbers, each once, in order",
  why_id_named: "an identifier by its name, each value once",
  why_id_text: "each value once",
  why_id_many: "an identifier by its name, {distinct} different values in {cells} cells",
  why_constant: 'the same value in every row: "{value}"',
  why_constant_filled: 'the same value in every filled cell: "{value}"',
  why_empty: "every cell is missing",
  why_text:
    "free text: {distinct} different {distinct:value|values}, {length} {length:character|characters} on average",
  why_many: "{distinct} different values in {cells} {cells:cell|cells} are too many for categories",
  why_nested: "nested values ({type}) are not read",
  why_not_asked: "not among the features asked for",
  why_not_known: "not a column of the model",
  why_ignored: "left out as asked",
  why_judgement: "says what rows are taken for",
  why_key: "names what a row is of, together with {time}",
  why_key_time: "the time of the rows",
  // what a table is
  shape_panel:
    "a panel: {keys} different {key}, {times} different {time}; they name the rows and are not learnt from",
  shape_series:
    "series in order of {time}: {keys} different {key}, {times} different {time}; they name the rows and are not learnt from",
  shape_uneven:
    'the times in "{time}" are in order but not evenly spaced: taken one after the other',
  judgement_left_out:
    'column "{column}" says what rows are taken for and is not learnt from; --label {column} judges by it, --features names what is learnt from',
  rows_of_series:
    'the rows are a series by "{time}", and each is learnt from by itself: --window {window} learns from stretches of them, --content rows states that it is so',
  kind_sequences:
    "the table is read as sequences, since --kind {kind} takes no rows of one: --kind names another",
  date_learnt: 'the date "{column}" is learnt from like a number',
  tails:
    "a few values are very much greater than the others in {columns}: with --log ten times as much counts as one step more",
  zeros: 'column "{column}": {share} % of the values are 0',
  many_categories:
    'column "{column}" has {distinct} different values, each an input of its own, rare ones together',
  // about the whole table
  left_out: 'column "{column}" is left out: {why}',
  guessed: 'column "{column}": {why}',
  line_preamble: "a line before the table",
  line_footer: "a line below the table",
  line_across: "a title across the table",
  line_not_row: '"{value}" is not a {type} as all other cells of column "{column}" are',
  line_skipped: 'line {line} is not a row: "{text}"',
  lines_skipped: '{count} lines are no rows, the first of them line {line}: "{text}"',
  not_utf8: "not UTF-8: read as {encoding}",
  decimal_comma: "decimal comma",
  thousands: 'thousands are separated by "{mark}"',
  decimal_ambiguous: '"{value}" is read as {number}',
  comma_ambiguous: '"{value}" is read as {number}',
  dates_evidence: 'dates of column "{column}" are {order}: no other order fits',
  dates_regular: 'dates of column "{column}" are {order}: so they are evenly spaced',
  dates_ambiguous:
    'dates of column "{column}" could be dd/mm or mm/dd; read as {order}: "{value}" is {iso}',
  dates_century: 'two-digit years of column "{column}": {from} to {to}',
  lines_blank:
    "{count} {count:line is|lines are} empty but for delimiters, the first is line {line}: {count:it is no row|they are no rows}",
  lines_comment:
    '{count} {count:line begins|lines begin} with #, the first is line {line} ("{text}"): {count:it is no row|they are no rows}',
  lines_header:
    "{count} {count:line repeats|lines repeat} the header, the first is line {line}: {count:it is no row|they are no rows}",
  lines_title:
    '{count} {count:line is a title|lines are titles} above a header that comes again, the first is line {line} ("{text}"): {count:it is no row|they are no rows}',
  rows_odd:
    '{count} {count:line has|lines have} another number of fields than the {width} of the table and {count:is|are} left out: line {line} has {fields} ("{text}"); --strict refuses that',
  rows_short:
    '{count} {count:row ends|rows end} before the last column, the first is line {line} ("{text}"): what is not there is missing; --strict refuses that',
  rows_long:
    "{count} {count:row ends|rows end} with empty fields beyond the last column, the first is line {line}: they are left out",
  header_numbers: 'line {line} is taken for the header, since its numbers are in order ("{text}")',
  names_repeated:
    'the name "{column}" is there more than once: the next column of that name is called "{second}", and so on',
  zeros_left_out:
    "{count} {count:zero byte|zero bytes} in the text, the first in line {line}: {count:it is|they are} left out",
  characters_mended:
    '{count} {count:character|characters} of Windows-1252 saved as something else, the first in line {line}: read as meant ("{value}")',
  cells_unread:
    'column "{column}": {bad} of {cells} {cells:cell|cells} {bad:is|are} no {type}, such as "{value}" in line {line}: taken as missing; --strict refuses that',
  cell_unread: '"{value}" is no {type}',
  number_accounting:
    'column "{column}" has negative numbers as accountants write them: "{value}" is read as {number}',
  number_flags: 'column "{column}" has remarks behind its numbers: "{value}" is read as {number}',
  number_marks:
    'column "{column}" writes its numbers otherwise than the others: "{value}" is read as {number}',
  sign_absent:
    'column "{column}": {count} {count:cell has|cells have} no "{sign}", such as "{value}": read like the others',
  dates_epoch: 'numbers of column "{column}" are read as {unit} since 1970: "{value}" is {iso}',
  dates_excel: 'numbers of column "{column}" are read as Excel counts days: "{value}" is {iso}',
  dates_digits: 'numbers of column "{column}" are read as {layout}: "{value}" is {iso}',
  dates_formats:
    'dates of column "{column}" are written in {count} ways, and all are read: {formats}',
  dates_contradict:
    'column "{column}" is not read as dates: the day stands first in "{dayFirst}" and the month in "{monthFirst}"',
  dates_offsets:
    'times of column "{column}" have {count} offsets from UTC ({formats}): what counts is the moment',
  dates_offset_absent:
    '{count} {count:cell|cells} of column "{column}" {count:has|have} a time without an offset from UTC: read as UTC; say --zone if not',
  dates_offset_lost:
    'the model learnt "{column}" from times with their offset from UTC; here there is none: read as UTC; say --zone if not',
  dates_offset_found:
    'the model learnt "{column}" from times without an offset from UTC; here they have one, and are read as moments',
  number_otherwise:
    'the model learnt "{column}" from numbers that are written otherwise: "{value}" is read by what this file shows; --number says how',
  marks_found: '"{mark}" in column "{column}" is read as missing ({count} {count:cell|cells})',
  mark_kept: '"{mark}" in column "{column}" ({count} {count:cell|cells}) stays a category',
  number_mark_likely:
    "{mark} in {columns} ({share} % of the values), far from all other values, is read as a number and not as missing",
  number_mark_mixed:
    "{mark} in {columns} ({share} % of the values), far from all other values, is read as a number and not as missing; in {others} it is a value like others, which --missing {mark} would take away as well",
  more_columns: "columns that the model does not know are left out: {columns}",
  matched_by_position: "no header: columns are matched by position",
  names_shifted:
    'the header has a name less than the rows have cells: the first column is called "{column}"',
  number_sign: 'column "{column}" is written with "{sign}": "{value}" is read as {number}',
  names_added: "empty column names became {columns}",
  // about arrays, workbooks and databases
  archive_chosen: "of the archive, {name} is read; left out: {others}",
  array_chosen: 'the array "{name}" holds the rows',
  labels_found: 'labels are taken from "{name}"',
  guessed_images:
    "an array of shape {shape} is read as images, [rows, height, width]; say --content sequences if not",
  guessed_sequences:
    "an array of shape {shape} is read as sequences, [rows, time, features]; say --content images if not",
  channels_first: "an array of shape {shape} has its channels first: they are put last",
  images_scaled:
    "the values of {count} {count:image|images}, {least} to {most}, are brought to 0 to 255: {low} becomes 0 and {high} becomes 255, for new images of the model too; --range says otherwise",
  images_known_range:
    "the values of {count} {count:image|images} are brought to 0 to 255: {low} becomes 0 and {high} becomes 255, as stated or learnt",
  images_bytes:
    "the values of {count} {count:image|images}, {least} to {most}, are taken as they are, as 0 to 255",
  images_outside: "the values of the images go from {least} to {most}, and 0 to 255 is expected",
  images_cut:
    "{count} {count:image has|images have} values outside of {low} to {high}: they are taken as the nearer end",
  images_constant: "{count} {count:image is|images are} of one colour, such as {name}",
  images_others:
    "{count} other {count:file is|files are} passed over, by {count:its ending|their endings}: {files}",
  images_pages:
    "{count} {count:file holds|files hold} {pages} pages or frames: each is an image; --pages first takes the first alone",
  images_pages_first: "{count} further {count:page or frame is|pages or frames are} left out",
  images_pages_left:
    "{count} {count:page is|pages are} left out: of another size than the first of {count:its|their} file",
  images_fitted: "{count} {count:image is|images are} brought to {size} (fit: {fit})",
  images_alpha:
    "{count} {count:image is|images are} see-through in places: what lies behind {count:it|them} is white",
  images_broken:
    "{count} {count:file cannot be read as an image and is|files cannot be read as images and are} left out: {names}",
  labels_folders: "the {count} sub-folders are the classes of the images",
  labels_table: 'the classes of the images are in {path}, column "{column}"',
  labels_missing:
    "{missing} of {count} {count:image|images} {missing:has|have} no class in {path}, such as {name}",
  sequence_columns: "columns that hold no numbers are no part of the sequences: {columns}",
  sequence_time: 'the column "{column}" is the time of the steps; --time names another',
  sequence_time_of_day:
    'the time of the steps is "{column}" with the time of the day in "{clock}", the first is {value}; --ignore {clock} leaves that out',
  sequence_sorted:
    'rows are sorted by "{column}": {count} {count:was|were} not in order, the first is row {row} ({value})',
  sequence_gaps:
    '{odd} of {steps} {steps:step|steps} of "{column}" {odd:is|are} not {step} as most are, {missing} {missing:time is|times are} missing; the first is at row {row} ({value})',
  sequence_uneven:
    '{odd} of {steps} {steps:step|steps} of "{column}" {odd:is|are} not {step} as most are; the first is at row {row} ({value})',
  step_weeks: "{count} weeks",
  step_business_days: "{count} business days",
  step_months: "{count} months",
  step_years: "{count} years",
  sequence_fold:
    'an hour of "{column}" comes twice at row {row} ({value}), as where clocks are set back ({zone}): the rows keep their order',
  sequence_clock:
    'the steps of "{column}" are even on clocks that are set forward and back as those of {zone}: no gaps there',
  sequence_repeats:
    '{count} {count:row has|rows have} the "{column}" of another row of {count:its|their} series, the first is row {row} ({value}); --group tells series apart',
  sequence_untimed: '{count} {count:row|rows} without "{column}" {count:comes|come} last',
  sequence_label:
    'a window is called after its commonest value of "{column}" that is not "{normal}"',
  sequence_whole:
    "each of the {count} series is one sequence of up to {length} {length:step|steps}; --window cuts windows",
  sequence_padded:
    "{count} series {count:is|are} shorter than {length} {length:step|steps}: missing ones are added at {count:its end|their ends}",
  sequence_windows:
    "{count} {count:window|windows} of {length} {length:step|steps}, one every {stride}",
  sequence_windows_guessed:
    "the rows are steps of one series: {count} {count:window|windows} of {length} {length:step|steps}, one every {stride}; --window and --stride change that",
  sequence_windows_period:
    "the rows are steps of one series: {count} {count:window|windows} of {length} {length:step|steps}, which steps of {step} suggest, one every {stride}; --window and --stride change that",
  sequence_wide:
    "each of the {count} rows is read as a sequence of {length} {length:step|steps}; if rows are steps, say --window",
  sequence_class:
    'the column "{column}" holds few whole numbers: it is taken for the class; --label names another',
  nominal_undeclared:
    'column "{column}": {count} {count:cell has a value|cells have values} that the head of the file does not list, such as "{value}"',
  arff_weights: "weights of rows ({count}) are not read",
  names_numbered: "names that come twice became {columns}",
  json_list: 'the rows are the list "{name}" of the object; left out: {others}',
  json_rows: "each of the {count} objects in the object is a row",
  json_columns:
    'each name of the object holds a column of {count} {count:row|rows}, as pandas writes it; if each holds a row, save them as a list of objects: to_json(orient="records")',
  sheet_chosen: 'the sheet "{sheet}" is read, and not {others}',
  sheets_hidden: "{count} hidden {count:sheet is|sheets are} not read: {names}",
  header_joined: "the header is on lines {from} to {to}: the names of each column are put together",
  merged_down:
    "{count} merged {count:cell reaches|cells reach} over several rows, the first at {cell}: the value of each holds for all its rows",
  merged_across:
    "{count} merged {count:cell reaches|cells reach} over several columns, the first at {cell}: the value stands in the first of them only",
  workbook_formulas:
    "{count} {count:formula has|formulas have} no stored value, the first in {cell}: {count:it is|they are} read as missing; open the file in Excel or LibreOffice, and save it, to have {count:it|them}",
  workbook_hidden:
    "{count} rows or columns that the workbook hides, as by a filter, are read like all others",
  workbook_errors:
    "{count} {count:cell holds|cells hold} an error, such as #N/A: {count:it is|they are} read as missing",
  // about training and scoring
  normal_absent:
    'no row has the label {column} = "{normal}", which was normal in training: all count as anomalies; --normal names another value',
  labels_left_out: "{count} {count:row without a label is|rows without a label are} left out",
  marks_used:
    "marks: {confirmed} confirmed {confirmed:anomaly does|anomalies do} not train, {false} false {false:alarm counts|alarms count} as normal",
  marks_overrule:
    '{count} {count:mark overrules the label|marks overrule the labels} in "{column}"',
  marks_judge:
    "the {confirmed} confirmed anomalies were found by a ranking, and rows that nobody looked at are taken for normal: how many of all anomalies are found may be less than is said",
  marks_few:
    "{confirmed} confirmed {confirmed:anomaly is|anomalies are} too few to choose and judge by: from 2 on they are",
  overcomplete:
    "the code ({latent}) is not smaller than the prepared row ({width}): without a restriction it can copy its input; make --latent smaller or add noise or dropout",
  posterior_collapsed:
    "the posterior has collapsed: none of the {latent} units of the code says anything of the row; lower --beta, use --warm-up, or make --latent smaller",
  units_idle:
    "of the {latent} units of the code these say nothing: {units} (KL divergence below 0.01 nats); lower --beta or --latent",
  few_rows:
    "the network has {parameters} {parameters:parameter|parameters} for {cells} {cells:cell|cells} of data: it may learn rows by heart; make it smaller",
  few_anomalies: "only {count} {count:anomaly|anomalies} in the test part: its figures are rough",
  split_time: 'the newest rows by "{column}" judge, the older ones train',
  split_key: "all rows of one {column} train together or judge together",
  judges_none:
    "by their hashes all rows train and none judges: the training does not stop by itself, and the threshold is one of rows that it knows; another --seed deals otherwise",
  cluster_unread:
    'column "{column}": {count} of {rows} cells are no {type}, such as "{value}": taken as missing',
  cluster_sampled:
    "threshold and figures are those of {rows} rows, drawn by a hash from the rows that did not train",
  split_hash:
    "rows are dealt by a hash of their values: equal rows train together or judge together",
  split_random:
    'rows are dealt at random: by "{column}" those that judge would be none, or lack a class; --split time states it all the same',
  split_windows_time:
    'the newest windows by "{column}" judge, the older ones train; those that reach over a boundary are left out',
  split_windows_order:
    "the last windows judge, the earlier ones train; those that reach over a boundary are left out",
  split_windows_key: "all windows of one {column} train together or judge together",
  split_windows_random:
    'windows are dealt at random, though they may overlap: by "{column}" those that train or judge would be none, or lack a class; --split says otherwise',
  split_windows_order_random:
    "windows are dealt at random, though they may overlap: in their order those that train or judge would be none, or lack a class; --split says otherwise",
  drift_unseen: 'column "{column}": {share} % of values were never seen in training',
  drift_range:
    'column "{column}": {share} % of values lie outside the range of training, {minimum} to {maximum}',
  drift_missing: 'column "{column}": {share} % of cells are missing, {before} % in training',
  drift_shift:
    'column "{column}": its values are distributed otherwise than in training: 80 % lie from {low} to {high}, in training from {lowBefore} to {highBefore}',
  drift_scale:
    'column "{column}": its values are about {factor} times those of training (the middle one {now}, there {before}): another unit?',
  drift_shares:
    'column "{column}": its values have other shares than in training: "{value}" {share} %, there {before} %',
  drift_constant:
    'column "{column}": every cell is {value}; in training {share} % were something else',
  drift_copy:
    'column "{column}": equal to "{other}" in every row; in training at least {share} % of rows differed',
  drift_group_scale:
    'column "{column}" of {group}: its values are about {factor} times those of training (the middle one {now}, there {before}): another unit?',
  drift_group_shift:
    'column "{column}" of {group}: its values are distributed otherwise than in training: half of them lie from {low} to {high}, there from {lowBefore} to {highBefore}',
  drift_group_constant:
    'column "{column}" of {group}: every cell is {value}; in training half of them lay from {lowBefore} to {highBefore}',
  drift_group_missing:
    'column "{column}" of {group}: {share} % of cells are missing, {before} % in training',
  drift_groups:
    'column "{column}": in {count} of {of} groups of {key} its values are distributed otherwise than in training, most of all in {groups}; what grows in time does so',
  drift_groups_kept:
    "whether a {key} alone has changed is watched in the first {kept} of {groups} of training",
  drift_groups_unknown:
    "whether a {key} alone has changed cannot be told: the model file does not say what each was like (train again without --private to keep it)",
  missing_new:
    'column "{column}": {missing} of {rows} cells are missing, and none was in training: what the model makes of these rows is told from their other cells',
  run_absent:
    "{path} cannot be written ({reason}): no run is kept, so this training cannot be resumed; --run names a folder for it",
  engine_absent:
    "the native engine is absent ({reason}): the slower WASM engine takes over; espejo doctor tells the cure",
  golden_differs:
    "the scores of the model's own example rows differ by {difference} from those kept in it: another engine or processor",
  stamp_threshold_absent:
    "the model has no threshold for time stamps, so that is_anomaly stays empty: train it anew",
} as const satisfies Record<string, string>;

/** What a note is about, the same in every language. */
export type NoteCode = keyof typeof noteTexts;

/** What a note tells: a value, several names, or a note itself. */
type Parameter = string | number | readonly string[] | Note;

/** Something to say aloud; `items` among its parameters is what rows are (`Items`), where the text tells of any and they are none of a table. */
export interface Note {
  readonly code: NoteCode;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

export function note(code: NoteCode, parameters: Note["parameters"] = {}): Note {
  return { code, parameters };
}

/** A note about what rows are, where its text tells of rows. */
export const noteAbout = ({ code, parameters }: Note, items: Items): Note =>
  aboutItems(noteTexts[code], items, "en") === noteTexts[code]
    ? { code, parameters }
    : note(code, { ...parameters, items });

/** The parameters that hold a phrase, as `phraseParameters` has them for errors. */
const phraseParameters: { readonly [Code in NoteCode]?: readonly string[] } = {
  line_not_row: ["type"],
  cells_unread: ["type"],
  cluster_unread: ["type"],
  cell_unread: ["type"],
  sequence_gaps: ["step"],
  sequence_uneven: ["step"],
  sequence_windows_period: ["step"],
};

/** The parameters that count something, and so are written with their thousands apart. */
const counts = new Set(
  "bad cells count distinct latent length missing odd pages parameters steps stride width".split(
    " ",
  ),
);

/** How a language tells notes. */
export interface NoteWords {
  readonly language: Language;
  readonly texts: Readonly<Record<NoteCode, string>>;
  /** A whole number with its thousands apart. */
  count(n: number): string;
  /** A phrase of the catalogue of errors. */
  phrase(english: string): string;
}

/** Notes in English. */
export const english: NoteWords = {
  language: "en",
  texts: noteTexts,
  count: (n) => countText(n, "en"),
  phrase: (text) => text,
};

/** A note in words, by default in English. */
export function noteText({ code, parameters }: Note, words: NoteWords = english): string {
  const tell = ([name, value]: [string, Parameter]): [string, string | number | string[]] => {
    if (Array.isArray(value)) return [name, value];
    if (typeof value === "object") return [name, noteText(value as Note, words)];
    if (typeof value === "number") return [name, counts.has(name) ? words.count(value) : value];
    return [name, phraseParameters[code]?.includes(name) ? words.phrase(value) : value];
  };
  const text = aboutItems(words.texts[code], (parameters.items ?? "rows") as Items, words.language);
  return fillText(text, Object.fromEntries(Object.entries(parameters).map(tell)));
}
