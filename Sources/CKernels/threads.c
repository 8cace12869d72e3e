#define _GNU_SOURCE
#include <sched.h>

#include "include/CKernels.h"

int kernel_processor(void) { return sched_getcpu(); }

void kernel_keep_off(int processor, const pthread_t *threads, int count) {
  cpu_set_t allowed;
  // The caller's set is what the program may use at all.
  if (processor < 0 || sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  CPU_CLR(processor, &allowed);
  if (CPU_COUNT(&allowed) == 0) return;
  for (int index = 0; index < count; index++) {
    pthread_setaffinity_np(threads[index], sizeof allowed, &allowed);
  }
}
