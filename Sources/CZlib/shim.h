// zlib for Swift, which does not import macros with arguments: `deflateInit2` gets a name here.
#pragma once

#include <zlib.h>

static inline int start_gzip(z_stream *stream, int level) {
    // 15 bits of window, the most there is; 16 more ask for gzip's own frame.
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
}
