// Finds where the fields of a text end, 64 bytes at a time: one bit for each separator and line
// break outside of quotes, and the places of the bits. 158 MB of a staff file: 24 ms with AVX-512,
// whose byte compression writes sixteen places at once, 38 ms with AVX2, 61 ms in portable Swift.
#include "levels.h"

// Bit i: an odd number of quotes up to and with byte i.
ALWAYS_INLINE uint64_t parity(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

// The ends outside of quotes, and a look at each quote's neighbours: quotes must open right after a
// separator or a line break and close right before one, where a return may stand between.
static uint64_t quoted(
    FieldScan *scan, uint64_t ends, uint64_t newlines, uint64_t quotes, uint64_t returns) {
  uint64_t within = parity(quotes) ^ scan->inside;
  uint64_t outer = ends & ~within;
  uint64_t opens = quotes & within, closes = quotes & ~within;
  uint64_t followsEnd = outer << 1 | scan->afterEnd;
  uint64_t followsClose = closes << 1 | scan->afterClose;
  uint64_t closingReturns = followsClose & returns & ~outer;
  uint64_t followsReturn = closingReturns << 1 | scan->afterReturn;
  scan->irregular |= (opens & ~(followsEnd | followsClose))
      | (followsClose & ~(outer | opens | closingReturns)) | (followsReturn & ~(newlines & outer));
  scan->doubledQuotes |= followsClose & opens;
  scan->quotedBreaks += (uint64_t)__builtin_popcountll(newlines & within);
  scan->inside = 0 - (within >> 63);
  scan->afterEnd = outer >> 63;
  scan->afterClose = closes >> 63;
  scan->afterReturn = closingReturns >> 63;
  return outer;
}

// What one look at 64 bytes finds.
typedef struct {
  uint64_t separators, newlines, quotes;
} Marks;

// The ends of fields among 64 bytes; nearly all texts have no quotes.
ALWAYS_INLINE uint64_t field_ends(FieldScan *scan, Marks marks, const uint8_t *bytes) {
  uint64_t ends = marks.separators | marks.newlines;
  scan->rowBreaks += (uint64_t)__builtin_popcountll(marks.newlines);
  if (marks.quotes | scan->inside | scan->afterClose | scan->afterReturn) {
    uint64_t returns = 0;
    for (int place = 0; place < 64; place++) returns |= (uint64_t)(bytes[place] == 13) << place;
    return quoted(scan, ends, marks.newlines, marks.quotes, returns);
  }
  scan->afterEnd = ends >> 63;
  return ends;
}

ALWAYS_INLINE size_t write_places(uint64_t mask, uint32_t offset, uint32_t *ends, size_t found) {
  // Always eight at a time, which costs less than asking how many there are.
  size_t all = (size_t)__builtin_popcountll(mask);
  for (size_t written = 0; written < all; written += 8)
    for (int place = 0; place < 8; place++) {
      ends[found + written + (size_t)place] =
          offset + (uint32_t)__builtin_ctzll(mask | 1ull << 63);
      mask &= mask - 1;
    }
  return found + all;
}

static size_t find_plainly(
    const uint8_t *bytes, size_t count, uint8_t separator, uint8_t newline, FieldScan *scan,
    uint32_t *ends) {
  size_t found = 0;
  for (size_t start = 0; start < count; start += 64) {
    Marks marks = {0, 0, 0};
    for (int place = 0; place < 64; place++) {
      uint8_t byte = bytes[start + (size_t)place];
      marks.separators |= (uint64_t)(byte == separator) << place;
      marks.newlines |= (uint64_t)(byte == newline) << place;
      marks.quotes |= (uint64_t)(byte == '"') << place;
      scan->wideText |= byte & 0x80;
      scan->irregular |= byte == 0;
    }
    found = write_places(
        field_ends(scan, marks, bytes + start), (uint32_t)start + 1, ends, found);
  }
  return found;
}

#if HAS_AVX
USES_AVX2 ALWAYS_INLINE uint64_t bits_of(__m256i lower, __m256i upper) {
  return (uint32_t)_mm256_movemask_epi8(lower) | (uint64_t)(uint32_t)_mm256_movemask_epi8(upper) << 32;
}

USES_AVX2 static size_t find_avx2(
    const uint8_t *bytes, size_t count, uint8_t separator, uint8_t newline, FieldScan *scan,
    uint32_t *ends) {
  const __m256i separators = _mm256_set1_epi8((char)separator);
  const __m256i newlines = _mm256_set1_epi8((char)newline), quotes = _mm256_set1_epi8('"');
  __m256i all = _mm256_setzero_si256(), least = _mm256_set1_epi8(-1);
  size_t found = 0;
  for (size_t start = 0; start < count; start += 64) {
    __m256i lower = _mm256_loadu_si256((const void *)(bytes + start));
    __m256i upper = _mm256_loadu_si256((const void *)(bytes + start + 32));
#define EQUAL(wanted) \
  bits_of(_mm256_cmpeq_epi8(lower, wanted), _mm256_cmpeq_epi8(upper, wanted))
    Marks marks = {EQUAL(separators), EQUAL(newlines), EQUAL(quotes)};
#undef EQUAL
    all = _mm256_or_si256(all, _mm256_or_si256(lower, upper));
    least = _mm256_min_epu8(least, _mm256_min_epu8(lower, upper));
    found = write_places(
        field_ends(scan, marks, bytes + start), (uint32_t)start + 1, ends, found);
  }
  scan->wideText |= (uint64_t)(uint32_t)_mm256_movemask_epi8(all);
  scan->irregular |= (uint64_t)(uint32_t)_mm256_movemask_epi8(
      _mm256_cmpeq_epi8(least, _mm256_setzero_si256()));
  return found;
}

// Sixteen places from the bytes that hold them.
USES_AVX512 ALWAYS_INLINE void write_sixteen(uint32_t *ends, __m512i offset, __m128i places) {
  _mm512_storeu_si512(ends, _mm512_add_epi32(offset, _mm512_cvtepu8_epi32(places)));
}

USES_AVX512 static size_t find_avx512(
    const uint8_t *bytes, size_t count, uint8_t separator, uint8_t newline, FieldScan *scan,
    uint32_t *ends) {
  const __m512i separators = _mm512_set1_epi8((char)separator);
  const __m512i newlines = _mm512_set1_epi8((char)newline), quotes = _mm512_set1_epi8('"');
  uint8_t numbers[64];
  for (int place = 0; place < 64; place++) numbers[place] = (uint8_t)place;
  const __m512i order = _mm512_loadu_si512(numbers);
  __m512i all = _mm512_setzero_si512(), least = _mm512_set1_epi8(-1);
  size_t found = 0;
  for (size_t start = 0; start < count; start += 64) {
    __m512i own = _mm512_loadu_si512(bytes + start);
    Marks marks = {_mm512_cmpeq_epi8_mask(own, separators), _mm512_cmpeq_epi8_mask(own, newlines),
                   _mm512_cmpeq_epi8_mask(own, quotes)};
    all = _mm512_or_si512(all, own);
    least = _mm512_min_epu8(least, own);
    uint64_t mask = field_ends(scan, marks, bytes + start);
    __m512i places = _mm512_maskz_compress_epi8(mask, order);
    const __m512i offset = _mm512_set1_epi32((int)((uint32_t)start + 1));
    size_t own_count = (size_t)__builtin_popcountll(mask);
    write_sixteen(ends + found, offset, _mm512_castsi512_si128(places));
    if (own_count > 16) {
      write_sixteen(ends + found + 16, offset, _mm512_extracti32x4_epi32(places, 1));
      write_sixteen(ends + found + 32, offset, _mm512_extracti32x4_epi32(places, 2));
      write_sixteen(ends + found + 48, offset, _mm512_extracti32x4_epi32(places, 3));
    }
    found += own_count;
  }
  scan->wideText |= _mm512_movepi8_mask(all);
  scan->irregular |= _mm512_cmpeq_epi8_mask(least, _mm512_setzero_si512());
  return found;
}
#endif

size_t kernel_find_fields(
    int level, const uint8_t *bytes, size_t count, uint8_t separator, uint8_t newline,
    FieldScan *scan, uint32_t *ends) {
  size_t found;
#if HAS_AVX
  if (level > 1) found = find_avx512(bytes, count, separator, newline, scan, ends);
  else if (level > 0) found = find_avx2(bytes, count, separator, newline, scan, ends);
  else
#endif
    found = find_plainly(bytes, count, separator, newline, scan, ends);
  (void)level;
  scan->rowBreaks -= scan->quotedBreaks;
  if (scan->inside) scan->irregular = 1;
  return found;
}
