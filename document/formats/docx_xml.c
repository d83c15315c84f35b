#include "document/formats/docx_xml.h"

#include <stdlib.h>
#include <strings.h>

#include "base/xml.h"

#define DEPTH_MOST 2000

void
docx_xml_fail(docx_xml *x, status s)
{
	if (s == STATUS_OK || x->status != STATUS_OK)
		return;
	x->status = s;
	if (x->parser != NULL)
		XML_StopParser(x->parser, XML_FALSE);
}

status
docx_xml_damaged(const docx_xml *x, const char *why)
{
	return context_fail(x->context, STATUS_FORMAT, "%s: %s: %s", "%s\u00A0: %s\u00A0: %s",
		x->package->name, x->part, why);
}

uint32_t
docx_xml_at(const docx_xml *x)
{
	XML_Index i = XML_GetCurrentByteIndex(x->parser);

	return i < 0 || i > INT32_MAX ? 0 : (uint32_t)i;
}

uint32_t
docx_xml_length(const docx_xml *x)
{
	return (uint32_t)XML_GetCurrentByteCount(x->parser);
}

/* --- names --- */

static const char transitional[] =
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main|";
static const char strict[] = "http://purl.oclc.org/ooxml/wordprocessingml/main|";

bool
docx_is_strict(const XML_Char *name)
{
	return slice_starts(slice_of(name), slice_of(strict));
}

slice
docx_word(const XML_Char *name)
{
	slice s = slice_of(name);

	if (slice_starts(s, slice_of(transitional)))
		return slice_sub(s, sizeof(transitional) - 1, s.n);
	return slice_starts(s, slice_of(strict)) ? slice_sub(s, sizeof(strict) - 1, s.n)
						 : SLICE("");
}

slice
docx_local(const XML_Char *name)
{
	const char *bar = strrchr(name, '|');

	return slice_of(bar == NULL ? name : bar + 1);
}

slice
docx_attribute(const XML_Char **all, const char *name)
{
	for (; all[0] != NULL; all += 2)
		if (slice_is(docx_local(all[0]), name))
			return slice_of(all[1]);
	return SLICE("");
}

int
docx_number(const XML_Char **all, const char *name, int none)
{
	slice s = docx_attribute(all, name);
	char *end;

	if (s.n == 0 || s.n > 11)
		return none;
	long n = strtol(s.p, &end, 10);
	return *end == '\0' && n >= INT32_MIN && n <= INT32_MAX ? (int)n : none;
}

bool
docx_is_on(const XML_Char **all)
{
	static const char *const off[] = { "0", "false", "off", NULL };

	return !slice_is_one_of(docx_attribute(all, "val"), off);
}

/* --- events --- */

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	docx_xml *x = user;

	if (++x->depth > DEPTH_MOST)
		docx_xml_fail(x, docx_xml_damaged(x, "elements nested too deep"));
	else
		x->start(x->user, name, all);
}

static void
on_end(void *user, const XML_Char *name)
{
	docx_xml *x = user;

	if (x->end != NULL && x->status == STATUS_OK)
		x->end(x->user, name);
	x->depth--;
}

static void
on_text(void *user, const XML_Char *s, int n)
{
	docx_xml *x = user;

	if (x->text != NULL && x->status == STATUS_OK)
		x->text(x->user, (slice){ s, (size_t)n });
}

static void
on_raw(void *user)
{
	docx_xml *x = user;

	x->raw = x->odd = true;
}

static void
on_raw_end(void *user)
{
	docx_xml *x = user;

	x->raw = false;
}

static void
on_comment(void *user, const XML_Char *s)
{
	docx_xml *x = user;

	(void)s;
	x->odd = true;
}

static void
on_instruction(void *user, const XML_Char *target, const XML_Char *s)
{
	docx_xml *x = user;

	(void)target, (void)s;
	x->odd = true;
}

static void
on_declaration(void *user, const XML_Char *version, const XML_Char *encoding, int standalone)
{
	docx_xml *x = user;

	(void)version, (void)standalone;
	if (encoding != NULL && strcasecmp(encoding, "UTF-8") != 0)
		x->exact = false;
}

static void
on_entity(void *user, const XML_Char *name, int parameter, const XML_Char *value, int length,
	const XML_Char *base, const XML_Char *system, const XML_Char *public,
	const XML_Char *notation)
{
	docx_xml *x = user;

	(void)name, (void)parameter, (void)value, (void)length, (void)base, (void)system;
	(void)public, (void)notation;
	docx_xml_fail(x, docx_xml_damaged(x, "<!ENTITY"));
}

/* --- a part --- */

static status
refused(const docx_xml *x)
{
	enum XML_Error error = XML_GetErrorCode(x->parser);

	if (x->status != STATUS_OK)
		return x->status;
	return error == XML_ERROR_NO_MEMORY
		       ? STATUS_MEMORY
		       : docx_xml_damaged(x, xml_message(x->context->ui, error));
}

static status
feed(void *user, slice piece)
{
	docx_xml *x = user;

	if (XML_GetCurrentByteIndex(x->parser) < 1 && piece.n > 1 &&
		(piece.p[0] == '\0' || piece.p[1] == '\0' || piece.p[0] == '\xFF' ||
			piece.p[0] == '\xFE'))
		x->exact = false; /* UTF-16 */
	if (XML_Parse(x->parser, piece.p, (int)piece.n, 0) != XML_STATUS_OK)
		return refused(x);
	return x->status;
}

status
docx_xml_read(docx_xml *x, const char *part)
{
	x->part = part;
	x->status = STATUS_OK;
	x->depth = 0;
	x->exact = true;
	x->raw = x->odd = false;
	x->parser = XML_ParserCreateNS(NULL, '|');
	if (x->parser == NULL)
		return STATUS_MEMORY;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetCdataSectionHandler(x->parser, on_raw, on_raw_end);
	XML_SetCommentHandler(x->parser, on_comment);
	XML_SetProcessingInstructionHandler(x->parser, on_instruction);
	XML_SetXmlDeclHandler(x->parser, on_declaration);
	XML_SetEntityDeclHandler(x->parser, on_entity);
	status done = package_each(x->package, part, feed, x);
	if (done == STATUS_OK && XML_Parse(x->parser, "", 0, 1) != XML_STATUS_OK)
		done = refused(x);
	XML_ParserFree(x->parser);
	x->parser = NULL;
	return done;
}
