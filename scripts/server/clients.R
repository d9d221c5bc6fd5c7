# Clients of R against a running server: httr and curl with data frames as CSV and as JSON. Scores are those that
# `espejo score` wrote.
#   Rscript clients.R URL, in the folder of rows.csv, scores.csv and shown.csv
library(httr)
library(jsonlite)

url <- commandArgs(trailingOnly = TRUE)[1]
frame <- read.csv("rows.csv", check.names = FALSE)
known <- read.csv("scores.csv")
known$is_anomaly <- as.logical(known$is_anomaly)
failed <- 0

check <- function(name, work) {
  told <- tryCatch({
    work()
    NULL
  }, error = conditionMessage)
  if (!is.null(told)) failed <<- failed + 1
  cat(if (is.null(told)) paste0("ok      R, ", name) else paste0("FAILED  R, ", name, ": ", told), "\n", sep = "")
}

same <- function(scored) {
  stopifnot(
    "another number of rows" = nrow(scored) == nrow(known),
    "scores differ" = max(abs(scored$score - known$score) / abs(known$score)) <= 1e-6,
    "is_anomaly differs" = identical(as.logical(scored$is_anomaly), known$is_anomaly)
  )
}

csv_of <- function(...) paste(c(capture.output(write.csv(frame, row.names = FALSE, ...)), ""), collapse = "\n")
json_of <- function(value, ...) toJSON(value, na = "null", digits = NA, ...)
text_of <- function(answer) {
  stop_for_status(answer)
  content(answer, "text", encoding = "UTF-8")
}
post <- function(path, body, type) text_of(POST(paste0(url, path), content_type(type), body = body))
predictions <- function(text) same(fromJSON(text)$predictions)

check("the block of the guide", function() {
  shown <- read.csv("shown.csv")
  same(shown)
  stopifnot("other ids" = identical(shown$id, frame$id))
})
check("httr: CSV to /score", function() same(fromJSON(post("/score/table", csv_of(na = ""), "text/csv"))$rows))
check("httr: CSV with NA to /score", function() same(fromJSON(post("/score/table", csv_of(), "text/csv"))$rows))
check("httr: CSV there and back", function() {
  answer <- POST(paste0(url, "/score/table"), content_type("text/csv"), accept("text/csv"), body = csv_of(na = ""))
  scored <- read.csv(text = text_of(answer))
  same(scored)
  stopifnot("other ids" = identical(scored$id, frame$id))
})
check("httr: rows as JSON to /score", function() {
  same(fromJSON(post("/score/table", json_of(frame, dataframe = "rows"), "application/json"))$rows)
})
check("httr: its own encoding of a list", function() {
  one <- as.list(frame[1, ])
  answer <- POST(paste0(url, "/score/table"), body = one, encode = "json")
  stopifnot("scores differ" = abs(fromJSON(text_of(answer))$rows$score / known$score[1] - 1) <= 1e-4)
})
check("httr: CSV to /invocations", function() predictions(post("/invocations", csv_of(na = ""), "text/csv")))
check("httr: dataframe_records to /invocations", function() {
  predictions(post("/invocations", json_of(list(dataframe_records = frame)), "application/json"))
})
check("httr: dataframe_split to /invocations", function() {
  # a column after the other as text, so that numbers stay numbers
  rows <- lapply(seq_len(nrow(frame)), function(i) unname(lapply(frame[i, ], function(cell) cell)))
  body <- json_of(list(dataframe_split = list(columns = names(frame), data = rows)), auto_unbox = TRUE)
  predictions(post("/invocations", body, "application/json"))
})
check("httr: columns as inputs to /invocations", function() {
  predictions(post("/invocations", json_of(list(inputs = as.list(frame))), "application/json"))
})
check("curl: CSV to /score", function() {
  handle <- curl::new_handle()
  curl::handle_setheaders(handle, "Content-Type" = "text/csv")
  curl::handle_setopt(handle, copypostfields = csv_of(na = ""))
  answer <- curl::curl_fetch_memory(paste0(url, "/score/table"), handle)
  stopifnot("no answer" = answer$status_code == 200)
  same(fromJSON(rawToChar(answer$content))$rows)
})
check("httr: a refusal is told", function() {
  answer <- POST(paste0(url, "/score/table"), body = list(u = "many"), encode = "json")
  stopifnot("not refused" = status_code(answer) == 422, "no words" = nchar(content(answer)$message) > 10)
})
quit(status = if (failed > 0) 1 else 0)
