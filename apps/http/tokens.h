/* Tokens: who may do what. A file has a line for each: the SHA-256 sum of the token in
 * hexadecimal digits, its scopes with commas between them, and a name. A token is 32 random
 * bytes and shown once, when it is made; it has more to guess than any password, so that a slow
 * hash would add nothing. */
#ifndef APPS_HTTP_TOKENS_H
#define APPS_HTTP_TOKENS_H

#include "apps/http/request.h"

#define TOKEN_TEXT 68 /* "pt_", 64 digits and a zero */
#define TOKEN_NAME 64 /* bytes, the zero counted */

typedef struct token {
	unsigned char sum[32];
	unsigned scopes;
	char name[TOKEN_NAME]; /* for histories; may be empty */
} token;

typedef struct tokens {
	token *list;
	size_t n;
} tokens;

/* On failure message holds a sentence in the language. */
bool token_file_read(
	tokens *t, const char *path, paraph_language ui, char *message, size_t message_size);
void token_file_free(tokens *t);

/* NULL: there is no such token. Takes as long for a wrong one as for a right one. */
const token *token_file_find(const tokens *t, paraph_text said);

/* "check,read" as a set; 0 when a word is no scope. */
unsigned token_file_parse_scopes(paraph_text list);

/* Makes one, and adds its line to the file. */
bool token_file_make(const char *path, unsigned scopes, const char *name, char out[TOKEN_TEXT],
	paraph_language ui, char *message, size_t message_size);

#endif
