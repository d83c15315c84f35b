/* One loop that remembers the last star of each kind, so that a pattern of many stars costs the
 * product of the two lengths at most. */
#include "base/glob.h"

typedef struct star {
	size_t pattern, path; /* where to go on when what follows does not match */
	bool set;
	bool whole; /* goes on at the start of a name only */
} star;

static bool
match(slice pattern, slice path)
{
	star name = { 0 }, folders = { 0 };
	size_t p = 0, t = 0;

	while (t < path.n) {
		bool two = p + 1 < pattern.n && pattern.p[p] == '*' && pattern.p[p + 1] == '*';
		if (two) {
			bool whole = p + 2 < pattern.n && pattern.p[p + 2] == '/';
			p += whole ? 3 : 2;
			folders = (star){ p, t, true, whole };
			name.set = false;
		} else if (p < pattern.n && pattern.p[p] == '*') {
			name = (star){ ++p, t, true, false };
		} else if (p < pattern.n &&
			   (pattern.p[p] == path.p[t] ||
				   (pattern.p[p] == '?' && path.p[t] != '/'))) {
			p++;
			t++;
		} else if (name.set && path.p[name.path] != '/') {
			p = name.pattern;
			t = ++name.path;
		} else if (folders.set) {
			p = folders.pattern;
			while (folders.whole && folders.path < path.n &&
				path.p[folders.path] != '/')
				folders.path++;
			if (folders.path == path.n)
				return false;
			t = ++folders.path;
			name.set = false;
		} else {
			return false;
		}
	}
	while (p < pattern.n && pattern.p[p] == '*')
		p++;
	return p == pattern.n;
}

bool
glob_matches(slice pattern, slice path)
{
	size_t name = path.n;

	while (name > 0 && path.p[name - 1] != '/')
		name--;
	if (slice_starts(pattern, SLICE("./")))
		pattern = slice_sub(pattern, 2, pattern.n);
	if (pattern.n != 0 && pattern.p[pattern.n - 1] == '/')
		return slice_starts(path, pattern);
	if (memchr(pattern.p, '/', pattern.n) == NULL)
		return match(pattern, slice_sub(path, name, path.n));
	return match(pattern, path);
}
