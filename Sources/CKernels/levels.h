// Which instructions a function may use, and the loops that compilers turn into vectors themselves.
#ifndef LEVELS_H
#define LEVELS_H

#include "CKernels.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define HAS_AVX 1
#define USES_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
#define USES_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2," \
                        "avx2,bmi,bmi2,popcnt,lzcnt")))
#else
#define HAS_AVX 0
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

#endif
