#include "base/xml.h"

#include <string.h>
#include <strings.h>

static void
stop(xml_reader *x, status s)
{
	if (s == STATUS_OK)
		return;
	if (x->status == STATUS_OK)
		x->status = s;
	XML_StopParser(x->parser, XML_FALSE);
}

stream_place
xml_here(const xml_reader *x)
{
	return (stream_place){ (unsigned)XML_GetCurrentLineNumber(x->parser),
		(unsigned)XML_GetCurrentColumnNumber(x->parser) + 1 };
}

status
xml_refuse(const xml_reader *x, const char *en, const char *fr)
{
	return stream_refuse(
		x->stream, xml_here(x), x->stream->context->ui == LANGUAGE_FR ? fr : en);
}

uint64_t
xml_at(const xml_reader *x)
{
	return (uint64_t)XML_GetCurrentByteIndex(x->parser);
}

size_t
xml_size(const xml_reader *x)
{
	return (size_t)XML_GetCurrentByteCount(x->parser);
}

static void XMLCALL
on_start(void *user, const char *name, const char **attributes)
{
	xml_reader *x = user;

	if (x->status != STATUS_OK)
		return;
	if (++x->depth > XML_DEPTH_MAX)
		stop(x, xml_refuse(x, "nested too deeply", "trop imbriqué"));
	else
		stop(x, x->events->start(x->user, name, attributes));
}

static void XMLCALL
on_end(void *user, const char *name)
{
	xml_reader *x = user;

	if (x->status != STATUS_OK)
		return;
	x->depth--;
	stop(x, x->events->end(x->user, name));
}

static void XMLCALL
on_text(void *user, const char *p, int n)
{
	xml_reader *x = user;

	if (x->status == STATUS_OK)
		stop(x, x->events->text(x->user, (slice){ p, (size_t)n }));
}

static void XMLCALL
on_comment(void *user, const char *said)
{
	xml_reader *x = user;

	if (x->status == STATUS_OK)
		stop(x, x->events->comment(x->user, slice_of(said)));
}

/* Entities of its own are how a small file becomes a large one. */
static void XMLCALL
on_entity(void *user, const char *name, int parameter, const char *value, int length,
	const char *base, const char *system, const char *public, const char *notation)
{
	xml_reader *x = user;

	(void)name, (void)parameter, (void)value, (void)length, (void)base, (void)system;
	(void)public, (void)notation;
	stop(x, xml_refuse(x, "declares entities of its own", "déclare des entités"));
}

/* The others want a DTD, or a parser that is used wrongly. */
const char *
xml_message(language ui, enum XML_Error error)
{
	static const struct {
		enum XML_Error error;
		const char *fr;
	} sentences[] = {
		{ XML_ERROR_SYNTAX, "erreur de syntaxe" },
		{ XML_ERROR_NO_ELEMENTS,
			"le fichier s’arrête au milieu, ou n’a aucun élément" },
		{ XML_ERROR_INVALID_TOKEN, "XML mal formé" },
		{ XML_ERROR_UNCLOSED_TOKEN, "balise jamais refermée" },
		{ XML_ERROR_PARTIAL_CHAR, "caractère incomplet" },
		{ XML_ERROR_TAG_MISMATCH, "balise de fin qui ne répond pas à celle du début" },
		{ XML_ERROR_DUPLICATE_ATTRIBUTE, "attribut donné deux fois" },
		{ XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "du texte après la fin" },
		{ XML_ERROR_UNDEFINED_ENTITY, "entité inconnue" },
		{ XML_ERROR_RECURSIVE_ENTITY_REF, "entité qui se contient elle-même" },
		{ XML_ERROR_BAD_CHAR_REF, "appel d’un caractère qui n’est pas permis" },
		{ XML_ERROR_MISPLACED_XML_PI, "déclaration XML ailleurs qu’au début" },
		{ XML_ERROR_UNKNOWN_ENCODING, "codage inconnu" },
		{ XML_ERROR_INCORRECT_ENCODING, "codage autre que celui qui est déclaré" },
		{ XML_ERROR_UNCLOSED_CDATA_SECTION, "section CDATA jamais refermée" },
		{ XML_ERROR_ASYNC_ENTITY, "entité qui coupe un élément" },
		{ XML_ERROR_UNBOUND_PREFIX, "préfixe qui n’est pas déclaré" },
		{ XML_ERROR_XML_DECL, "déclaration XML mal formée" },
	};

	for (size_t i = 0; ui == LANGUAGE_FR && i < sizeof(sentences) / sizeof(*sentences); i++)
		if (sentences[i].error == error)
			return sentences[i].fr;
	if (error == XML_ERROR_NO_ELEMENTS) /* Expat's “no element found” is of a file cut off,
					       too */
		return "the file ends in the middle, or has no element";
	return XML_ErrorString(error);
}

static status
malformed(xml_reader *x)
{
	if (x->status != STATUS_OK)
		return x->status;
	if (XML_GetErrorCode(x->parser) == XML_ERROR_NO_MEMORY)
		return STATUS_MEMORY;
	return stream_refuse(x->stream, xml_here(x),
		xml_message(x->stream->context->ui, XML_GetErrorCode(x->parser)));
}

static status
parse(xml_reader *x)
{
	slice piece;

	do {
		TRY(stream_next(x->stream, &piece));
		if (XML_Parse(x->parser, piece.p, (int)piece.n, piece.n == 0) != XML_STATUS_OK)
			return malformed(x);
	} while (piece.n != 0);
	return x->status;
}

status
xml_read(xml_reader *x, stream *in, const xml_events *events, void *user)
{
	const char *encoding = x->utf8 ? "UTF-8" : NULL;

	*x = (xml_reader){ .stream = in, .events = events, .user = user, .utf8 = x->utf8 };
	x->parser = XML_ParserCreate(encoding);
	if (x->parser == NULL)
		return STATUS_MEMORY;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetEntityDeclHandler(x->parser, on_entity);
	if (events->comment != NULL)
		XML_SetCommentHandler(x->parser, on_comment);
	status done = parse(x);
	XML_ParserFree(x->parser);
	x->parser = NULL;
	return done;
}

const char *
xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes != NULL; attributes += 2)
		if (strcasecmp(*attributes, name) == 0)
			return attributes[1];
	return NULL;
}

/* XML has no way to write most control characters. */
static bool
is_unwritable(char c)
{
	return (unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

static void
put(buffer *out, slice s, bool attribute)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *as = s.p[i] == '&'           ? "&amp;"
				 : s.p[i] == '<'         ? "&lt;"
				 : s.p[i] == '>'         ? "&gt;"
				 : s.p[i] == '\r'        ? "&#13;"
				 : is_unwritable(s.p[i]) ? ""
				 : !attribute            ? NULL
				 : s.p[i] == '"'         ? "&quot;"
				 : s.p[i] == '\n'        ? "&#10;"
				 : s.p[i] == '\t'        ? "&#9;"
							 : NULL;
		if (as == NULL)
			continue;
		buffer_put(out, slice_sub(s, from, i));
		buffer_put(out, slice_of(as));
		from = i + 1;
	}
	buffer_put(out, slice_sub(s, from, s.n));
}

void
xml_put_text(buffer *out, slice s)
{
	put(out, s, false);
}

void
xml_put_attribute(buffer *out, slice s)
{
	put(out, s, true);
}

void
xml_put_start(buffer *out, const char *name, const char **attributes)
{
	buffer_printf(out, "<%s", name);
	for (; *attributes != NULL; attributes += 2) {
		buffer_printf(out, " %s=\"", attributes[0]);
		xml_put_attribute(out, slice_of(attributes[1]));
		buffer_put_char(out, '"');
	}
	buffer_put_char(out, '>');
}

bool
xml_is_well_formed(slice s)
{
	XML_Parser parser = XML_ParserCreate("UTF-8");

	if (parser == NULL)
		return true; /* whoever reads it next will tell */
	bool is = XML_Parse(parser, s.p, (int)s.n, 1) == XML_STATUS_OK;
	XML_ParserFree(parser);
	return is;
}
