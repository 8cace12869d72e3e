#ifndef WIDEN_READLINE_SHIM_H
#define WIDEN_READLINE_SHIM_H
/*
 * Swift 6 refuses C's global variables, so each one that the line editor touches has a function
 * here. Strings that readline keeps are duplicated by the caller and never freed.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h> /* before readline.h, which needs FILE */
#include <unistd.h>
#include <wchar.h>
#include <readline/readline.h>
#include <readline/history.h>

/* What is being edited. */
static inline const char *widen_line(void) { return rl_line_buffer; }
static inline int widen_point(void) { return rl_point; }
static inline void widen_set_point(int point) { rl_point = point; }
static inline int widen_end(void) { return rl_end; }
static inline unsigned long widen_state(void) { return rl_readline_state; }
/* False while readline shows another prompt than ours: a search, an argument. */
static inline int widen_prompt_is_ours(void) { return rl_display_prompt == rl_prompt; }

/* Waits for a key, with these signals held back; the Glibc module does not show ppoll. */
extern int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
/* A negative time waits for as long as it takes. */
static inline int widen_wait_for_key(const sigset_t *held, int milliseconds) {
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  return ppoll(&input, 1, milliseconds < 0 ? NULL : &time, held);
}
/* Whether a key can be read at once; asked from any thread. */
static inline int widen_input_is_waiting(void) {
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) > 0 && input.revents & POLLIN;
}

/* Where it is drawn. */
static inline FILE *widen_out(void) { return rl_outstream; }
static inline void widen_set_redisplay(rl_voidfunc_t *redisplay) {
  rl_redisplay_function = redisplay;
}
/* The stock function clears the rows of the old width; with another in its place it would not. */
static inline void widen_resize(void) {
  rl_voidfunc_t *redisplay = rl_redisplay_function;
  rl_redisplay_function = rl_redisplay;
  rl_resize_terminal();
  rl_redisplay_function = redisplay;
}
/* The Glibc module does not show wcwidth. */
extern int wcwidth(wchar_t);
static inline int widen_wcwidth(unsigned scalar) { return wcwidth((wchar_t)scalar); }

/* How readline behaves. */
static inline void widen_set_name(const char *name) { rl_readline_name = name; }
static inline void widen_leave_signals_to_us(void) {
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
}
/* Binds a key only where the user's inputrc left it as it was. */
static inline void widen_rebind(
    const char *keys, Keymap map, rl_command_func_t *from, rl_command_func_t *to) {
  int type = 0;
  rl_command_func_t *bound = rl_function_of_keyseq(keys, map, &type);
  if (bound == from || bound == 0)
    rl_bind_keyseq_in_map(keys, to, map);
}

/* Completion. */
static inline void widen_set_completer(rl_completion_func_t *completer) {
  rl_attempted_completion_function = completer;
}
static inline void widen_set_menu(rl_compdisp_func_t *menu) {
  rl_completion_display_matches_hook = menu;
}
static inline void widen_set_word_breaks(const char *breaks, const char *quotes) {
  rl_completer_word_break_characters = breaks;
  rl_completer_quote_characters = quotes;
}
/* Readline sets all of these anew before each completion, so each completion calls this. */
static inline void widen_begin_completion(int append) {
  rl_attempted_completion_over = 1;
  rl_completion_append_character = append;
  rl_completion_suppress_quote = 1;
  rl_sort_completion_matches = 0;
}

/* History. */
static inline int widen_history_base(void) { return history_base; }
static inline int widen_history_length(void) { return history_length; }
#endif
