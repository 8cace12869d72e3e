// The few loops that need vector instructions which Swift cannot name.
//
// Each kernel takes the level of the processor first and gives the same answer at every level, so
// that a test can compare them. Memory is read only inside the ranges given.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

// What the processor can do: 0 plain C, 1 AVX2, 2 AVX-512 that permutes and compresses bytes.
int kernel_level(void);

// Lets a thread that looks out for another do so without taking much from it.
void kernel_pause(void);

// The processor that runs the caller; below 0 when that is not known.
int kernel_processor(void);

// Keeps threads off a processor, if the program may use others.
void kernel_keep_off(int processor, const pthread_t *threads, int count);

// Asks for the memory at an address, which will be looked at soon; any address will do.
static inline void kernel_prefetch(const void *address) { __builtin_prefetch(address); }

// Counting: totals[k] += the number of codes equal to k. All are below groups, of which there are
// this many at most.
enum { KERNEL_COUNT_GROUPS = 64 };

void kernel_count_bytes(
    int level, const uint8_t *codes, size_t count, int groups, uint64_t *totals);

// The same for the rows whose bit is set; the first row is the lowest bit of the first word.
void kernel_count_bytes_where(
    int level, const uint8_t *codes, const uint64_t *bits, size_t count, int groups,
    uint64_t *totals);

// Selecting: bit i says whether codes[i] - low, wrapped, is below width. Whole words are written,
// the bits past count are zero.
void kernel_select_bytes(
    int level, const uint8_t *codes, size_t count, uint8_t low, uint8_t width, uint64_t *bits);
void kernel_select_shorts(
    int level, const uint16_t *codes, size_t count, uint16_t low, uint16_t width, uint64_t *bits);
void kernel_select_words(
    int level, const uint32_t *codes, size_t count, uint32_t low, uint32_t width, uint64_t *bits);

// The codes of a stretch that are not 0: at least, at most (1 and 0 when there are none); and whether
// some are 0.
typedef struct {
  uint32_t least, greatest, hasMissing;
} CodeZone;

CodeZone kernel_zone_of_bytes(int level, const uint8_t *codes, size_t count);
CodeZone kernel_zone_of_shorts(int level, const uint16_t *codes, size_t count);
CodeZone kernel_zone_of_words(int level, const uint32_t *codes, size_t count);

// Listing: the numbers of the bits that are set, the first bit being number first, and how many there
// are. There must be room for 64 rows more than are found.
size_t kernel_list_rows(
    int level, const uint64_t *words, size_t count, uint32_t first, uint32_t *rows);

// How many bits are set.
size_t kernel_count_bits(int level, const uint64_t *words, size_t count);

// Cells: cells[i] = codes[i] * factor, or += when isFirst is zero.
void kernel_cells_of_bytes(
    int level, const uint8_t *codes, size_t count, uint32_t factor, int isFirst, uint32_t *cells);
void kernel_cells_of_shorts(
    int level, const uint16_t *codes, size_t count, uint32_t factor, int isFirst, uint32_t *cells);
void kernel_cells_of_words(
    int level, const uint32_t *codes, size_t count, uint32_t factor, int isFirst, uint32_t *cells);

// target[i] = source[i] where bit i is set, else other; target may be source.
void kernel_mask_cells(
    int level, const uint32_t *source, const uint64_t *bits, size_t count, uint32_t other,
    uint32_t *target);

// What the 64 bytes before leave behind when the fields of a text are found.
typedef struct {
  // All ones inside of quotes, else zero.
  uint64_t inside;
  // One bit each: whether the byte before ended a field, closed a quote, was a return after one.
  uint64_t afterEnd, afterClose, afterReturn;
  // Line breaks outside of quotes, and inside.
  uint64_t rowBreaks, quotedBreaks;
  // Not zero when there is any: bytes above 127, doubled quotes, misplaced quotes or zero bytes.
  uint64_t wideText, doubledQuotes, irregular;
} FieldScan;

// Writes where each field of the text ends, counted from 1, and returns how many there are. Up to 63
// bytes after the text are read, and must be spaces; ends needs room for count + 72.
size_t kernel_find_fields(
    int level, const uint8_t *bytes, size_t count, uint8_t separator, uint8_t newline,
    FieldScan *scan, uint32_t *ends);

// A value that a column is known to hold: its bytes in an arena, and its code.
typedef struct {
  uint32_t start, length, code, unused;
} TextEntry;

// Known values, each at the place that its hash names: 1 << (64 - shift) entries. The first stays
// as it is, of length and code 0, and is where empty cells are found. 64 bytes after each value of
// the arena may be read.
typedef struct {
  const TextEntry *entries;
  uint64_t shift;
  const uint8_t *arena;
} TextTable;

// The cells of one column: ends[row * stride] is where a cell ends, counted from 1 at origin, and
// the end before it is where the cell before it ends. endsLine: a return at the end is no part of it.
typedef struct {
  const uint8_t *origin;
  const uint32_t *ends;
  size_t stride, rows;
  int endsLine;
} TextCells;

// The place of a value among the entries; 8 bytes from its start may be read.
size_t kernel_text_place(const uint8_t *bytes, size_t length, uint64_t shift);

// Writes the codes of the cells from the first row on, up to one whose value does not stand at its
// place, or is longer than 64 bytes, and returns that row, or rows.
size_t kernel_find_texts(
    int level, const TextCells *cells, const TextTable *table, size_t first, uint32_t *codes);

// What was found among numbers so far.
typedef struct {
  int64_t least, most;
  size_t present;
} NumberScan;

// Reads the cells from the first row on as numbers, in units of 10 to the power of minus places, which
// is 0 to 4, and the empty ones as missing, up to the eight cells of which one is not a number of at
// most eight bytes, without sign or needless zeros, with no point or with so many places. Returns the
// row of the first cell that was not read; below AVX-512 that is the first of all.
size_t kernel_read_numbers(
    int level, const TextCells *cells, size_t first, int places, int64_t missing, int64_t *values,
    NumberScan *scan);

#endif
