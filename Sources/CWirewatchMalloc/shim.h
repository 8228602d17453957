#include <malloc.h>
#include <unistd.h>

// glibc alone has what is here; elsewhere it does nothing.

// Keeps what is freed for the next use, instead of giving it back and asking for it again with every reply: 1 MiB an arena,
// which grow by 128 KiB at once. From 1 MiB on an allocation is the system's again as soon as it is freed. As many arenas as
// processors, not eight times as many: what one thread freed is there for another. Before threads.
static inline void ww_keep_free_memory(void) {
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 1 << 20);
    mallopt(M_TOP_PAD, 128 << 10);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    mallopt(M_ARENA_MAX, processors > 2 ? (int)processors : 2);
#endif
}

// Returns free memory of all arenas to the system.
static inline void ww_release_free_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
