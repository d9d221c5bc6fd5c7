/** Texts of `espejo studio`. */
export const enStudio = {
  "studio.about":
    "opens a window in the browser: drop a table, find its odd rows and why, take them away; nothing leaves this computer",
  "argument.folders":
    "folders whose files may be opened by their path; by default this one and your own",
  "help.studio":
    "What is dropped, run and marked is kept in a folder of plain files, --project. What it runs are runs of espejo detect, and those of the command line appear in it.",
  "option.project":
    "the folder of the project (by default espejo-projects/ and the name of this folder)",
  "option.studioPort": "where it listens (7077, or a free one)",
  "option.noOpen": "only prints the address",
  "studio.project": "the project is in {folder}",
  "studio.open": "the studio is open at {url}",
  "studio.stopping": "closing the studio; runs go on from their last epoch when they are resumed",
} as const;
