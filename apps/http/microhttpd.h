/* libmicrohttpd and the few functions of GnuTLS that we call, loaded when a server starts. No
 * other command needs them, and they bring seven libraries whose loading takes longer than
 * checking a letter. Functions are called through a table under their own names without the
 * prefix: mhd.queue_response for MHD_queue_response. */
#ifndef APPS_HTTP_MICROHTTPD_H
#define APPS_HTTP_MICROHTTPD_H

#include <stdbool.h>
#include <sys/socket.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>

#define MHD_FUNCTIONS(X) \
	X(add_response_header) \
	X(create_response_from_buffer) \
	X(create_response_from_callback) \
	X(destroy_response) \
	X(get_connection_info) \
	X(lookup_connection_value) \
	X(queue_response) \
	X(quiesce_daemon) \
	X(resume_connection) \
	X(start_daemon) \
	X(stop_daemon) \
	X(suspend_connection)

#define GNUTLS_FUNCTIONS(X) \
	X(hash_fast) \
	X(memcmp) \
	X(rnd)

#define MHD_MEMBER(name) __typeof__(MHD_##name) *name;
#define GNUTLS_MEMBER(name) __typeof__(gnutls_##name) *name;

extern struct mhd_functions {
	MHD_FUNCTIONS(MHD_MEMBER)
} mhd;
extern struct gnutls_functions {
	GNUTLS_FUNCTIONS(GNUTLS_MEMBER)
} gnutls;

/* By one thread, before any function of the tables. The answer is the name of a library that is
 * not installed; NULL: all is there. */
const char *microhttpd_load(void);

#endif
