/* Every file below a folder, for properties that must hold of all of them. */
#ifndef TESTS_UNIT_FILES_H
#define TESTS_UNIT_FILES_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDERS_MOST 256

/* Calls work for each file whose name ends so; how many there were. */
static inline size_t
each_file_below(const char *root, const char *end, void (*work)(const char *path))
{
	char *waiting[FOLDERS_MOST] = { strdup(root) };
	size_t n = 1, count = 0;

	while (n > 0) {
		char *folder = waiting[--n], path[2048];
		DIR *opened = opendir(folder);
		struct dirent *entry;
		struct stat st;
		while (opened != NULL && (entry = readdir(opened)) != NULL) {
			size_t length = strlen(entry->d_name);
			snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
			if (entry->d_name[0] == '.' || stat(path, &st) != 0)
				continue;
			if (S_ISDIR(st.st_mode) && n < FOLDERS_MOST)
				waiting[n++] = strdup(path);
			else if (length > strlen(end) &&
				 strcmp(entry->d_name + length - strlen(end), end) == 0) {
				work(path);
				count++;
			}
		}
		if (opened != NULL)
			closedir(opened);
		free(folder);
	}
	return count;
}

#endif
