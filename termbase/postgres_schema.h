/* The tables of a shared termbase, as steps of base/postgres_schema.h. */
#ifndef TERMBASE_POSTGRES_SCHEMA_H
#define TERMBASE_POSTGRES_SCHEMA_H

#include "base/postgres_schema.h"

extern const postgres_part store_postgres_part;

#endif
