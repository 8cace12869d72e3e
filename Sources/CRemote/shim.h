#ifndef WIDEN_REMOTE_SHIM_H
#define WIDEN_REMOTE_SHIM_H
/*
 * libcurl's functions that take arguments of any type. Swift does not call such functions, so each
 * type that is needed has a function here. The library is opened at run time: these are given its
 * functions, and nothing of its headers is needed.
 */

/* int curl_easy_setopt(CURL *, CURLoption, ...) and its like. */
typedef int (*widen_variadic)(void *, int, ...);

static inline int widen_set_number(void *function, void *transfer, int option, long value) {
  return ((widen_variadic)function)(transfer, option, value);
}
static inline int widen_set_size(void *function, void *transfer, int option, long long value) {
  return ((widen_variadic)function)(transfer, option, value);
}
static inline int widen_set_pointer(void *function, void *transfer, int option, const void *value) {
  return ((widen_variadic)function)(transfer, option, value);
}
/* What curl_easy_getinfo gives for the kinds that are whole numbers. */
static inline int widen_get_number(void *function, void *transfer, int kind, long *value) {
  return ((widen_variadic)function)(transfer, kind, value);
}
/* What was set as the transfer's own pointer. */
static inline int widen_get_pointer(void *function, void *transfer, int kind, void **value) {
  return ((widen_variadic)function)(transfer, kind, value);
}

/* What curl calls with what it received: bytes, 1, their count, and what was given with it. */
typedef unsigned long (*widen_receiver)(char *, unsigned long, unsigned long, void *);
static inline int widen_set_receiver(
    void *function, void *transfer, int option, widen_receiver receiver) {
  return ((widen_variadic)function)(transfer, option, receiver);
}

/* CURLMsg: that a transfer has ended, and how. */
typedef struct {
  int kind;
  void *transfer;
  union {
    void *whatever;
    int result;
  } data;
} widen_message;

#endif
