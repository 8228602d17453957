#include <stddef.h>

/// How often the process has called malloc.
size_t wirewatch_allocations(void);
