/* Links that lead to the version of a page in the language of the source.
 *
 * Documents of the United Nations have one address for each language; elsewhere the page may
 * exist in the one language alone, so that is told as information.
 *
 * Tempting non-errors: a link that is said to lead to a text in the other language (« en
 * anglais seulement »); a language in the name of the host (en.wikipedia.org is an encyclopedia
 * of its own); symbols of documents, whose address names no language. */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"

#define ADDRESS_MOST 1000 /* bytes */

typedef struct language_mark {
	const char *text; /* in small letters */
	language is;
	const char *other; /* in the other language */
} language_mark;

/* A part of a path: undocs.org/en/A/70/1. */
static const language_mark in_path[] = { { "en", LANGUAGE_EN, "fr" },
	{ "fr", LANGUAGE_FR, "en" }, { "english", LANGUAGE_EN, "french" },
	{ "french", LANGUAGE_FR, "english" } };

/* What a query asks for: Get?Open&DS=A/70/1&Lang=E. */
static const language_mark in_query[] = { { "lang=e", LANGUAGE_EN, "Lang=F" },
	{ "lang=f", LANGUAGE_FR, "Lang=E" }, { "lang=en", LANGUAGE_EN, "lang=fr" },
	{ "lang=fr", LANGUAGE_FR, "lang=en" } };

typedef struct address {
	char lower[ADDRESS_MOST]; /* as many bytes as the text */
	size_t n;
	span at; /* of the part that names a language, in it */
	const language_mark *mark;
} address;

static const language_mark *
mark_of(slice part, bool query)
{
	const language_mark *list = query ? in_query : in_path;
	size_t n = query ? sizeof(in_query) / sizeof(*in_query)
			 : sizeof(in_path) / sizeof(*in_path);

	for (size_t i = 0; i < n; i++)
		if (slice_is(part, list[i].text))
			return &list[i];
	return NULL;
}

static bool
read_address(address *a, slice text)
{
	size_t end;

	a->n = text.n;
	if (text.n > sizeof(a->lower))
		return false;
	for (size_t i = 0; i < text.n; i++)
		a->lower[i] = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] + 32)
								   : text.p[i];
	for (size_t start = 0; start < a->n; start = end + 1) {
		for (end = start; end < a->n && memchr("/?&#", a->lower[end], 4) == NULL;)
			end++;
		bool query = start > 0 && a->lower[start - 1] != '/';
		a->mark = mark_of((slice){ a->lower + start, end - start }, query);
		a->at = (span){ (uint32_t)start, (uint32_t)end };
		if (start > 0 && a->mark != NULL)
			return true;
	}
	return false;
}

/* Where every document is found in every language. */
static bool
has_all_languages(const address *a)
{
	static const char *const hosts[] = { "undocs.org/", "docs.un.org/",
		"daccess-ods.un.org/", "documents.un.org/" };

	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		const char *p = memmem(a->lower, a->n, hosts[i], strlen(hosts[i]));
		if (p != NULL && (p == a->lower || p[-1] == '/' || p[-1] == '.'))
			return true;
	}
	return false;
}

/* The translation says in what language the page is. */
static bool
says_language(const check_pair *p)
{
	static const char *const said[] = { "en anglais", "en français", "anglais seulement",
		"français seulement", "Anglais seulement", "Français seulement", "in English",
		"in French", "English only", "French only", "version anglaise",
		"version française", "English version", "French version",
		/* (original : anglais), (Original: English), [anglais] */
		"anglais)", "français)", "English)", "French)", "anglais]", "français]",
		"English]", "French]" };
	slice text = pair_text(p, PAIR_TARGET);

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (memmem(text.p, text.n, said[i], strlen(said[i])) != NULL)
			return true;
	return false;
}

static status
report(check *c, const rule *r, const check_pair *p, const address *a, span where)
{
	slice text = pair_slice(p, PAIR_TARGET, where), right;
	bool sure = has_all_languages(a);
	char *fixed = ARENA_ARRAY(&c->scratch, char, text.n + 8);

	if (fixed == NULL)
		return STATUS_MEMORY;
	memcpy(fixed, text.p, a->at.start);
	size_t n = a->at.start, other = strlen(a->mark->other);
	memcpy(fixed + n, a->mark->other, other);
	memcpy(fixed + n + other, text.p + a->at.end, text.n - a->at.end);
	right = (slice){ fixed, text.n - (a->at.end - a->at.start) + other };
	slice kept;
	TRY(arena_copy(c->keep, right, &kept));
	bool english = a->mark->is == LANGUAGE_EN;
	return pair_report(c, r, p, where, (span){ 0 },
		(finding){ .severity = sure ? SEVERITY_DEFAULT : SEVERITY_INFO,
			.suggestions = &kept,
			.suggestion_count = sure,
			.message = check_message(c, "this link leads to the %s version",
				"ce lien mène à la version %s",
				c->context->ui == LANGUAGE_FR
					? (english ? "anglaise" : "française")
					: (english ? "English" : "French")) });
}

static status
look_link(check *c, const rule *r, const check_pair *p)
{
	const pair_half *h = &p->half[PAIR_TARGET];
	address a;

	if (!pair_has_both(p) || p->foreign || says_language(p))
		return STATUS_OK;
	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		span where = { t->start, t->start + t->length };
		if (t->kind == TOKEN_ADDRESS &&
			read_address(&a, pair_slice(p, PAIR_TARGET, where)) &&
			a.mark->is == p->half[PAIR_SOURCE].language)
			TRY(report(c, r, p, &a, where));
	}
	return STATUS_OK;
}

const rule rule_bilingual_link = {
	.id = "bilingual/link",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-REF-06: links of documents in both languages (C)",
	.summary_en = "a link to the version in the language of the source",
	.summary_fr = "un lien vers la version dans la langue du texte source",
	.explanation_en =
		"Documents of the United Nations have an address for each language: what is "
		"undocs.org/en/A/70/1 in English is undocs.org/fr/A/70/1 in French. Pages of "
		"other sites that name the language of the source in their path may have no "
		"other version; that is told as information. Nothing is said where the "
		"translation says in which language the page is.",
	.explanation_fr =
		"Les documents de l’Organisation ont une adresse pour chaque langue\u00A0: "
		"undocs.org/en/A/70/1 en anglais, undocs.org/fr/A/70/1 en français. Les pages "
		"d’autres sites dont le chemin nomme la langue du texte source n’ont peut-être "
		"pas d’autre version\u00A0: c’est une information. Rien n’est dit quand la "
		"traduction précise la langue de la page.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Voir https://undocs.org/en/A/70/1.",
					  "Voir https://undocs.org/fr/A/70/1.",
					  .source = "See https://undocs.org/en/A/70/1." },
		{ LANGUAGE_EN, "See https://docs.un.org/fr/A/70/1.",
			"See https://docs.un.org/en/A/70/1.",
			.source = "Voir https://docs.un.org/fr/A/70/1." },
		{ LANGUAGE_FR, NULL,
			"Voir https://undocs.org/en/A/70/1 (en anglais seulement).",
			.source = "See https://undocs.org/en/A/70/1." },
		{ LANGUAGE_FR, NULL, "Voir https://undocs.org/A/70/1.",
			.source = "See https://undocs.org/A/70/1." }),
	.pair = look_link,
};
