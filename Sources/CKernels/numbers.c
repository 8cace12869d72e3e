// From the cells of a column to numbers of up to eight digits, eight cells at once: each is a word
// that ends where the cell does, and its digits are put together in pairs, fours and eights. Four
// columns of a million rows: 17 ms on one core at 2.6 GHz, 43 ms with a word at a time.
#include "levels.h"

#if HAS_AVX
// The word of bytes that are all alike.
USES_AVX512 ALWAYS_INLINE __m512i each_byte(uint8_t byte) { return _mm512_set1_epi8((char)byte); }

// Eight digits a word, the first in the lowest byte, less the zeros' code.
USES_AVX512 ALWAYS_INLINE __m512i eight_digits(__m512i digits) {
  const __m512i tens = _mm512_set1_epi16(0x010A), hundreds = _mm512_set1_epi32(0x00010064);
  __m512i fours = _mm512_madd_epi16(_mm512_maddubs_epi16(digits, tens), hundreds);
  return _mm512_add_epi64(
      _mm512_mul_epu32(fours, _mm512_set1_epi64(10000)), _mm512_srli_epi64(fours, 32));
}

USES_AVX512 static size_t read_avx512(
    const TextCells *cells, size_t first, int places, int64_t missing, int64_t *values,
    NumberScan *scan) {
  static const int64_t powers[] = {1, 10, 100, 1000, 10000};
  const __m256i rows = _mm256_mullo_epi32(
      _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32((int)cells->stride));
  const __m512i eight = _mm512_set1_epi64(8), all = _mm512_set1_epi64(64);
  const __m512i zero = each_byte('0'), power = _mm512_set1_epi64(powers[places]);
  // Where the point is in a word, and which bytes follow it.
  const __m512i point = _mm512_set1_epi64((long long)('.') << 8 * (7 - places));
  const __m512i point_byte = _mm512_set1_epi64(0xFFll << 8 * (7 - places));
  const __m512i fraction = _mm512_set1_epi64(places ? (long long)(~0ull << (64 - 8 * places)) : 0);
  __m512i least = _mm512_set1_epi64(scan->least), most = _mm512_set1_epi64(scan->most);
  size_t present = 0, row = first;
  for (; row + 8 <= cells->rows; row += 8) {
    const uint32_t *ends = cells->ends + row * cells->stride;
    __m512i end = _mm512_cvtepu32_epi64(_mm256_i32gather_epi32((const int *)ends, rows, 4));
    __m512i before = _mm512_cvtepu32_epi64(_mm256_i32gather_epi32((const int *)ends - 1, rows, 4));
    __m512i length = _mm512_sub_epi64(_mm512_sub_epi64(end, before), _mm512_set1_epi64(1));
    __m512i word = _mm512_i64gather_epi64(end, cells->origin - 8, 1);
    // The point goes, and the digits before it move up.
    __mmask8 pointed = places == 0 ? 0
        : _mm512_cmpeq_epi64_mask(_mm512_and_si512(word, point_byte), point)
            & _mm512_cmpgt_epi64_mask(length, _mm512_set1_epi64(places + 1));
    __m512i moved = _mm512_ternarylogic_epi64(fraction, word, _mm512_slli_epi64(word, 8), 0xCA);
    __m512i digits = _mm512_mask_blend_epi64(pointed, word, moved);
    __m512i count = _mm512_mask_sub_epi64(length, pointed, length, _mm512_set1_epi64(1));
    __m512i kept = _mm512_sllv_epi64(
        each_byte(0xFF), _mm512_sub_epi64(all, _mm512_slli_epi64(count, 3)));
    digits = _mm512_sub_epi8(_mm512_ternarylogic_epi64(kept, digits, zero, 0xCA), zero);
    // A zero in front is no digit of a number, unless it stands alone before the point.
    __m512i front = _mm512_and_si512(
        _mm512_srlv_epi64(word, _mm512_sub_epi64(all, _mm512_slli_epi64(length, 3))),
        _mm512_set1_epi64(0xFF));
    __m512i single = _mm512_mask_set1_epi64(_mm512_set1_epi64(1), pointed, places + 2);
    __mmask8 odd = _mm512_cmpgt_epu64_mask(length, eight)
        | (_mm512_cmpeq_epi64_mask(front, _mm512_set1_epi64('0'))
            & _mm512_cmpgt_epi64_mask(length, single));
    if (odd || _mm512_cmpgt_epu8_mask(digits, each_byte(9))) break;
    __m512i value = eight_digits(digits);
    value = _mm512_mask_mul_epu32(value, (__mmask8)~pointed, value, power);
    __mmask8 filled = _mm512_test_epi64_mask(length, length);
    _mm512_storeu_si512(
        values + row, _mm512_mask_blend_epi64(filled, _mm512_set1_epi64(missing), value));
    least = _mm512_mask_min_epi64(least, filled, least, value);
    most = _mm512_mask_max_epi64(most, filled, most, value);
    present += (size_t)_mm_popcnt_u32(filled);
  }
  scan->least = _mm512_reduce_min_epi64(least);
  scan->most = _mm512_reduce_max_epi64(most);
  scan->present += present;
  return row;
}
#endif

size_t kernel_read_numbers(
    int level, const TextCells *cells, size_t first, int places, int64_t missing, int64_t *values,
    NumberScan *scan) {
#if HAS_AVX
  // A return may end a cell that ends a line.
  if (level > 1 && !cells->endsLine)
    return read_avx512(cells, first, places, missing, values, scan);
#endif
  (void)level, (void)cells, (void)places, (void)missing, (void)values, (void)scan;
  return first;
}
