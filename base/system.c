#include "base/system.h"

#include <errno.h>
#include <string.h>

static const struct {
	int error;
	const char *en, *fr;
} sentences[] = {
	{ ENOENT, "no such file or folder", "ce fichier ou dossier n’existe pas" },
	{ ENOTDIR, "part of the path is not a folder",
		"une partie du chemin n’est pas un dossier" },
	{ EISDIR, "is a folder", "est un dossier" },
	{ EACCES, "permission denied", "accès refusé" },
	{ EPERM, "operation not permitted", "opération non autorisée" },
	{ ENOSPC, "no space left on the disk", "il n’y a plus de place sur le disque" },
	{ EDQUOT, "disk quota exceeded", "quota de disque dépassé" },
	{ EFBIG, "file too large", "fichier trop grand" },
	{ EROFS, "the file system is read-only",
		"le système de fichiers est en lecture seule" },
	{ EIO, "input/output error", "erreur d’entrée/sortie" },
	{ ELOOP, "too many symbolic links", "trop de liens symboliques" },
	{ ENAMETOOLONG, "name too long", "nom trop long" },
	{ EMFILE, "too many open files", "trop de fichiers ouverts" },
	{ ENOMEM, "out of memory", "plus assez de mémoire" },
	{ EPIPE, "nobody reads the output any more", "plus personne ne lit la sortie" },
};

const char *
system_message(language ui, int error)
{
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if (sentences[i].error == error)
			return ui == LANGUAGE_FR ? sentences[i].fr : sentences[i].en;
	return strerror(error);
}

bool
system_is_passing(int error)
{
	static const int passing[] = { EAGAIN, EBUSY, EDQUOT, EHOSTDOWN, EHOSTUNREACH, EINTR,
		EMFILE, ENETDOWN, ENETUNREACH, ENFILE, ENOBUFS, ENOLCK, ENOMEM, ENOSPC, ESTALE,
		ETIMEDOUT };

	for (size_t i = 0; i < sizeof(passing) / sizeof(*passing); i++)
		if (passing[i] == error)
			return true;
	return false;
}
