#include <malloc.h>
#include <unistd.h>

// glibc alone has what is here; elsewhere it does nothing.

// Keeps what is freed for the next use, instead of giving it back and asking for it again with every reply: 2 MiB an arena,
// which grow by 128 KiB at once. From 1 MiB on an allocation is the system's again as soon as it is freed. Arenas for
// the threads that allocate much (one drives transfers, one commits, a worker and a thread of the pool for each processor), so
// that none of them waits for another's; not eight for each processor, for what one thread freed is to be there for the next.
// Before threads.
static inline void ww_keep_free_memory(void) {
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 2 << 20);
    mallopt(M_TOP_PAD, 128 << 10);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    mallopt(M_ARENA_MAX, 4 + 2 * (processors > 1 ? (int)processors : 1));
#endif
}

// Returns free memory of all arenas to the system.
static inline void ww_release_free_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
