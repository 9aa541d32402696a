// libpq for Swift. The PG_DIAG_* macros are character constants, which Swift does not import: they get names here.
#pragma once

#include <libpq-fe.h>

static inline int diag_sqlstate(void) { return PG_DIAG_SQLSTATE; }
static inline int diag_message_primary(void) { return PG_DIAG_MESSAGE_PRIMARY; }
static inline int diag_message_detail(void) { return PG_DIAG_MESSAGE_DETAIL; }
static inline int diag_message_hint(void) { return PG_DIAG_MESSAGE_HINT; }
static inline int diag_context(void) { return PG_DIAG_CONTEXT; }
static inline int diag_table_name(void) { return PG_DIAG_TABLE_NAME; }
static inline int diag_column_name(void) { return PG_DIAG_COLUMN_NAME; }
static inline int diag_constraint_name(void) { return PG_DIAG_CONSTRAINT_NAME; }
static inline int diag_source_function(void) { return PG_DIAG_SOURCE_FUNCTION; }
