#ifndef WIDEN_READLINE_SHIM_H
#define WIDEN_READLINE_SHIM_H
#include <stdio.h> /* readline.h needs FILE */
#include <readline/readline.h>
#include <readline/history.h>
#endif
