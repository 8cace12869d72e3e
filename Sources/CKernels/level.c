#include "levels.h"

int kernel_level(void) {
#if HAS_AVX
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2")) return 0;
  int isWide = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi")
      && __builtin_cpu_supports("avx512vbmi2");
  return isWide ? 2 : 1;
#else
  return 0;
#endif
}

void kernel_pause(void) {
#if HAS_AVX
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
