# What the scripts share: how they speak, and how they see to what they need.
# Everything said goes to standard error, so that a program's own output stays clean.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
script=scripts/$(basename "$0")
order=$root/scripts/support/order.txt

say() { printf '%s: %s\n' "$script" "$*" >&2; }

stop() {
  say "$1"
  shift
  if [ $# -gt 0 ]; then printf '  %s\n' "$@" >&2; fi
  exit 2
}

# quietly COMMAND … : the command's output is shown only when somebody watches or when it fails.
quietly() {
  if [ -t 2 ]; then
    "$@" </dev/null >&2
    return
  fi
  local log status=0
  log=$(mktemp)
  "$@" </dev/null >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then cat "$log" >&2; fi
  rm -f "$log"
  return "$status"
}

# need_packages NAME … : installs the Debian packages that are missing. A name may be written
# COMMAND:PACKAGE when the command is enough, wherever it came from.
need_packages() {
  local item missing=()
  for item in "$@"; do
    if ! has_package "$item"; then missing+=("${item#*:}"); fi
  done
  if [ "${#missing[@]}" -eq 0 ]; then return; fi
  if ! command -v apt-get >/dev/null; then
    stop "this is not Debian, so the packages that are missing cannot be installed from here" \
      "Debian calls them: ${missing[*]}" \
      "install what your system calls them (libreadline-dev is readline-devel on Fedora)," \
      "then start $script again"
  fi
  say "installing ${missing[*]} (Debian packages, once)"
  if ! install_packages "${missing[@]}"; then
    stop "the packages could not be installed" "by hand: sudo apt-get install ${missing[*]}"
  fi
}

has_package() {
  case $1 in
  *:*) command -v "${1%%:*}" >/dev/null ;;
  *) if command -v dpkg-query >/dev/null; then is_installed "$1"; else has_header "$1"; fi ;;
  esac
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Elsewhere than on Debian a package is known by the header that it brings.
has_header() {
  case $1 in
  libreadline-dev) [ -e /usr/include/readline/readline.h ] ;;
  libsqlite3-dev) [ -e /usr/include/sqlite3.h ] ;;
  zlib1g-dev) [ -e /usr/include/zlib.h ] ;;
  libexpat1-dev) [ -e /usr/include/expat.h ] ;;
  libxlsxwriter-dev) [ -e /usr/include/xlsxwriter.h ] ;;
  *) return 1 ;;
  esac
}

# The list of packages is fetched only when the first try fails: a new machine has none.
install_packages() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      stop "installing needs an administrator, and there is no sudo here" \
        "as root: apt-get install $*"
    fi
    as_root=(sudo)
    if [ ! -t 2 ]; then as_root+=(-n); fi
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y)
  "${apt[@]}" --no-install-recommends install "$@" </dev/null >/dev/null 2>&1 && return
  quietly "${apt[@]}" update || return 1
  quietly "${apt[@]}" --no-install-recommends install "$@"
}

# need_swift : the compiler is there and new enough, or the way to get it is said.
need_swift() {
  local found
  found=$({ swift --version 2>/dev/null || true; } |
    sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  set -- ${found:-0 0}
  if [ "$1" -gt 6 ] || { [ "$1" -eq 6 ] && [ "$2" -ge 2 ]; }; then return; fi
  local state="none was found"
  if [ "$1" -gt 0 ]; then state="$1.$2 was found at $(command -v swift)"; fi
  stop "widen is built with Swift 6.2 or later; $state" \
    "1. fetch the toolchain for this system from https://www.swift.org/install/linux/" \
    "   and install the Debian packages that page lists" \
    "2. unpack it:     mkdir -p ~/swift && tar -xzf swift-6*.tar.gz -C ~/swift --strip-components 1" \
    "3. put it first:  export PATH=\"\$HOME/swift/usr/bin:\$PATH\"     (~/.profile keeps it)" \
    "then start $script again"
}

# is_built : the release program is newer than everything it is made of. Folders count too, so
# that a file taken away is noticed; the stamp is from the start of the build, so that a file
# saved while it ran is.
is_built() {
  [ -x "$root/.build/release/widen" ] && [ -e "$root/.build/widen.built" ] &&
    [ -z "$(find "$root/Sources" "$root/Package.swift" "$order" -newer "$root/.build/widen.built" \
      -print -quit)" ]
}

# archives : a folder that names the static forms of the libraries, as far as they are installed. The
# linker looks there first: ten libraries to find and to bind took a third of the time of a start.
archives() {
  local folder=$root/.build/archives library file
  mkdir -p "$folder"
  for library in readline tinfo sqlite3 expat z stdc++ gcc_eh; do
    file=$(g++ -print-file-name="lib$library.a")
    # What takes exceptions apart goes by another name when it is shared.
    if [ -f "$file" ]; then ln -sfn "$file" "$folder/lib${library/gcc_eh/gcc_s}.a"; fi
  done
  printf '%s\n' "$folder"
}

# How the program that is shipped is built. Its functions that a start and a query need lie side by
# side, as scripts/order found them: counting by band took a fifth less when its code had left the
# caches.
release=(-c release --static-swift-stdlib --product widen -Xlinker --no-warn-symbol-ordering
  -Xlinker "--symbol-ordering-file=$order" -Xswiftc -use-ld=lld
  -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections)
# Places that move with the program are listed as bits, which a start reads an eighth sooner; the
# system's loader understands that from glibc 2.36 on.
if printf '%s\n' "glibc 2.36" "$(getconf GNU_LIBC_VERSION)" | sort --check=quiet --version-sort; then
  release+=(-Xlinker -z -Xlinker pack-relative-relocs)
fi

# build_release : builds the program that is shipped, unless nothing has changed.
build_release() {
  if is_built; then return; fi
  need_swift
  need_packages git:git g++:g++ libreadline-dev libsqlite3-dev zlib1g-dev libexpat1-dev \
    libxlsxwriter-dev
  say "building widen (two or three minutes the first time)"
  mkdir -p "$root/.build"
  touch "$root/.build/widen.building"
  # The package manager does not know that the program depends on the order of its functions.
  if [ "$order" -nt "$root/.build/release/widen" ]; then rm -f "$root/.build/release/widen"; fi
  if ! quietly swift build --package-path "$root" "${release[@]}" -Xlinker "-L$(archives)" \
    -Xlinker -ltinfo; then
    say "the build failed; the reason stands above"
    exit 1
  fi
  mv "$root/.build/widen.building" "$root/.build/widen.built"
}

# build_release_tests : builds the tests as the program is shipped, in a folder of their own.
# Some of them look into modules, which has to be allowed.
release_tests=(--package-path "$root" --scratch-path "$root/.build/release-tests" -c release
  -Xswiftc -enable-testing)
build_release_tests() {
  need_swift
  need_packages git:git g++:g++ libreadline-dev libsqlite3-dev zlib1g-dev libexpat1-dev \
    libxlsxwriter-dev
  say "building the tests as the program is shipped (some minutes the first time)"
  quietly swift build "${release_tests[@]}" --build-tests || exit 1
}

# run_release_tests PATTERN : runs the tests whose names it fits.
run_release_tests() {
  swift test "${release_tests[@]}" --skip-build --disable-xctest --filter "$1"
}
