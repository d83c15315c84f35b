/* libpq, loaded when the first shared store is met. Most runs meet none, and it brings OpenSSL,
 * Kerberos and LDAP, whose loading takes longer than checking a letter. Its functions are
 * called through a table under their own names without the prefix: libpq.flush for PQflush. */
#ifndef BASE_LIBPQ_H
#define BASE_LIBPQ_H

#include <libpq-fe.h>

#include "base/context.h"

#define LIBPQ_FUNCTIONS(X) \
	X(clear) \
	X(cmdStatus) \
	X(cmdTuples) \
	X(conninfoFree) \
	X(conninfoParse) \
	X(connectPoll) \
	X(connectStartParams) \
	X(consumeInput) \
	X(enterPipelineMode) \
	X(errorMessage) \
	X(exitPipelineMode) \
	X(finish) \
	X(flush) \
	X(freemem) \
	X(getResult) \
	X(getlength) \
	X(getvalue) \
	X(isBusy) \
	X(ntuples) \
	X(pipelineSync) \
	X(putCopyData) \
	X(putCopyEnd) \
	X(resultErrorField) \
	X(resultStatus) \
	X(sendPrepare) \
	X(sendQuery) \
	X(sendQueryParams) \
	X(sendQueryPrepared) \
	X(backendPID) \
	X(setErrorVerbosity) \
	X(setNoticeProcessor) \
	X(setnonblocking) \
	X(socket) \
	X(status)

#define LIBPQ_MEMBER(name) __typeof__(PQ##name) *name;
extern struct libpq {
	LIBPQ_FUNCTIONS(LIBPQ_MEMBER)
} libpq;

/* To be called before any function of the table, as often as one likes, from any thread.
 * STATUS_IO, with a message, when the library is not installed. */
MUST_USE status libpq_load(context *c);

#endif
