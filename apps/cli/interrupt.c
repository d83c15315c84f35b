/* The handler calls nothing but what POSIX lets a handler call. */
#include "apps/cli/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define GUARDED_MOST 64

static _Atomic(const char *) guarded[GUARDED_MOST];
static atomic_size_t done_count, total_count;
static _Atomic(const char *) before, between, after;

static size_t
put(char *out, size_t n, const char *text)
{
	size_t length = strlen(text);

	memcpy(out + n, text, length);
	return n + length;
}

static size_t
put_number(char *out, size_t n, size_t number)
{
	char digits[24];
	size_t k = sizeof(digits);

	do {
		digits[--k] = (char)('0' + number % 10);
		number /= 10;
	} while (number != 0);
	memcpy(out + n, digits + k, sizeof(digits) - k);
	return n + sizeof(digits) - k;
}

static void
tell(void)
{
	char line[256];
	size_t n = 0;

	if (atomic_load(&total_count) == 0)
		return;
	n = put(line, n, before);
	n = put_number(line, n, atomic_load(&done_count));
	n = put(line, n, between);
	n = put_number(line, n, atomic_load(&total_count));
	n = put(line, n, after);
	if (write(STDERR_FILENO, line, n) < 0)
		return; /* nobody reads it */
}

static void
on_signal(int number)
{
	for (size_t i = 0; i < GUARDED_MOST; i++) {
		const char *path = atomic_load(&guarded[i]);
		if (path != NULL)
			unlink(path);
	}
	tell();
	signal(number, SIG_DFL);
	raise(number);
}

/* A signal that is ignored (nohup) stays so. */
static void
install(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	static bool installed;
	struct sigaction old, new = { .sa_handler = on_signal };

	if (installed)
		return;
	installed = true;
	sigfillset(&new.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(numbers[i], &new, NULL);
}

void
interrupt_guard(const char *path)
{
	install();
	for (size_t i = 0; i < GUARDED_MOST; i++) {
		const char *none = NULL;
		if (atomic_compare_exchange_strong(&guarded[i], &none, path))
			return;
	}
}

void
interrupt_release(const char *path)
{
	for (size_t i = 0; i < GUARDED_MOST; i++) {
		const char *same = path;
		if (atomic_compare_exchange_strong(&guarded[i], &same, NULL))
			return;
	}
}

void
interrupt_begin(const settings *s, size_t total)
{
	install();
	atomic_store(&before,
		say(s, "paraph: interrupted after ", "paraph\u00A0: interrompu après "));
	atomic_store(&between, say(s, " of ", " sur "));
	atomic_store(&after,
		say(s, " documents; reports in files stay as they were\n",
			" documents\u00A0; les rapports en fichiers restent tels qu’ils "
			"étaient\n"));
	atomic_store(&done_count, 0);
	atomic_store(&total_count, total);
}

void
interrupt_count(size_t done)
{
	atomic_store(&done_count, done);
}

void
interrupt_end(void)
{
	atomic_store(&total_count, 0);
}
