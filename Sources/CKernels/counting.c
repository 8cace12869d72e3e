// Counts codes of a byte in few groups. With AVX2 by a vector compare for each group over a tile that
// stays in the first cache, so that no count waits for the one before it as it does in a histogram.
// With AVX-512 a code becomes one bit of eight, and the bits of sixteen vectors are added up as on
// paper, a digit at a time: eight groups cost four instructions for 64 rows. A million rows in 20
// groups, on one core at 2.6 GHz: 0.05 ms, against 0.11 ms with AVX2 and 0.5 ms for four histograms.
#include "levels.h"

ALWAYS_INLINE int bit_of(const uint64_t *bits, size_t row) {
  return bits == 0 || (bits[row >> 6] >> (row & 63) & 1);
}

// Four histograms: neighbouring rows are often alike, and would wait for one another in one.
static void count_plainly(
    const uint8_t *codes, const uint64_t *bits, size_t count, int groups, uint64_t *totals) {
  uint32_t lanes[4][256];
  memset(lanes, 0, sizeof lanes);
  size_t start = 0;
  while (start < count) {
    // A lane is emptied before it can overflow.
    size_t end = count - start > (1u << 31) ? start + (1u << 31) : count;
    for (size_t row = start; row < end; row++)
      if (bit_of(bits, row)) lanes[row & 3][codes[row]]++;
    for (int code = 0; code < groups; code++) {
      totals[code] += (uint64_t)lanes[0][code] + lanes[1][code] + lanes[2][code] + lanes[3][code];
      lanes[0][code] = lanes[1][code] = lanes[2][code] = lanes[3][code] = 0;
    }
    start = end;
  }
}

#if HAS_AVX
enum { TILE = 128 };

// The groups from one on, so many at a time; a lane of a byte cannot overflow in 128 vectors.
USES_AVX2 ALWAYS_INLINE void count_some(
    const __m256i *tile, size_t vectors, int group, int width, int groups, uint64_t *totals) {
  const __m256i zero = _mm256_setzero_si256();
  __m256i sums[8], wanted[8];
  for (int each = 0; each < width; each++) {
    sums[each] = zero;
    wanted[each] = _mm256_set1_epi8((char)(group + each));
  }
  for (size_t place = 0; place < vectors; place++)
    for (int each = 0; each < width; each++)
      sums[each] = _mm256_sub_epi8(sums[each], _mm256_cmpeq_epi8(tile[place], wanted[each]));
  for (int each = 0; each < width && group + each < groups; each++) {
    __m256i four = _mm256_sad_epu8(sums[each], zero);
    totals[group + each] += (uint64_t)_mm256_extract_epi64(four, 0)
        + (uint64_t)_mm256_extract_epi64(four, 1) + (uint64_t)_mm256_extract_epi64(four, 2)
        + (uint64_t)_mm256_extract_epi64(four, 3);
  }
}

USES_AVX2 static void count_tile(
    const __m256i *tile, size_t vectors, int groups, uint64_t *totals) {
  int group = 0;
  for (; groups - group > 4; group += 8) count_some(tile, vectors, group, 8, groups, totals);
  if (group < groups) count_some(tile, vectors, group, 4, groups, totals);
}

// All ones in the bytes whose bit is clear.
USES_AVX2 ALWAYS_INLINE __m256i cleared_bytes(uint32_t bits) {
  const __m256i spread = _mm256_setr_epi8(
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
  const __m256i each = _mm256_set1_epi64x((long long)0x8040201008040201ull);
  __m256i own = _mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), spread), each);
  return _mm256_cmpeq_epi8(own, _mm256_setzero_si256());
}

USES_AVX2 static void count_avx2(
    const uint8_t *codes, const uint64_t *bits, size_t count, int groups, uint64_t *totals) {
  __m256i tile[TILE];
  size_t row = 0;
  while (row + 32 <= count) {
    size_t vectors = (count - row) / 32;
    if (vectors > TILE) vectors = TILE;
    for (size_t place = 0; place < vectors; place++) {
      size_t first = row + place * 32;
      __m256i own = _mm256_loadu_si256((const void *)(codes + first));
      // No group has the code 255, which stands for the rows that are not in.
      if (bits)
        own = _mm256_or_si256(own, cleared_bytes((uint32_t)(bits[first >> 6] >> (first & 32))));
      tile[place] = own;
    }
    count_tile(tile, vectors, groups, totals);
    row += vectors * 32;
  }
  for (; row < count; row++)
    if (bit_of(bits, row) && codes[row] < groups) totals[codes[row]]++;
}

enum { STEP = 16, BLOCK = 8 * STEP };

// The rows of eight groups, a bit of each byte for each: how often it was set, digit by digit, and how
// many sixteens there were before.
typedef struct {
  __m512i table, ones, twos, fours, eights, sixteens[8];
} Octet;

// Adds two to a digit, and returns what goes to the next.
USES_AVX512 ALWAYS_INLINE __m512i carry(__m512i *digit, __m512i a, __m512i b) {
  __m512i over = _mm512_ternarylogic_epi64(*digit, a, b, 0xE8);
  *digit = _mm512_ternarylogic_epi64(*digit, a, b, 0x96);
  return over;
}

// The bits of a vector's codes, none for rows that are not in.
USES_AVX512 ALWAYS_INLINE __m512i marks(
    const uint8_t *codes, const uint64_t *bits, size_t vector, __m512i table) {
  __m512i own = _mm512_loadu_si512(codes + vector * 64);
  return bits ? _mm512_maskz_permutexvar_epi8(bits[vector], own, table)
              : _mm512_permutexvar_epi8(own, table);
}

USES_AVX512 ALWAYS_INLINE uint64_t bytes_with(__m512i marks, int bit) {
  return _mm512_test_epi8_mask(marks, _mm512_set1_epi8((char)(1 << bit)));
}

USES_AVX512 ALWAYS_INLINE void count_octet(
    const uint8_t *codes, const uint64_t *bits, size_t vectors, Octet *octet) {
  const __m512i one = _mm512_set1_epi8(1);
  Octet own = *octet;
  for (size_t first = 0; first < vectors; first += STEP) {
    __m512i eights[2];
    for (int half = 0; half < 2; half++) {
      __m512i fours[2];
      for (int quarter = 0; quarter < 2; quarter++) {
        __m512i twos[2];
        for (int pair = 0; pair < 2; pair++) {
          size_t vector = first + half * 8 + quarter * 4 + pair * 2;
          twos[pair] = carry(
              &own.ones, marks(codes, bits, vector, own.table),
              marks(codes, bits, vector + 1, own.table));
        }
        fours[quarter] = carry(&own.twos, twos[0], twos[1]);
      }
      eights[half] = carry(&own.fours, fours[0], fours[1]);
    }
    __m512i sixteens = carry(&own.eights, eights[0], eights[1]);
    for (int bit = 0; bit < 8; bit++)
      own.sixteens[bit] = _mm512_mask_add_epi8(
          own.sixteens[bit], bytes_with(sixteens, bit), own.sixteens[bit], one);
  }
  *octet = own;
}

// Adds what an octet has counted to the totals of its groups.
USES_AVX512 static void tell_octet(const Octet *octet, int groups, uint64_t *totals) {
  for (int bit = 0; bit < groups; bit++) {
    __m512i sixteens = _mm512_sad_epu8(octet->sixteens[bit], _mm512_setzero_si512());
    totals[bit] += (uint64_t)_mm_popcnt_u64(bytes_with(octet->ones, bit))
        + 2 * (uint64_t)_mm_popcnt_u64(bytes_with(octet->twos, bit))
        + 4 * (uint64_t)_mm_popcnt_u64(bytes_with(octet->fours, bit))
        + 8 * (uint64_t)_mm_popcnt_u64(bytes_with(octet->eights, bit))
        + 16 * (uint64_t)_mm512_reduce_add_epi64(sixteens);
  }
}

// Returns how many rows it has counted; those that make up no whole step are left.
USES_AVX512 static size_t count_avx512(
    const uint8_t *codes, const uint64_t *bits, size_t count, int groups, uint64_t *totals) {
  size_t vectors = count / 64 / STEP * STEP, vector = 0;
  Octet octets[KERNEL_COUNT_GROUPS / 8];
  int octet_count = (groups + 7) / 8;
  while (vector < vectors) {
    // A byte has room for 255 sixteens.
    size_t end = vectors - vector > 255 * STEP ? vector + 255 * STEP : vectors;
    memset(octets, 0, sizeof octets);
    for (int code = 0; code < octet_count * 8; code++)
      ((uint8_t *)&octets[code >> 3].table)[code] = (uint8_t)(1 << (code & 7));
    for (; vector < end; vector += BLOCK) {
      size_t own = end - vector < BLOCK ? end - vector : BLOCK;
      for (int each = 0; each < octet_count; each++)
        count_octet(codes + vector * 64, bits ? bits + vector : 0, own, &octets[each]);
    }
    vector = end;
    for (int each = 0; each < octet_count; each++)
      tell_octet(
          &octets[each], groups - each * 8 < 8 ? groups - each * 8 : 8, totals + each * 8);
  }
  return vectors * 64;
}
#endif

void kernel_count_bytes(
    int level, const uint8_t *codes, size_t count, int groups, uint64_t *totals) {
  kernel_count_bytes_where(level, codes, 0, count, groups, totals);
}

void kernel_count_bytes_where(
    int level, const uint8_t *codes, const uint64_t *bits, size_t count, int groups,
    uint64_t *totals) {
#if HAS_AVX
  size_t done = level > 1 ? count_avx512(codes, bits, count, groups, totals) : 0;
  const uint64_t *rest = bits ? bits + done / 64 : 0;
  if (level > 0) return count_avx2(codes + done, rest, count - done, groups, totals);
#endif
  (void)level;
  count_plainly(codes, bits, count, groups, totals);
}
