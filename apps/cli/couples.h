/* Documents that belong together by their names: report_E.docx and report_F.docx, a.en.txt and
 * a.fr.txt, en/a.txt and fr/a.txt. A mark of the language is a part of the name or of the path;
 * the counterpart must be there. */
#ifndef APPS_CLI_COUPLES_H
#define APPS_CLI_COUPLES_H

#include "apps/cli/settings.h"

/* The file that is the same in the other language, a string to be freed; NULL: there is none.
 * *is tells which language the name of path itself has. */
char *couple_of(const char *path, paraph_language *is);

/* The file in a folder of sources that goes with a document: of the same name, or with the mark
 * of the other language; under is the folder that path was found in, or path itself. A string
 * to be freed; NULL: there is none. */
char *couple_in(const char *folder, const char *under, const char *path);

#endif
