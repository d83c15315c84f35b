/* What a reader of PDF does not need is given up before the first byte is read. */
#ifndef APPS_PDF_SANDBOX_H
#define APPS_PDF_SANDBOX_H

/* From here on: no network, no other program, no file opened for writing, no signal to another
 * process. On Linux by a filter of system calls; elsewhere nothing happens. False when the
 * system knows filters and refuses this one. */
_Bool sandbox_enter(void);

#endif
