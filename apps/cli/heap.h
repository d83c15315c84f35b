/* Where the C library's heap lies. */
#ifndef APPS_CLI_HEAP_H
#define APPS_CLI_HEAP_H

/* Called once, before anything large is allocated: the heap goes on on large pages, where the
 * system has them. A run touches hundreds of small pages otherwise and pays for each; a letter
 * of 10 kB fits into one large page. A hint: whatever comes of it, the heap is as good as
 * before. */
void heap_on_large_pages(void);

#endif
