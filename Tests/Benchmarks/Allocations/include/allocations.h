/// How often the process has asked for memory so far, by malloc or its kin; exact with one thread.
unsigned long wirewatch_allocations(void);
