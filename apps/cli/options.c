#include "apps/cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum option_kind { FLAG, TEXT, LIST } option_kind;

typedef struct option {
	const char *name;
	char letter; /* 0: none */
	option_kind kind;
	size_t field; /* of settings: a bool, a const char *, a list */
	uint64_t commands;
	const char *argument_en, *argument_fr; /* what stands after it in --help */
	const char *choices;                   /* "|fr|en|", NULL: anything */
	const char *help_en, *help_fr;
} option;

#define FIELD(name) offsetof(settings, name)
#define READS (IN_CHECK | IN_FIX | IN_TERM_FIND | IN_TEXT | IN_TERM_EXTRACT | IN_BASELINE)
#define SETS_LANGUAGE (READS | IN_CONFIG_SHOW | IN_LSP)
#define LISTS_FILES (RUNS_RULES & ~(IN_CONFIG_SHOW | IN_LSP | IN_SERVE))
#define RUNS_RULES (IN_CHECK | IN_FIX | IN_BASELINE | IN_CONFIG_SHOW | IN_LSP | IN_SERVE)
#define ASKS_TERMS (IN_TERM_SHOW | IN_TERM_LIST | IN_TERM_STATS)
#define EDITS_TERMS (IN_TERM_ADD | IN_TERM_EDIT | IN_TERM_REMOVE)
#define REPORTS_TM (IN_TM_MATCH | IN_TM_CONCORDANCE | IN_TM_ANALYSE)
#define ASKS_TM (REPORTS_TM | IN_TM_PRETRANSLATE)
#define SCORES_TM (IN_TM_MATCH | IN_TM_PRETRANSLATE)
#define FILTERS_TM (IN_TM_EXPORT | IN_TM_IMPORT | IN_TM_SYNC | SCORES_TM)
#define FINDS_TERMS (IN_TERM_FIND | IN_TERM_EXTRACT | ASKS_TERMS)

static const option options[] = {
	{ "format", 0, TEXT, FIELD(format),
		IN_CHECK | FINDS_TERMS | IN_TERM_LINT | REPORTS_TM | IN_TM_STATS |
			IN_CONFIG_SHOW | IN_REPORT_MERGE,
		"NAME", "NOM", NULL,
		"form of the report: text, json, sarif, html… (check: NAME=FILE for several at "
		"once; by default what the name after -o ends with)",
		"forme du rapport\u00A0: text, json, sarif, html… (check\u00A0: NOM=FICHIER "
		"pour "
		"plusieurs à la fois\u00A0; à défaut, d’après la fin du nom qui suit -o)" },
	{ "output", 'o', TEXT, FIELD(output),
		IN_CHECK | IN_FIX | IN_TERM_FIND | IN_TERM_EXPORT | IN_TERM_EXTRACT | ASKS_TM |
			IN_TM_EXPORT | IN_ALIGN | IN_CONFIG_SHOW | IN_REPORT_MERGE,
		"FILE", "FICHIER", NULL, "write there instead of standard output",
		"écrire là plutôt que sur la sortie standard" },
	{ "source", 0, TEXT, FIELD(source), IN_CHECK | IN_FIX, "PATH", "CHEMIN", NULL,
		"the document that this one translates, or a folder of them: compare the two",
		"le document dont celui-ci est la traduction, ou un dossier\u00A0: comparer "
		"les "
		"deux" },
	{ "baseline", 0, TEXT, FIELD(baseline), IN_CHECK | IN_BASELINE, "FILE", "FICHIER", NULL,
		"findings that are known: only others are told (paraph baseline create)",
		"signalements connus\u00A0: seuls les autres sont donnés (paraph baseline "
		"create)" },
	{ "annotate", 0, TEXT, FIELD(annotate), IN_CHECK, "FILE", "FICHIER", NULL,
		"of a PDF: also write a copy with the findings highlighted and noted there",
		"pour un PDF\u00A0: écrire aussi là une copie avec les signalements surlignés "
		"et "
		"annotés" },
	{ "diff", 0, FLAG, FIELD(diff), IN_FIX, NULL, NULL, NULL,
		"show the corrections as a unified diff; exit status 1 when there are any",
		"montrer les corrections en diff unifié\u00A0; état de sortie 1 s’il y en a" },
	{ "in-place", 'i', FLAG, FIELD(in_place), IN_FIX | IN_TM_PRETRANSLATE, NULL, NULL, NULL,
		"change the files themselves; each is replaced whole or not at all",
		"modifier les fichiers mêmes\u00A0; chacun est remplacé en entier ou pas du "
		"tout" },
	{ "tracked", 0, FLAG, FIELD(tracked), IN_FIX, NULL, NULL, NULL,
		"in DOCX and ODT: corrections as tracked changes by “paraph”, and nothing "
		"else",
		"en DOCX et ODT\u00A0: corrections en suivi des modifications par "
		"«\u00A0paraph\u00A0"
		"», rien d’autre" },
	{ "comments", 0, FLAG, FIELD(comments), IN_FIX, NULL, NULL, NULL,
		"in DOCX and ODT: all findings as comments; with --tracked, those that are "
		"not corrected (both without --in-place, --diff and --plain)",
		"en DOCX et ODT\u00A0: tout en commentaires\u00A0; avec --tracked, ce qui "
		"n’est "
		"pas corrigé (les deux sans --in-place, --diff et --plain)" },
	{ "plain", 0, FLAG, FIELD(plain), IN_FIX, NULL, NULL, NULL,
		"in DOCX and ODT: corrections without tracked changes or comments",
		"en DOCX et ODT\u00A0: corrections sans suivi ni commentaires" },
	{ "break-signature", 0, FLAG, FIELD(break_signature), IN_FIX, NULL, NULL, NULL,
		"change signed documents, too: their signature no longer holds",
		"modifier aussi les documents signés\u00A0: leur signature ne vaut plus" },
	{ "unsafe", 0, FLAG, FIELD(unsafe), IN_FIX, NULL, NULL, NULL,
		"apply corrections that want a second look, too",
		"appliquer aussi les corrections qui demandent une relecture" },
	{ "fail-on", 0, TEXT, FIELD(fail_on), IN_CHECK | IN_REPORT_MERGE, "LEVEL", "NIVEAU",
		"|error|warning|info|never|",
		"exit status 1 from this level on: error, warning (default), info, never",
		"état de sortie 1 dès ce niveau\u00A0: error, warning (par défaut), info, "
		"never" },
	{ "lang", 0, TEXT, FIELD(language), SETS_LANGUAGE, "LANG", "LANGUE", "|auto|fr|en|",
		"language of the documents: auto (default, paragraph by paragraph), fr, en",
		"langue des documents\u00A0: auto (par défaut, paragraphe par paragraphe), fr, "
		"en" },
	{ "profile", 0, TEXT, FIELD(profile), RUNS_RULES, "NAME", "NOM", NULL,
		"house style (un-fr, un-fr-press, fao-fr…) or the path of your own",
		"règles de la maison (un-fr, un-fr-press, fao-fr…) ou chemin des vôtres" },
	{ "enable", 0, LIST, FIELD(enable), RUNS_RULES, "RULE", "RÈGLE", NULL,
		"turn on a rule, a family (spacing/) or all; may be repeated",
		"activer une règle, une famille (spacing/) ou toutes (all)\u00A0; répétable" },
	{ "disable", 0, LIST, FIELD(disable), RUNS_RULES, "RULE", "RÈGLE", NULL,
		"turn off a rule or a family", "désactiver une règle ou une famille" },
	{ "only", 0, LIST, FIELD(only), RUNS_RULES, "RULE", "RÈGLE", NULL,
		"run this rule or family and no other",
		"appliquer cette règle ou famille et aucune autre" },
	{ "termbase", 0, LIST, FIELD(termbases),
		(SETS_LANGUAGE & ~IN_TEXT) | ASKS_TERMS | IN_SERVE, "FILE", "FICHIER", NULL,
		"a termbase (TSV, TBX or a store) over those that ship with paraph",
		"une base terminologique (TSV, TBX ou de paraph) par-dessus celles fournies" },
	{ "words", 0, LIST, FIELD(words), RUNS_RULES, "FILE", "FICHIER", NULL,
		"words that are known, one a line", "mots connus, un par ligne" },
	{ "rules", 0, LIST, FIELD(rules), RUNS_RULES | IN_RULES | IN_EXPLAIN | IN_REPORT_MERGE,
		"FILE", "FICHIER", NULL, "rules of your own (YAML), see docs/CUSTOM-RULES.md",
		"règles à vous (YAML), voir docs/CUSTOM-RULES.md" },
	{ "into", 0, TEXT, FIELD(into), IN_TERM_IMPORT | EDITS_TERMS | IN_TM_IMPORT, "BASE",
		"BASE", NULL,
		"the store to write to, made when it is not there (default: your own)",
		"la base qui reçoit, créée au besoin (par défaut, la vôtre)" },
	{ "force", 0, FLAG, FIELD(force), IN_TERM_ADD, NULL, NULL, NULL,
		"add though a concept of this id or these names is there",
		"ajouter même si une notion a cet identifiant ou ces noms" },
	{ "sql", 0, FLAG, FIELD(sql), IN_STORE_INIT, NULL, NULL, NULL,
		"print the SQL for an administrator to run with psql, and do nothing",
		"écrire le SQL qu’un administrateur exécutera avec psql, et ne rien faire" },
	{ "history", 0, FLAG, FIELD(history), IN_TERM_SHOW, NULL, NULL, NULL,
		"also who changed what, and when", "aussi qui a changé quoi, et quand" },
	{ "from", 0, TEXT, FIELD(from), IN_TERM_IMPORT | IN_TM_IMPORT, "FORMAT", "FORMAT", NULL,
		"format of the files (default: by their names and contents)",
		"format des fichiers (par défaut, d’après leur nom et leur contenu)" },
	{ "in-parts", 0, FLAG, FIELD(in_parts), IN_TERM_IMPORT, NULL, NULL, NULL,
		"keep what was read every 10,000 concepts: interrupted, run it again",
		"garder ce qui est lu toutes les 10 000 notions\u00A0: relancer si "
		"interrompu" },
	{ "columns", 0, TEXT, FIELD(columns), IN_TERM_IMPORT, "A=fr,B=en,…", "A=fr,B=en,…",
		NULL,
		"what the columns of a table are, by letter, number or name; “-”: pass over",
		"ce que sont les colonnes d’un tableau, par lettre, numéro ou nom\u00A0; "
		"«\u00A0-\u00A0»\u00A0: à "
		"ignorer" },
	{ "report", 0, TEXT, FIELD(report), IN_TERM_IMPORT | IN_TM_IMPORT, "FILE", "FICHIER",
		NULL, "write there what is left out, instead of standard error",
		"écrire là ce qui est laissé de côté, plutôt que sur la sortie d’erreur" },
	{ "target", 0, LIST, FIELD(targets), IN_TERM_EXTRACT, "FILE", "FICHIER", NULL,
		"the translation of a document; one for each, in their order",
		"la traduction d’un document\u00A0; une pour chacun, dans leur ordre" },
	{ "pairs", 0, FLAG, FIELD(pairs), IN_TERM_EXTRACT, NULL, NULL, NULL,
		"the files are tables: a segment and its translation, a tab between them",
		"les fichiers sont des tableaux\u00A0: un segment, une tabulation, sa "
		"traduction" },
	{ "new", 0, FLAG, FIELD(only_new), IN_TERM_EXTRACT, NULL, NULL, NULL,
		"without what the termbases have already",
		"sans ce que les bases terminologiques ont déjà" },
	{ "min", 0, TEXT, FIELD(least), IN_TERM_EXTRACT | SCORES_TM | IN_ALIGN | IN_TM_IMPORT,
		"N", "N", NULL,
		"the least: occurrences (default: 2), of memories the score (default: 70), of\n"
		"align how sure a pair is that a memory takes, in per cent (default: 50)",
		"au moins\u00A0: occurrences (par défaut, 2)\u00A0; note, pour les mémoires "
		"(par défaut, "
		"70)\u00A0;\n"
		"pour align, sûreté en pour cent des paires qu’une mémoire prend (50)" },
	{ "lines", 0, FLAG, FIELD(lines), IN_ALIGN, NULL, NULL, NULL,
		"every line is a segment already", "chaque ligne est déjà un segment" },
	{ "top", 0, TEXT, FIELD(most), IN_TERM_EXTRACT | IN_TM_MATCH | IN_TM_CONCORDANCE, "N",
		"N", NULL, "of each kind, or for each segment, at most",
		"de chaque espèce, ou par segment, au plus" },
	{ "tm", 0, LIST, FIELD(tms), ASKS_TM | RUNS_RULES | IN_ALIGN, "MEMORY", "MÉMOIRE", NULL,
		"the memory to ask (tm commands: by default your own)",
		"la mémoire interrogée (commandes tm\u00A0: par défaut la vôtre)" },
	{ "source-lang", 0, TEXT, FIELD(source_lang),
		ASKS_TM | IN_TM_IMPORT | IN_TM_EXPORT | IN_TM_SYNC | IN_ALIGN | LISTS_FILES,
		"TAG", "CODE", NULL,
		"language of the source: en, fr-CA … (default: the file’s)",
		"langue source\u00A0: en, fr-CA… (par défaut, celle du fichier)" },
	{ "target-lang", 0, TEXT, FIELD(target_lang),
		ASKS_TM | IN_TM_IMPORT | IN_TM_EXPORT | IN_TM_SYNC | IN_ALIGN | LISTS_FILES,
		"TAG", "CODE", NULL, "language of the translation", "langue de la traduction" },
	{ "side", 0, TEXT, FIELD(side), IN_TM_CONCORDANCE, "SIDE", "CÔTÉ", "|source|target|",
		"where to look: source (default), target",
		"où chercher\u00A0: source (par défaut), target (la traduction)" },
	{ "document", 0, TEXT, FIELD(document), FILTERS_TM, "NAME", "NOM", NULL,
		"the document: whose name begins so; of an import, where nothing else says",
		"le document\u00A0: dont le nom commence ainsi\u00A0; pour un versement, à "
		"défaut" },
	{ "author", 0, TEXT, FIELD(author), FILTERS_TM, "NAME", "NOM", NULL, "the author",
		"l’auteur" },
	{ "since", 0, TEXT, FIELD(since), IN_CHECK | IN_TM_EXPORT | IN_TM_SYNC | SCORES_TM,
		"DATE|REV", "DATE|REV", NULL,
		"changed from then on: 2018 or 2018-01-02; of check, since a revision of git:\n"
		"changed documents and, in text formats, changed paragraphs alone",
		"modifiées depuis\u00A0: 2018 ou 2018-01-02\u00A0; pour check, depuis une "
		"révision de git\u00A0:\n"
		"seuls les documents modifiés et, en texte, les paragraphes modifiés" },
	{ "shard", 0, TEXT, FIELD(shard), IN_CHECK, "I/N", "I/N", NULL,
		"of the documents, the I-th of N parts (paraph report merge)",
		"des documents, la I-ième de N parties (paraph report merge)" },
	{ "until", 0, TEXT, FIELD(until), IN_TM_EXPORT | IN_TM_SYNC, "DATE", "DATE", NULL,
		"changed until then", "modifiées jusque-là" },
	{ "previous", 0, TEXT, FIELD(previous), IN_TM_MATCH, "TEXT", "TEXTE", NULL,
		"the segment before, for matches in context",
		"le segment qui précède, pour les correspondances en contexte" },
	{ "next", 0, TEXT, FIELD(next), IN_TM_MATCH, "TEXT", "TEXTE", NULL, "the segment after",
		"le segment qui suit" },
	{ "penalty", 0, LIST, FIELD(penalties), SCORES_TM, "KIND=N", "CAS=N", NULL,
		"points off: machine; author (other than --author), old (before --since), "
		"document",
		"points en moins\u00A0: machine\u00A0; author (autre que --author), old (avant "
		"--since), "
		"document" },
	{ "align", 0, FLAG, FIELD(align), IN_TM_IMPORT, NULL, NULL, NULL,
		"pairs of documents, by their names, laid side by side",
		"des paires de documents, d’après leur nom, mises en regard" },
	{ "conflicts", 0, FLAG, FIELD(conflicts), IN_TM_SYNC, NULL, NULL, NULL,
		"show what was translated in two ways at a time",
		"montrer ce qui a été traduit de deux façons en même temps" },
	{ "only-fetch", 0, FLAG, FIELD(only_fetch), IN_TM_SYNC, NULL, NULL, NULL,
		"send nothing", "ne rien envoyer" },
	{ "moved", 0, FLAG, FIELD(moved), IN_TM_SYNC, NULL, NULL, NULL,
		"the shared memory is the same as before, at another place",
		"la mémoire partagée est la même qu’avant, à un autre endroit" },
	{ "merge", 0, FLAG, FIELD(merge), IN_TM_DEDUPE, NULL, NULL, NULL,
		"of units there more than once, keep the newest",
		"des unités en plusieurs exemplaires, garder la plus récente" },
	{ "to", 0, TEXT, FIELD(to), IN_TERM_EXPORT | IN_TM_EXPORT | IN_ALIGN, "FORMAT",
		"FORMAT", NULL, "format to write (default: by the name of the output)",
		"format à écrire (par défaut, d’après le nom de la sortie)" },
	{ "config", 0, TEXT, FIELD(config),
		RUNS_RULES | FINDS_TERMS | IN_TERM_EDIT | IN_TERM_REMOVE, "FILE", "FICHIER",
		NULL,
		"settings of the project (default: paraph.yaml, upward from each document)",
		"réglages du projet (par défaut, paraph.yaml, en remontant de chaque "
		"document)" },
	{ "no-config", 0, FLAG, FIELD(no_config),
		RUNS_RULES | FINDS_TERMS | IN_TERM_EDIT | IN_TERM_REMOVE, NULL, NULL, NULL,
		"without paraph.yaml, the personal dictionary and the personal termbase",
		"sans paraph.yaml, ni dictionnaire ni base terminologique personnels" },
	{ "test", 0, TEXT, FIELD(test), IN_RULES, "FILE", "FICHIER", NULL,
		"run the examples of a file of rules; exit status 1 when one does not hold",
		"essayer les exemples d’un fichier de règles\u00A0; état de sortie 1 si l’un "
		"d’eux "
		"ne tient pas" },
	{ "allow-incomplete", 0, FLAG, FIELD(allow_incomplete),
		ASKS_TM | IN_TM_STATS | RUNS_RULES | IN_ALIGN, NULL, NULL, NULL,
		"of a memory in several databases, what those have that answer; the others are "
		"named",
		"d’une mémoire en plusieurs bases, ce qu’ont celles qui répondent\u00A0; les "
		"autres "
		"sont nommées" },
	{ "no-builtin", 0, FLAG, FIELD(no_builtin),
		(READS & ~IN_TEXT) | ASKS_TERMS | IN_LSP | IN_SERVE, NULL, NULL, NULL,
		"without the glossaries that ship with paraph",
		"sans les glossaires fournis avec paraph" },
	{ "stdin-filename", 0, TEXT, FIELD(stdin_name), READS, "NAME", "NOM", NULL,
		"what to call standard input (-)", "nom à donner à l’entrée standard (-)" },
	{ "input-format", 0, TEXT, FIELD(input_format), READS, "NAME", "NOM", NULL,
		"format of the documents (txt, docx, odt, xliff…), whatever they look like",
		"format des documents (txt, docx, odt, xliff…), quelle que soit leur allure" },
	{ "files-from", 0, TEXT, FIELD(files_from),
		LISTS_FILES | IN_TERM_FIND | IN_TERM_EXTRACT, "FILE", "FICHIER", NULL,
		"read the files named there (-: standard input), one a line or NUL-separated",
		"traiter les fichiers qui y sont nommés (-\u00A0: entrée standard), séparés "
		"par des "
		"fins de ligne ou des octets nuls" },
	{ "jobs", 'j', TEXT, FIELD(jobs), IN_CHECK | IN_BASELINE | IN_SERVE, "N", "N", NULL,
		"threads: documents checked at a time, parts of a large one (default: the "
		"number of "
		"processors)",
		"fils d’exécution\u00A0: documents traités à la fois, parties d’un grand (par "
		"défaut, le "
		"nombre de processeurs)" },
	{ "no-cache", 0, FLAG, FIELD(no_cache), IN_CHECK | IN_BASELINE, NULL, NULL, NULL,
		"look at every document anew, whatever an earlier run found",
		"regarder chaque document à nouveau, quoi qu’ait trouvé un contrôle "
		"antérieur" },
	{ "port", 0, TEXT, FIELD(port), IN_SERVE, "N", "N", NULL,
		"port to listen on (default: 8081; 0: one that is free, which is told)",
		"port d’écoute (par défaut, 8081\u00A0; 0\u00A0: un port libre, qui est dit)" },
	{ "address", 0, TEXT, FIELD(address), IN_SERVE, "ADDRESS", "ADRESSE", NULL,
		"address to listen on (default: 127.0.0.1; others need --tokens)",
		"adresse d’écoute (par défaut, 127.0.0.1\u00A0; d’autres demandent --tokens)" },
	{ "tokens", 0, TEXT, FIELD(tokens), IN_SERVE, "FILE", "FICHIER", NULL,
		"who may ask: a file of tokens",
		"qui peut demander\u00A0: un fichier de jetons" },
	{ "new-token", 0, TEXT, FIELD(new_token), IN_SERVE, "SCOPES", "DROITS", NULL,
		"make a token in --tokens, show it once, end: check, read, write, admin, "
		"metrics",
		"faire un jeton dans --tokens, le montrer une fois, finir\u00A0: check, read, "
		"write, admin, metrics" },
	{ "tls-cert", 0, TEXT, FIELD(tls_cert), IN_SERVE, "FILE", "FICHIER", NULL,
		"certificate (PEM) for https", "certificat (PEM) pour https" },
	{ "tls-key", 0, TEXT, FIELD(tls_key), IN_SERVE, "FILE", "FICHIER", NULL,
		"its private key (PEM)", "sa clé privée (PEM)" },
	{ "allow-origin", 0, LIST, FIELD(origins), IN_SERVE, "ORIGIN", "ORIGINE", NULL,
		"pages of this origin may ask (https://example.org, *); may be repeated",
		"les pages de cette origine peuvent demander (https://example.org, *)\u00A0; "
		"répétable" },
	{ "allow-host", 0, LIST, FIELD(hosts), IN_SERVE, "NAME", "NOM", NULL,
		"a name that this server goes by, besides localhost and addresses",
		"un nom de ce serveur, outre localhost et les adresses" },
	{ "max-text", 0, TEXT, FIELD(max_text), IN_SERVE, "BYTES", "OCTETS", NULL,
		"the longest text that is checked (default: 1000000)",
		"le plus long texte contrôlé (par défaut, 1000000)" },
	{ "max-upload", 0, TEXT, FIELD(max_upload), IN_SERVE, "BYTES", "OCTETS", NULL,
		"the largest document that is taken (default: 67108864)",
		"le plus gros document accepté (par défaut, 67108864)" },
	{ "rate", 0, TEXT, FIELD(rate), IN_SERVE, "N", "N", NULL,
		"requests a minute of one address (default: any number)",
		"demandes par minute d’une adresse (par défaut, sans limite)" },
	{ "log", 0, FLAG, FIELD(log), IN_SERVE, NULL, NULL, NULL,
		"a line on standard error for each request, without any text",
		"une ligne sur la sortie d’erreur par demande, sans aucun texte" },
	{ "quiet", 'q', FLAG, FIELD(quiet),
		IN_CHECK | IN_TERM_LINT | IN_TM_DEDUPE | IN_TM_PRETRANSLATE | IN_ALIGN, NULL,
		NULL, NULL, "findings only, no summary (of term lint: no information)",
		"les signalements seulement, sans le bilan (pour term lint, sans les "
		"informations)" },
	{ "verbose", 'v', FLAG, FIELD(verbose), LISTS_FILES | IN_TERM_FIND | IN_TERM_EXTRACT,
		NULL, NULL, NULL, "say which files are skipped, and why",
		"dire quels fichiers sont laissés de côté, et pourquoi" },
	{ "color", 0, TEXT, FIELD(color), IN_CHECK | IN_FIX | IN_TM_CONCORDANCE, "WHEN",
		"QUAND", "|auto|always|never|", "auto (default: on a terminal), always, never",
		"auto (par défaut, sur un terminal), always, never" },
	{ "socket", 0, TEXT, FIELD(socket), IN_LSP, "PORT", "PORT", NULL,
		"wait for clients on that port of 127.0.0.1 (0: any, which is told)",
		"attendre des clients sur ce port de 127.0.0.1 (0\u00A0: n’importe lequel, "
		"annoncé)" },
	{ "stdio", 0, FLAG, FIELD(stdio), IN_LSP, NULL, NULL, NULL,
		"over standard input and output: what happens anyway",
		"par l’entrée et la sortie standard\u00A0: ce qui se fait de toute façon" },
	{ "ui-lang", 0, TEXT, FIELD(ui_name), IN_ALL, "LANG", "LANGUE", "|fr|en|",
		"language of messages: fr or en (default: the locale’s)",
		"langue des messages\u00A0: fr ou en (par défaut, selon la locale)" },
	{ "data", 0, TEXT, FIELD(data), IN_ALL, "FOLDER", "DOSSIER", NULL,
		"compiled dictionaries and glossaries",
		"dictionnaires et glossaires compilés" },
	{ "help", 'h', FLAG, FIELD(help), IN_ALL, NULL, NULL, NULL, "this text", "ce texte" },
	{ "check-data", 0, FLAG, FIELD(check_data), IN_ALL, NULL, NULL, NULL,
		"with --version: read the compiled data through for damage",
		"avec --version\u00A0: relire en entier les données compilées" },
	{ "version", 'V', FLAG, FIELD(version), IN_ALL, NULL, NULL, NULL, "the version",
		"la version" },
};

#define OPTION_TOTAL (sizeof(options) / sizeof(*options))

static paraph_language
locale_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);
		if (value != NULL && value[0] != '\0')
			return strncmp(value, "fr", 2) == 0 ? PARAPH_LANGUAGE_FR
							    : PARAPH_LANGUAGE_EN;
	}
	return PARAPH_LANGUAGE_EN;
}

static const option *
find_name(const char *name, size_t n)
{
	for (size_t i = 0; i < OPTION_TOTAL; i++)
		if (strlen(options[i].name) == n && memcmp(options[i].name, name, n) == 0)
			return &options[i];
	return NULL;
}

static const option *
find_letter(char letter)
{
	for (size_t i = 0; i < OPTION_TOTAL; i++)
		if (letter != '\0' && options[i].letter == letter)
			return &options[i];
	return NULL;
}

/* RULE,RULE adds two; a comma belongs to no rule, and to few file names. In the URL of a
 * database commas part its hosts. */
static void
add_all(list *l, const char *value)
{
	for (;;) {
		size_t n = paraph_store_is_shared(value) ? strlen(value) : strcspn(value, ",");
		if (n != 0)
			list_add(l, value, n);
		if (value[n] == '\0')
			return;
		value += n + 1;
	}
}

/* "|fr|en|" as a person lists them: fr, en */
static void
list_choices(char *out, size_t size, const char *choices)
{
	size_t n = 0;

	for (const char *c = choices + 1; *c != '\0' && n + 3 < size; c++)
		if (*c != '|')
			out[n++] = *c;
		else if (c[1] != '\0') {
			out[n++] = ',';
			out[n++] = ' ';
		}
	out[n] = '\0';
}

static bool
is_choice(const option *o, const char *value)
{
	char wanted[32];

	if (o->choices == NULL)
		return true;
	int n = snprintf(wanted, sizeof(wanted), "|%s|", value);
	return n > 0 && (size_t)n < sizeof(wanted) && strchr(value, '|') == NULL &&
	       strstr(o->choices, wanted) != NULL;
}

static int
keep(settings *s, const option *o, const char *value)
{
	char *field = (char *)s + o->field, choices[128];

	if (!is_choice(o, value)) {
		list_choices(choices, sizeof(choices), o->choices);
		return complain(s, "--%s: “%s” is not one of its values: %s",
			"--%s\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: %s",
			o->name, value, choices);
	}
	if (o->field == FIELD(format) && strchr(value, '=') != NULL)
		list_add(&s->reports, value, strlen(value));
	else if (o->kind == TEXT)
		memcpy(field, &value, sizeof(value));
	else if (o->kind == LIST)
		add_all((list *)(void *)field, value);
	if (o->field == FIELD(ui_name))
		s->ui = strcmp(value, "fr") == 0 ? PARAPH_LANGUAGE_FR : PARAPH_LANGUAGE_EN;
	return EXIT_CLEAN;
}

typedef struct parser {
	settings *s;
	int argc, at; /* at: the argument in hand */
	char **argv;
	bool met[OPTION_TOTAL]; /* options that were given */
} parser;

/* value is what stands after = or right after the letter, NULL when nothing does. */
static int
take(parser *p, const option *o, const char *value)
{
	static const bool yes = true;

	p->met[o - options] = true;
	if (o->kind == FLAG) {
		if (value != NULL)
			return complain(p->s, "--%s takes no value",
				"--%s ne prend pas de valeur", o->name);
		memcpy((char *)p->s + o->field, &yes, sizeof(yes));
		return EXIT_CLEAN;
	}
	if (value == NULL && p->at + 1 >= p->argc)
		return complain(p->s, "--%s wants a value", "--%s demande une valeur", o->name);
	return keep(p->s, o, value != NULL ? value : p->argv[++p->at]);
}

static int
unknown(parser *p, const char *argument)
{
	return complain(p->s, "unknown option %s; see paraph --help",
		"option inconnue\u00A0: %s\u00A0; voir paraph --help", argument);
}

static int
take_long(parser *p, const char *argument)
{
	size_t n = strcspn(argument + 2, "=");
	const option *o = find_name(argument + 2, n);

	if (o == NULL)
		return unknown(p, argument);
	return take(p, o, argument[2 + n] == '=' ? argument + 2 + n + 1 : NULL);
}

/* -v -j4 -vj4 -j 4 */
static int
take_letters(parser *p, const char *argument)
{
	for (const char *c = argument + 1; *c != '\0'; c++) {
		const option *o = find_letter(*c);
		if (o == NULL)
			return unknown(p, argument);
		bool last = o->kind != FLAG;
		int trouble = take(p, o, last && c[1] != '\0' ? c + 1 : NULL);
		if (trouble != EXIT_CLEAN || last)
			return trouble;
	}
	return EXIT_CLEAN;
}

static int
take_all(parser *p)
{
	bool plain = false;

	for (; p->at < p->argc; p->at++) {
		const char *argument = p->argv[p->at];
		int trouble = EXIT_CLEAN;
		if (plain || argument[0] != '-' || argument[1] == '\0')
			list_add(&p->s->paths, argument, strlen(argument));
		else if (strcmp(argument, "--") == 0)
			plain = true;
		else if (argument[1] == '-')
			trouble = take_long(p, argument);
		else
			trouble = take_letters(p, argument);
		if (trouble != EXIT_CLEAN)
			return trouble;
	}
	return EXIT_CLEAN;
}

/* How many of the words are the command's name: 0 when it is another command. */
static size_t
name_words(const command *c, const list *words)
{
	const char *space = strchr(c->name, ' ');

	if (space == NULL)
		return words->n > 0 && strcmp(words->at[0], c->name) == 0 ? 1 : 0;
	size_t n = (size_t)(space - c->name);
	return words->n > 1 && strlen(words->at[0]) == n &&
			       memcmp(words->at[0], c->name, n) == 0 &&
			       strcmp(words->at[1], space + 1) == 0
		       ? 2
		       : 0;
}

/* "term": the first of two words that name commands. */
static bool
begins_name(const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i < command_count(); i++)
		if (strncmp(command_at(i)->name, word, n) == 0 && command_at(i)->name[n] == ' ')
			return true;
	return false;
}

static void
drop_first(list *l, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(l->at[i]);
	l->n -= n;
	memmove(l->at, l->at + n, (l->n + 1) * sizeof(*l->at));
}

/* paraph help, paraph help check: what others call --help. */
static void
take_help(settings *s)
{
	if (s->paths.n == 0 || strcmp(s->paths.at[0], "help") != 0)
		return;
	s->help = true;
	drop_first(&s->paths, 1);
}

static int
find_command(settings *s)
{
	take_help(s);
	for (size_t i = 0; i < command_count(); i++) {
		size_t n = name_words(command_at(i), &s->paths);
		if (n == 0)
			continue;
		s->command = command_at(i);
		drop_first(&s->paths, n);
		return EXIT_CLEAN;
	}
	if (s->paths.n == 0)
		return EXIT_CLEAN;
	const char *first = s->paths.at[0];
	if (s->paths.n == 1 && begins_name(first)) {
		s->family = first;
		return EXIT_CLEAN;
	}
	const char *second = s->paths.n > 1 && begins_name(first) ? s->paths.at[1] : NULL;
	return complain(s, "unknown command “%s%s%s”; paraph --help lists them",
		"commande inconnue\u00A0: «\u00A0%s%s%s\u00A0»\u00A0; paraph --help en donne "
		"la liste",
		first, second == NULL ? "" : " ", second == NULL ? "" : second);
}

/* The command may stand after its options, so they are compared at the end. */
static int
check_met(const parser *p)
{
	const settings *s = p->s;

	for (size_t i = 0; i < OPTION_TOTAL; i++)
		if (p->met[i] && (options[i].commands & s->command->bit) == 0)
			return complain(s, "--%s means nothing to paraph %s",
				"--%s n’a pas de sens pour paraph %s", options[i].name,
				s->command->name);
	if (s->reports.n != 0 && (s->command->bit & (IN_CHECK | IN_REPORT_MERGE)) == 0)
		return complain(s, "--format: paraph %s writes one report, with -o into a file",
			"--format\u00A0: paraph %s n’écrit qu’un rapport, avec -o dans un "
			"fichier",
			s->command->name);
	return EXIT_CLEAN;
}

int
options_parse(settings *s, int argc, char **argv)
{
	parser p = { .s = s, .argc = argc, .at = 1, .argv = argv };

	s->ui = locale_language();
	int trouble = take_all(&p);
	if (trouble == EXIT_CLEAN)
		trouble = find_command(s);
	if (trouble != EXIT_CLEAN || s->command == NULL)
		return trouble;
	return check_met(&p);
}

void
options_free(settings *s)
{
	list_free(&s->paths);
	list_free(&s->reports);
	list_free(&s->enable);
	list_free(&s->disable);
	list_free(&s->only);
	list_free(&s->termbases);
	list_free(&s->targets);
	list_free(&s->tms);
	list_free(&s->penalties);
	list_free(&s->words);
	list_free(&s->rules);
	list_free(&s->origins);
	list_free(&s->hosts);
}

/* Columns of UTF-8 text in the languages of the program: one a code point. */
static int
columns(const char *text)
{
	int n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

static void
help_option(FILE *out, const settings *s, const option *o)
{
	const char *argument = say(s, o->argument_en, o->argument_fr);
	char left[64];

	snprintf(left, sizeof(left), "  %c%c%s --%s%s%s", o->letter != 0 ? '-' : ' ',
		o->letter != 0 ? o->letter : ' ', o->letter != 0 ? "," : " ", o->name,
		argument == NULL ? "" : " ", argument == NULL ? "" : argument);
	fprintf(out, "%s%*s%s\n", left, 30 - columns(left), "", say(s, o->help_en, o->help_fr));
}

static void
help_command(FILE *out, const settings *s)
{
	const command *c = s->command;

	const char *arguments = say(s, c->arguments_en, c->arguments_fr);

	fprintf(out, "%s paraph %s%s%s\n\n", say(s, "usage:", "usage\u00A0:"), c->name,
		arguments[0] == '\0' ? "" : " ", arguments);
	fprintf(out, "%s\n\n", say(s, c->help_en, c->help_fr));
	for (size_t i = 0; i < OPTION_TOTAL; i++)
		if ((options[i].commands & c->bit) != 0)
			help_option(out, s, &options[i]);
}

static void
help_line(FILE *out, const settings *s, const command *c)
{
	fprintf(out, "  %-15s %s\n", c->name, say(s, c->summary_en, c->summary_fr));
}

/* All commands, or after their first word alone (paraph term) those it begins. */
static void
help_program(FILE *out, const settings *s)
{
	fputs(say(s,
		      "paraph checks United Nations texts in French and English.\n\n"
		      "usage: paraph COMMAND [OPTION…] [ARGUMENT…]\n\n",
		      "paraph vérifie les textes des Nations Unies en français et en "
		      "anglais.\n\n"
		      "usage\u00A0: paraph COMMANDE [OPTION…] [ARGUMENT…]\n\n"),
		out);
	for (size_t i = 0; i < command_count(); i++)
		if (s->family == NULL ||
			strncmp(command_at(i)->name, s->family, strlen(s->family)) == 0)
			help_line(out, s, command_at(i));
	fputs(say(s,
		      "\nparaph COMMAND --help tells more. Exit status: 0 nothing found,\n"
		      "1 findings, 2 the program could not do what was asked, 75 not now: try "
		      "again.\n",
		      "\nparaph COMMANDE --help en dit plus. État de sortie\u00A0: 0 rien à "
		      "signaler,\n"
		      "1 des signalements, 2 le programme n’a pas pu faire ce qui était "
		      "demandé,\n75 pas maintenant\u00A0: réessayez.\n"),
		out);
}

void
options_help(FILE *out, const settings *s)
{
	if (s->command == NULL)
		help_program(out, s);
	else
		help_command(out, s);
}

void
options_each(const settings *s, uint64_t commands,
	void (*each)(void *user, const option_view *o), void *user)
{
	for (size_t i = 0; i < OPTION_TOTAL; i++) {
		const option *o = &options[i];
		option_view v = { o->name, o->letter, o->kind != FLAG, o->choices,
			say(s, o->help_en, o->help_fr) };
		if ((o->commands & commands) != 0)
			each(user, &v);
	}
}
