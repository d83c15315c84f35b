/* /metrics: what was counted, and what is looked at when somebody asks. */
#include <dirent.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "apps/http/metrics.h"
#include "apps/http/server.h"

static void
look_at_memory(metrics *m)
{
	FILE *file = fopen("/proc/self/statm", "re");
	unsigned long whole = 0, resident = 0;
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);

	if (file == NULL)
		return;
	if (fscanf(file, "%lu %lu", &whole, &resident) == 2) {
		metrics_set(m, METRIC_VIRTUAL, whole * page);
		metrics_set(m, METRIC_RESIDENT, resident * page);
	}
	fclose(file);
}

static void
look_at_files(metrics *m)
{
	DIR *folder = opendir("/proc/self/fd");
	struct rlimit most;
	uint64_t n = 0;

	if (getrlimit(RLIMIT_NOFILE, &most) == 0)
		metrics_set(m, METRIC_FILES_MOST, most.rlim_cur);
	if (folder == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		n += entry->d_name[0] != '.';
	closedir(folder);
	metrics_set(m, METRIC_FILES, n - 1); /* without the folder itself */
}

static void
look_at_processor(metrics *m)
{
	struct timespec t;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0)
		metrics_set(m, METRIC_PROCESSOR,
			(uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000);
}

static void
look_at_server(struct server *s)
{
	metrics_set(s->metrics, METRIC_IN_PROGRESS, atomic_load(&s->begun));
	metrics_set(s->metrics, METRIC_HELD_BYTES, atomic_load(&s->held));
	metrics_set(s->metrics, METRIC_WAITING, workers_waiting(s->workers));
	stores_look(s->stores, s->metrics);
}

void
api_metrics(request *r)
{
	struct server *s = r->server;

	look_at_memory(s->metrics);
	look_at_files(s->metrics);
	look_at_processor(s->metrics);
	look_at_server(s);
	r->answer.type = "text/plain; version=0.0.4; charset=utf-8";
	metrics_write(s->metrics, r->ui, &r->answer.body);
}
