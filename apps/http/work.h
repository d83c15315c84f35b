/* Documents of strangers are read in a process of their own, with limits on its time, memory
 * and files: whatever a file does to the reader, the server goes on.
 *
 * The server starts its own program again with PARAPH_WORK in the environment, writes a line of
 * JSON and the bytes of the documents to it, and reads a line of JSON and the bytes of the
 * answer. The line of the question:
 *
 *   do      "check", "compare" (source, then target), "fixed", "align"
 *   sizes   [bytes of each document]
 *   names   [of each]
 *   ui, language, profile
 *   source  of fixed: the first document is the source of the second
 *   as      of fixed: "plain", "tracked", "comments", "review"; of align: a format
 *   accept  of fixed: [{"finding": 3, "suggestion": 0}]; without it all that is safe
 *   unsafe  of fixed without accept: what wants review too
 *
 * The line of the answer: status, type, name; and found, where something was checked: how many
 * findings of each severity, [info, warning, error]. */
#ifndef APPS_HTTP_WORK_H
#define APPS_HTTP_WORK_H

#include "include/paraph.h"

#define WORK_ENVIRONMENT "PARAPH_WORK"

/* Answers the one question on standard input; base is what the server was started with. The
 * answer is the exit status. */
int work_run(const paraph_options *base);

#endif
