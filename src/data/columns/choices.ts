import { isCut } from "../../invocation/about.ts";
import { optionName, optionText, repeatedOptions } from "../../invocation/option-words.ts";
import { isErrorMark } from "../cells/marks.ts";
import { numberParser, styleOfExample } from "../cells/numbers.ts";
import type { Choice } from "../terms/doubts.ts";
import type { Note, NoteCode } from "../terms/notes.ts";
import type { ColumnType, DateOrder, Decimal, OpenOptions } from "../terms/table.ts";

/** What settles a kind of note, and whether every command says it, or only who asks. */
interface Settles {
  readonly choices: (told: Told) => readonly Choice[];
  readonly aloud?: true;
}

/** The parameters of a note. */
interface Told {
  text(name: string): string;
  number(name: string): number;
  names(name: string): readonly string[];
  note(name: string): Note | undefined;
}

/** The one option that settings state, as the command line takes it. */
function choice(set: OpenOptions, [name, value] = Object.entries(set)[0]!): Choice {
  const one = repeatedOptions.has(name) ? [value].flat()[0] : value;
  return { option: optionName(name, one), value: optionText(name, one), set, now: false };
}
/** The choice that states what was concluded. */
const so = (each: Choice): Choice => ({ ...each, now: true });
const reading = (each: Choice, reads: string): Choice => ({ ...each, reads });

const typed = (column: string, type: ColumnType): Choice => choice({ types: { [column]: type } });
const ignored = (column: string): Choice => choice({ ignore: [column] });
const identified = (column: string): Choice => choice({ id: [column] });
const timed = (column: string): Choice => choice({ time: column });
const ordered = (dates: DateOrder): Choice => choice({ dates });
const marked = (mark: string): Choice => choice({ missing: [mark] });
const meant = (mark: string): Choice => choice({ notMissing: [mark] });
const onSheet = (sheet: string): Choice => choice({ sheet });
const headed = (header: boolean): Choice => choice({ header });

const ofColumn = (type: ColumnType, otherwise: ColumnType): Settles => ({
  choices: (told) => {
    const column = told.text("column");
    return [typed(column, otherwise), so(typed(column, type))];
  },
});
const aloud = (settles: Settles): Settles => ({ ...settles, aloud: true });

/** What a column that is left out could be, by why it is. */
const leftOut: { readonly [Code in NoteCode]?: (column: string) => readonly Choice[] } = {
  why_sorted_date: (column) => [so(timed(column))],
  why_falling_date: (column) => [so(timed(column))],
  why_sorted_time: (column) => [typed(column, "number"), so(timed(column))],
  why_falling_time: (column) => [typed(column, "number"), so(timed(column))],
  why_key_time: (column) => [so(timed(column))],
  why_years: (column) => [typed(column, "number"), so(timed(column))],
  why_id_number: (column) => [typed(column, "number"), so(identified(column))],
  why_id_named: (column) => [typed(column, "number"), so(identified(column))],
  why_id_many: (column) => [typed(column, "category"), so(identified(column))],
  why_id_text: (column) => [typed(column, "category"), so(identified(column))],
  why_digits: (column) => [typed(column, "category"), so(identified(column))],
  why_text: (column) => [typed(column, "category"), so(ignored(column))],
  why_many: (column) => [typed(column, "category"), so(ignored(column))],
};

/** Numbers of which a point or a comma could part thousands or decimals, each way as it reads the value. */
const marks: Settles = {
  choices: (told) => {
    const value = told.text("value");
    return ([".", ","] as const)
      .map((decimal: Decimal) => {
        const number = numberParser({ decimal, thousands: decimal === "." ? "," : "." })(value);
        const each = reading(choice({ decimal }), String(number));
        return number === told.number("number") ? so(each) : each;
      })
      .sort((a, b) => Number(a.now) - Number(b.now));
  },
};

/** Numbers with marks of their own, for which the cell that the note shows may stand. */
const styled: Settles = {
  choices: (told) => {
    const [column, value] = [told.text("column"), told.text("value")];
    const style = styleOfExample(value);
    const same = style !== null && numberParser(style)(value) === told.number("number");
    const example = choice({ numbers: { [column]: value } }, ["number", `${column}=${value}`]);
    return [
      typed(column, "category"),
      so(same && !column.includes("=") ? example : typed(column, "number")),
    ];
  },
};

/** Columns that name rows, together with their time. */
const keyed: Settles = {
  choices: (told) => {
    const [key] = told.names("key");
    return [typed(key!, "category"), so(identified(key!)), so(timed(told.text("time")))];
  },
};

/** What settles each kind of note on a table; notes that are not here tell what no option changes. */
const settles: { readonly [Code in NoteCode]?: Settles } = {
  left_out: {
    choices: (told) => {
      const column = told.text("column");
      return (leftOut[told.note("why")!.code] ?? ((name) => [so(ignored(name))]))(column);
    },
  },
  guessed: aloud(ofColumn("category", "number")),
  line_skipped: { choices: (told) => footers(told.note("why")) },
  lines_skipped: { choices: (told) => footers(told.note("why")) },
  not_utf8: {
    choices: (told) => {
      const encoding = told.text("encoding") as "latin-1" | "utf-16";
      return [so(choice({ encoding }))];
    },
  },
  decimal_comma: {
    choices: () => [so(choice({ decimal: "," }))],
  },
  decimal_ambiguous: aloud(marks),
  comma_ambiguous: aloud(marks),
  dates_evidence: { choices: (told) => [so(ordered(told.text("order") as DateOrder))] },
  dates_regular: {
    choices: (told) => {
      const order = told.text("order") as DateOrder;
      return [ordered(otherOrder(order)), so(ordered(order))];
    },
  },
  dates_ambiguous: aloud({
    choices: (told) => {
      const order = told.text("order") as DateOrder;
      return [
        reading(ordered(otherOrder(order)), told.text("other")),
        so(reading(ordered(order), told.text("iso"))),
      ];
    },
  }),
  header_numbers: aloud({ choices: () => [headed(false), so(headed(true))] }),
  cells_unread: {
    choices: (told) => {
      const [column, type] = [told.text("column"), told.text("type") as ColumnType];
      const value = told.text("value");
      const alone = told.number("values") === 1 && !isCut(value) ? [marked(value)] : [];
      return [...alone, typed(column, "category"), so(typed(column, type))];
    },
  },
  number_accounting: ofColumn("number", "category"),
  number_flags: ofColumn("number", "category"),
  number_marks: styled,
  number_sign: ofColumn("number", "category"),
  sign_absent: ofColumn("number", "category"),
  dates_epoch: aloud(ofColumn("date", "number")),
  dates_excel: aloud(ofColumn("date", "number")),
  dates_digits: aloud(ofColumn("date", "number")),
  dates_formats: ofColumn("date", "category"),
  dates_offsets: ofColumn("date", "category"),
  dates_contradict: { choices: (told) => [so(typed(told.text("column"), "category"))] },
  dates_offset_absent: { choices: () => [so(choice({ zone: "UTC" }))] },
  dates_offset_lost: { choices: () => [so(choice({ zone: "UTC" }))] },
  marks_found: {
    choices: (told) => {
      const mark = told.text("mark");
      // What a spreadsheet shows for an error can be no value.
      const otherwise = isErrorMark(mark) ? [] : [typed(told.text("column"), "category")];
      return [...otherwise, so(marked(mark))];
    },
  },
  mark_kept: aloud({
    choices: (told) => [marked(told.text("mark")), so(meant(told.text("mark")))],
  }),
  number_mark_likely: aloud({
    choices: (told) => [marked(told.text("mark")), so(meant(told.text("mark")))],
  }),
  number_mark_mixed: {
    choices: (told) => [marked(told.text("mark")), so(meant(told.text("mark")))],
  },
  shape_panel: keyed,
  shape_series: keyed,
  date_learnt: aloud({
    choices: (told) => {
      const column = told.text("column");
      return [timed(column), ignored(column), so(typed(column, "date"))];
    },
  }),
  many_categories: aloud({
    choices: (told) => {
      const column = told.text("column");
      return [ignored(column), so(typed(column, "category"))];
    },
  }),
  nominal_undeclared: {
    choices: (told) => [so(typed(told.text("column"), "category"))],
  },
  array_chosen: {
    choices: (told) => {
      const array = told.text("name");
      return [so(choice({ array }))];
    },
  },
  sheet_chosen: aloud({
    choices: (told) => [...told.names("others").map(onSheet), so(onSheet(told.text("sheet")))],
  }),
  sheets_hidden: aloud({
    choices: (told) => [...told.names("names").map(onSheet), so(onSheet(told.text("sheet")))],
  }),
};

const otherOrder = (order: DateOrder): DateOrder => (order === "dmy" ? "mdy" : "dmy");

/** Lines below the rows of a text can be rows; what stands above them, or among them, cannot. */
const footers = (why: Note | undefined): readonly Choice[] =>
  why?.code === "line_footer" ? [choice({ footer: false })] : [];

/** What settles a note: the one place where that is decided. Corrections come first, what states the conclusion last. */
export function choicesOf({ code, parameters }: Note): readonly Choice[] {
  const told: Told = {
    text: (name) => String(parameters[name]),
    number: (name) => Number(parameters[name]),
    names: (name) => [parameters[name] as string | readonly string[]].flat(),
    note: (name) => parameters[name] as Note | undefined,
  };
  return settles[code]?.choices(told) ?? [];
}

/** Of what settles a note, what every command says behind it: the likeliest correction. */
export const adviceOf = (note: Note): Choice | undefined =>
  settles[note.code]?.aloud ? choicesOf(note).find(({ now }) => !now) : undefined;
