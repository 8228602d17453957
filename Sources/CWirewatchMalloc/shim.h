#include <malloc.h>

// Arenas of glibc's allocator at most; false where the C library has another one.
static inline int ww_set_arenas(int count) {
#ifdef M_ARENA_MAX
    return mallopt(M_ARENA_MAX, count);
#else
    (void)count;
    return 0;
#endif
}
