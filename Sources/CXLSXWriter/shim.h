#include <xlsxwriter.h>

/* Marks cells as a table while rows go to the disk one by one.
 *
 * The library refuses, because the row of headings may have gone by then, and it would write them
 * again. Here they have been written, so its copies go to the memory that this mode ignores. */
static inline lxw_error widen_add_table(
    lxw_worksheet *sheet, lxw_row_t first_row, lxw_row_t last_row, lxw_col_t last_column,
    lxw_table_options *options) {
  lxw_error error;
  sheet->optimize = LXW_FALSE;
  error = worksheet_add_table(sheet, first_row, 0, last_row, last_column, options);
  sheet->optimize = LXW_TRUE;
  return error;
}

/* The bytes of rows that are on the disk, or -1 when some could not be written: the library does
 * not look. */
static inline long long widen_row_bytes(lxw_worksheet *sheet) {
  if (fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile)) return -1;
  return ftell(sheet->optimize_tmpfile);
}
