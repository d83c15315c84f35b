/* The list of terms of documents, as a table. */
#ifndef APPS_CLI_TERM_FIND_H
#define APPS_CLI_TERM_FIND_H

#define TERM_FIND_HEAD \
	"path\tline\tcolumn\tstart\tend\ttext\tterm\tstatus\tacronym\tother\tother_acronym\t" \
	"concept\tuncertain\n"

#endif
