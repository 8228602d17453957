#include "allocations.h"

// Stands before glibc's malloc for the Swift runtime, too, which takes all objects from it. What it hands out is glibc's,
// so that free and realloc work on it.
extern void *__libc_malloc(size_t size);

static size_t allocations;

void *malloc(size_t size) {
    __atomic_fetch_add(&allocations, 1, __ATOMIC_RELAXED);
    return __libc_malloc(size);
}

size_t wirewatch_allocations(void) { return __atomic_load_n(&allocations, __ATOMIC_RELAXED); }
