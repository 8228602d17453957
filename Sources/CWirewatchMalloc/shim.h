#include <malloc.h>

// Returns free memory of all arenas to the system; glibc alone has this.
static inline void ww_release_free_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
