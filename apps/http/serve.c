/* Starting, waiting for a signal, stopping. The thread that waits also looks for connections
 * that are late, once a second. */
#include "apps/http/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "apps/http/server.h"

#define CONNECTION_MEMORY 32768 /* bytes: of a request line with its headers */
#define CONNECTIONS_MOST 16384
#define SPARE_FILES 64      /* for everything but connections */
#define FINISH_MOMENTS 1000 /* hundredths of a second */
#define BACKLOG 1024
#define SHELF_TIMES 4   /* the largest document, for documents that are kept */
#define FILE_MOST 65536 /* of a certificate or key */

typedef struct opening {
	const serve_options *o;
	char *message;
	size_t size;
} opening;

static bool
fail(const opening *at, const char *en, const char *fr, const char *what, const char *why)
{
	snprintf(at->message, at->size,
		at->o->engine.ui == PARAPH_LANGUAGE_FR ? "%s\u00A0: %s%s%s" : "%s: %s%s%s",
		what, at->o->engine.ui == PARAPH_LANGUAGE_FR ? fr : en,
		why[0] == '\0' ? "" : ", ", why);
	return false;
}

/* --- the socket --- */

static bool
is_loopback(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET) {
		struct sockaddr_in four;
		memcpy(&four, a, sizeof(four));
		return (ntohl(four.sin_addr.s_addr) >> 24) == 127;
	}
	struct sockaddr_in6 six;
	memcpy(&six, a, sizeof(six));
	return IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
}

static int
open_socket(const struct addrinfo *a)
{
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), one = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

static bool
listen_there(const opening *at, server *s, int *fd)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	struct addrinfo *found;

	if (getaddrinfo(at->o->address, at->o->port, &hints, &found) != 0)
		return fail(at, "no address, or no port (0 to 65535)",
			"pas une adresse, ou pas un port (0 à 65535)", at->o->address,
			at->o->port);
	s->loopback = is_loopback(found->ai_addr);
	*fd = s->loopback || at->o->tokens != NULL ? open_socket(found) : -1;
	int error = errno;
	freeaddrinfo(found);
	if (*fd >= 0)
		return true;
	if (!s->loopback && at->o->tokens == NULL)
		return fail(at, "others reach this address: it needs --tokens",
			"d’autres atteignent cette adresse\u00A0: il faut --tokens",
			at->o->address, "");
	char where[300];
	snprintf(where, sizeof(where),
		strchr(at->o->address, ':') == NULL ? "%s:%s" : "[%s]:%s", at->o->address,
		at->o->port);
	return fail(at, "cannot listen there", "impossible d’écouter là", where,
		paraph_system_message(error, at->o->engine.ui));
}

static unsigned
port_of(int fd)
{
	struct sockaddr_storage a;
	socklen_t n = sizeof(a);
	char port[16] = "";

	if (getsockname(fd, (struct sockaddr *)&a, &n) != 0 ||
		getnameinfo((struct sockaddr *)&a, n, NULL, 0, port, sizeof(port),
			NI_NUMERICSERV) != 0)
		return 0;
	return (unsigned)strtoul(port, NULL, 10);
}

static unsigned
connections_most(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return 256;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	rlim_t n = files.rlim_max == RLIM_INFINITY ? CONNECTIONS_MOST : files.rlim_max;
	n = n > SPARE_FILES * 2 ? n - SPARE_FILES : SPARE_FILES;
	return n > CONNECTIONS_MOST ? CONNECTIONS_MOST : (unsigned)n;
}

/* --- TLS --- */

static bool
read_pem(const opening *at, const char *path, char *out)
{
	FILE *file = fopen(path, "re");
	size_t n = file == NULL ? 0 : fread(out, 1, FILE_MOST - 1, file);
	int error = errno;

	if (file != NULL)
		fclose(file);
	out[n] = '\0';
	if (n != 0 && n < FILE_MOST - 1)
		return true;
	return fail(at, "cannot be read", "lecture impossible", path,
		file == NULL ? paraph_system_message(error, at->o->engine.ui) : "");
}

/* --- the daemon --- */

static struct MHD_Daemon *
start(server *s, int fd, char *certificate, char *key)
{
	const serve_options *o = s->options;
	unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_TURBO |
			 MHD_ALLOW_SUSPEND_RESUME | (certificate == NULL ? 0 : MHD_USE_TLS);
	struct MHD_OptionItem items[16] = {
		{ MHD_OPTION_LISTEN_SOCKET, fd, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL },
		{ MHD_OPTION_CONNECTION_LIMIT, connections_most(), NULL },
		{ MHD_OPTION_CONNECTION_TIMEOUT, 60, NULL },
		{ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
		{ MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, NULL },
	};
	size_t n = 6;

	if (o->threads > 1)
		items[n++] = (struct MHD_OptionItem){ MHD_OPTION_THREAD_POOL_SIZE,
			(intptr_t)o->threads, NULL };
	if (certificate != NULL) {
		items[n++] =
			(struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, certificate };
		items[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, key };
	}
	items[n] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
	return mhd.start_daemon(flags, 0, NULL, NULL, exchange_step, s,
		MHD_OPTION_NOTIFY_COMPLETED, exchange_end, s, MHD_OPTION_NOTIFY_CONNECTION,
		exchange_connection, s, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, s,
		MHD_OPTION_ARRAY, items, MHD_OPTION_END);
}

static void
tell(const server *s, int fd)
{
	const serve_options *o = s->options;
	bool fr = o->engine.ui == PARAPH_LANGUAGE_FR, six = strchr(o->address, ':') != NULL;
	char line[256];

	if (!s->loopback && o->certificate == NULL)
		o->say(o->user, false,
			fr ? "attention\u00A0: sans TLS (--tls-cert), textes et jetons passent "
			     "en "
			     "clair"
			   : "warning: without TLS (--tls-cert) texts and tokens travel in the "
			     "clear");
	snprintf(line, sizeof(line), "%s://%s%s%s:%u",
		o->certificate == NULL ? "http" : "https", six ? "[" : "", o->address,
		six ? "]" : "", port_of(fd));
	o->say(o->user, true, line);
}

static void
wait_for_signal(server *s, const sigset_t *signals)
{
	const struct timespec second = { 1, 0 };

	for (;;) {
		int number = sigtimedwait(signals, NULL, &second);
		if (number == SIGTERM || number == SIGINT || number == SIGHUP)
			return;
		metrics_add(
			s->metrics, METRIC_CONNECTIONS_LATE, connections_sweep(s->connections));
	}
}

/* What was begun is answered, unless its client takes too long. */
static void
finish(server *s)
{
	const struct timespec moment = { 0, 10000000 };

	for (unsigned i = 0; i < FINISH_MOMENTS && atomic_load(&s->begun) != 0; i++)
		nanosleep(&moment, NULL);
}

static bool
run(const opening *at, server *s, int fd)
{
	static char certificate[FILE_MOST], key[FILE_MOST];
	const serve_options *o = at->o;
	bool tls = o->certificate != NULL;
	sigset_t signals;

	if (tls && (!read_pem(at, o->certificate, certificate) || !read_pem(at, o->key, key))) {
		close(fd);
		return false;
	}
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL); /* of all threads that are made now */
	s->workers = workers_open(o->threads, exchange_work);
	struct MHD_Daemon *daemon =
		s->workers == NULL ? NULL
				   : start(s, fd, tls ? certificate : NULL, tls ? key : NULL);
	if (daemon == NULL) {
		close(fd);
		return fail(at, "the server does not start", "le serveur ne démarre pas",
			o->address, tls ? o->certificate : "");
	}
	tell(s, fd);
	wait_for_signal(s, &signals);
	mhd.quiesce_daemon(daemon);
	finish(s);
	workers_close(s->workers);
	s->workers = NULL;
	mhd.stop_daemon(daemon);
	close(fd);
	return true;
}

static bool
open_parts(const opening *at, server *s)
{
	const serve_options *o = at->o;
	const char *missing = microhttpd_load();

	if (missing != NULL)
		return fail(at, "is not installed; paraph serve needs it",
			"n’est pas installée\u00A0; paraph serve en a besoin", missing, "");
	if (o->tokens != NULL &&
		!token_file_read(&s->tokens, o->tokens, o->engine.ui, at->message, at->size))
		return false;
	s->metrics = metrics_open();
	s->connections = connections_open();
	s->rate = o->rate == 0 ? NULL : guard_rate_open(o->rate);
	s->shelf = shelf_open(SHELF_TIMES * o->upload_most);
	s->stores = stores_open(&o->stores);
	if (s->metrics == NULL || s->connections == NULL || s->shelf == NULL ||
		s->stores == NULL || (o->rate != 0 && s->rate == NULL))
		return fail(at, "out of memory", "plus assez de mémoire", "paraph serve", "");
	return engines_open(&s->engines, &o->engine, o->dictionary, o->termbase, at->message,
		       at->size) == PARAPH_OK;
}

bool
serve(const serve_options *o, char *message, size_t message_size)
{
	opening at = { o, message, message_size };
	server s = { .options = o };
	int fd;
	bool done = open_parts(&at, &s) && listen_there(&at, &s, &fd) && run(&at, &s, fd);

	workers_close(s.workers);
	engines_close(s.engines);
	shelf_close(s.shelf);
	stores_close(s.stores);
	connections_close(s.connections);
	guard_rate_close(s.rate);
	metrics_close(s.metrics);
	token_file_free(&s.tokens);
	return done;
}
