// What a stretch of codes holds at least and at most, so that filters can pass over stretches that
// cannot matter. The loops are plain, and compiled twice, as those of cells.c are. A million codes of
// 32 bits: 0.06 ms on one core, the speed of the third cache.
#include "levels.h"

#define LOOP(Code, name)                                                                          \
  ALWAYS_INLINE CodeZone name(const Code *codes, size_t count) {                                  \
    Code least = (Code)~(Code)0, greatest = 0, leastPresent = (Code)~(Code)0;                     \
    for (size_t row = 0; row < count; row++) {                                                    \
      Code code = codes[row], present = (Code)(code - 1);                                         \
      least = code < least ? code : least;                                                        \
      greatest = code > greatest ? code : greatest;                                               \
      /* A missing code turns into the greatest number. */                                        \
      leastPresent = present < leastPresent ? present : leastPresent;                             \
    }                                                                                             \
    CodeZone zone = {                                                                             \
        .least = greatest ? (uint32_t)leastPresent + 1 : 1, .greatest = greatest,                 \
        .hasMissing = count > 0 && least == 0};                                                   \
    return zone;                                                                                  \
  }
LOOP(uint8_t, zone_of_bytes)
LOOP(uint16_t, zone_of_shorts)
LOOP(uint32_t, zone_of_words)

#if HAS_AVX
#define WIDE(Code, name, loop)                                                                    \
  USES_AVX2 static CodeZone name(const Code *codes, size_t count) { return loop(codes, count); }
WIDE(uint8_t, wide_bytes, zone_of_bytes)
WIDE(uint16_t, wide_shorts, zone_of_shorts)
WIDE(uint32_t, wide_words, zone_of_words)
#define WHERE_WIDE(call) if (level > 0) return call
#else
#define WHERE_WIDE(call) (void)level
#endif

CodeZone kernel_zone_of_bytes(int level, const uint8_t *codes, size_t count) {
  WHERE_WIDE(wide_bytes(codes, count));
  return zone_of_bytes(codes, count);
}

CodeZone kernel_zone_of_shorts(int level, const uint16_t *codes, size_t count) {
  WHERE_WIDE(wide_shorts(codes, count));
  return zone_of_shorts(codes, count);
}

CodeZone kernel_zone_of_words(int level, const uint32_t *codes, size_t count) {
  WHERE_WIDE(wide_words(codes, count));
  return zone_of_words(codes, count);
}
