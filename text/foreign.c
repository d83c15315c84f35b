#include "text/foreign.h"

#include "text/find.h"
#include "text/sniff.h"

#define HEAD 160
#define TAIL ((size_t)1 << 17) /* where a zip file lists its parts */

typedef struct kind {
	slice magic;
	size_t at;
	const char *en, *fr;
} kind;

#define MAGIC(text) \
	{ \
		(text), sizeof(text) - 1 \
	}
#define AS_DOCX_EN "; save it as .docx or .odt"
#define AS_DOCX_FR "\u00A0; enregistrez-le en .docx ou .odt"
#define IMAGE_EN "an image, not text"
#define IMAGE_FR "une image, pas un texte"
#define ARCHIVE_EN "an archive; unpack it and name the files"
#define ARCHIVE_FR "une archive\u00A0; extrayez-la et nommez les fichiers"
#define DOCUMENT_EN \
	"a document, not a memory; tm import --align takes it with its translation, tm " \
	"pretranslate fills it from a memory"
#define DOCUMENT_FR \
	"un document, pas une mémoire\u00A0; tm import --align le verse avec sa traduction, " \
	"tm pretranslate le remplit à partir d’une mémoire"

static const kind kinds[] = {
	{ MAGIC("{\\rtf"), 0, "RTF" AS_DOCX_EN, "du RTF" AS_DOCX_FR },
	{ MAGIC("\xFFWPC"), 0, "a document of WordPerfect" AS_DOCX_EN,
		"un document de WordPerfect" AS_DOCX_FR },
	{ MAGIC("%!PS"), 0, "PostScript; convert it to PDF (ps2pdf)",
		"du PostScript\u00A0; convertissez-le en PDF (ps2pdf)" },
	{ MAGIC("\x89PNG\r\n"), 0, IMAGE_EN, IMAGE_FR },
	{ MAGIC("\xFF\xD8\xFF"), 0, IMAGE_EN, IMAGE_FR },
	{ MAGIC("GIF8"), 0, IMAGE_EN, IMAGE_FR },
	{ MAGIC("II*\0"), 0, IMAGE_EN, IMAGE_FR },
	{ MAGIC("MM\0*"), 0, IMAGE_EN, IMAGE_FR },
	{ MAGIC("\x1F\x8B"), 0, ARCHIVE_EN, ARCHIVE_FR },
	{ MAGIC("BZh"), 0, ARCHIVE_EN, ARCHIVE_FR },
	{ MAGIC("\xFD"
		"7zXZ"),
		0, ARCHIVE_EN, ARCHIVE_FR },
	{ MAGIC("7z\xBC\xAF"), 0, ARCHIVE_EN, ARCHIVE_FR },
	{ MAGIC("Rar!"), 0, ARCHIVE_EN, ARCHIVE_FR },
	{ MAGIC("ustar"), 257, ARCHIVE_EN, ARCHIVE_FR },
	{ MAGIC("SQLite format 3"), 0, "a database", "une base de données" },
	{ MAGIC("\x7F"
		"ELF"),
		0, "a program", "un programme" },
};

/* What a zip file holds, when it is none of ours. */
static const struct {
	const char *part;
	const char *en, *fr;
} packed[] = {
	{ "opendocument.spreadsheet", "a spreadsheet; save what is to be read as .odt or .tsv",
		"un tableur\u00A0; enregistrez ce qui est à lire en .odt ou .tsv" },
	{ "opendocument.presentation", "a presentation; export it as PDF",
		"une présentation\u00A0; exportez-la en PDF" },
	{ "opendocument.graphics", "a drawing; export it as PDF",
		"un dessin\u00A0; exportez-le en PDF" },
	{ "xl/workbook.", "a spreadsheet; save what is to be read as .docx or .tsv",
		"un tableur\u00A0; enregistrez ce qui est à lire en .docx ou .tsv" },
	{ "ppt/presentation.", "a presentation; export it as PDF",
		"une présentation\u00A0; exportez-la en PDF" },
	{ "epub+zip", "an e-book; unpack it and name its .xhtml files",
		"un livre numérique\u00A0; extrayez-le et nommez ses fichiers .xhtml" },
};

static status
refuse(context *c, slice path, const char *en, const char *fr)
{
	return context_fail(c, STATUS_FORMAT, "%.*s: %s", "%.*s\u00A0: %s", SLICE_ARG(path),
		c->ui == LANGUAGE_FR ? fr : en);
}

static bool
has(slice s, const char *what)
{
	return text_find(s, 0, slice_of(what)) != s.n;
}

static status
check_package(context *c, slice path, slice bytes)
{
	slice head = slice_sub(bytes, 0, bytes.n < HEAD ? bytes.n : HEAD);
	slice tail = slice_sub(bytes, bytes.n < TAIL ? 0 : bytes.n - TAIL, bytes.n);

	if (has(tail, "word/document.") || has(head, "opendocument.text"))
		return STATUS_OK;
	for (size_t i = 0; i < sizeof(packed) / sizeof(*packed); i++)
		if (has(head, packed[i].part) || has(tail, packed[i].part))
			return refuse(c, path, packed[i].en, packed[i].fr);
	return STATUS_OK;
}

/* Nothing at all, under a name of what is never empty: a copy that was cut off. */
static status
check_empty(context *c, slice path)
{
	static const char *const ends[] = { ".docx", ".odt", ".ott", ".pdf" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (sniff_path_ends(path, ends[i]))
			return refuse(c, path, "a damaged file: it is empty",
				"le fichier est abîmé\u00A0: il est vide");
	return STATUS_OK;
}

status
foreign_check(context *c, slice path, slice bytes)
{
	if (bytes.n == 0)
		return check_empty(c, path);
	if (slice_starts(bytes, SLICE("PK\x03\x04")))
		return check_package(c, path, bytes);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const kind *k = &kinds[i];
		if (bytes.n >= k->at &&
			slice_starts(slice_sub(bytes, k->at, bytes.n), k->magic))
			return refuse(c, path, k->en, k->fr);
	}
	return STATUS_OK;
}

/* Of a document in a zip file some of these come first. */
static bool
is_document(slice head)
{
	static const char *const parts[] = { "[Content_Types].xml", "_rels/.rels", "word/",
		"opendocument.text" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (has(head, parts[i]))
			return true;
	return slice_starts(head, SLICE("%PDF-"));
}

status
foreign_check_memory(context *c, slice path, slice head)
{
	bool zip = slice_starts(head, SLICE("PK\x03\x04"));

	TRY(foreign_check(c, path, head));
	if (!zip && !slice_starts(head, SLICE("%PDF-")))
		return STATUS_OK;
	return is_document(head) ? refuse(c, path, DOCUMENT_EN, DOCUMENT_FR)
				 : refuse(c, path, ARCHIVE_EN, ARCHIVE_FR);
}
