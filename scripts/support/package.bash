# How the Debian package is made and tried; scripts/release sources it.

# make_package PROGRAM WORK INTO OPTION … : lays the files out in WORK and packs them; the package's
# path is left in $package.
make_package() {
  local program=$1 work=$2 into=$3 version architecture maintainer
  shift 3
  local tree=$work/tree
  local documents=$tree/usr/share/doc/widen
  umask 022
  install -D -m 755 "$program" "$tree/usr/bin/widen"
  version=$("$tree/usr/bin/widen" --version)
  version=${version#widen }
  architecture=$(dpkg --print-architecture)

  local completions=$tree/usr/share
  mkdir -p "$completions/bash-completion/completions" "$completions/zsh/vendor-completions" \
    "$completions/fish/vendor_completions.d" "$tree/usr/share/man/man1" "$documents"
  "$program" completion bash >"$completions/bash-completion/completions/widen"
  "$program" completion zsh >"$completions/zsh/vendor-completions/_widen"
  "$program" completion fish >"$completions/fish/vendor_completions.d/widen.fish"
  "$program" manual | gzip -9n >"$tree/usr/share/man/man1/widen.1.gz"

  # The same files make the same package: every time in it is that of the last change.
  SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)
  export SOURCE_DATE_EPOCH
  maintainer=$(git -C "$root" log -1 --format='%an <%ae>' 2>/dev/null || true)
  if [ -n "${DEBEMAIL:-}" ]; then maintainer="${DEBFULLNAME:-widen} <$DEBEMAIL>"; fi

  install -m 644 "$root/README.md" "$root/CHANGELOG.md" "$root"/docs/*.md "$documents"
  write_changelog "$version" | gzip -9n >"$documents/changelog.gz"
  write_copyright >"$documents/copyright"

  # After the manual page, which the program itself writes: a program that is stripped says the same.
  strip --strip-unneeded --remove-section=.comment --remove-section=.note "$tree/usr/bin/widen"
  # An installed program looks for libraries where the system keeps them, and nowhere else.
  if [ -z "$quick" ]; then patchelf --remove-rpath "$tree/usr/bin/widen"; fi
  write_control "$work" "$tree" "$version" "$architecture"
  (cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) \
    >"$tree/DEBIAN/md5sums"

  mkdir -p "$into"
  package=$into/widen_${version}_$architecture.deb
  find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group "$@" --build "$tree" "$package" >/dev/null
}

write_control() {
  local work=$1 tree=$2 version=$3 architecture=$4 depends
  mkdir -p "$tree/DEBIAN" "$work/debian"
  printf 'Source: widen\n\nPackage: widen\nArchitecture: any\n' >"$work/debian/control"
  depends=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info "$tree/usr/bin/widen" 2>/dev/null |
    sed -n 's/^shlibs:Depends=//p')
  cat >"$tree/DEBIAN/control" <<END
Package: widen
Version: $version
Section: science
Priority: optional
Architecture: $architecture
Maintainer: ${maintainer:-widen}
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: ${depends:-libc6}
Recommends: less
Suggests: bash-completion
Description: shell for questions about workforce data
 widen is a shell in which workforce analysts query data. A query starts with
 a table and goes on in steps; percentages say what they are of, missing values
 and small differences are pointed out, and a figure can be traced to its rows.
 .
 It reads CSV files, Excel workbooks and SQLite databases, draws charts in the
 terminal, and comes with scripts for the published equality indicators and
 with a synthetic sample, on which every example of its help runs.
END
}

write_changelog() {
  printf 'widen (%s) unstable; urgency=medium\n\n  * CHANGELOG.md beside this file tells it.\n\n' "$1"
  printf ' -- %s  %s\n' "${maintainer:-widen}" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

# The licence's whole text is in Debian's common licences.
write_copyright() {
  cat <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: widen

Files: *
Copyright: $(date -u -d "@$SOURCE_DATE_EPOCH" +%Y) the authors of widen
License: GPL-3.0-or-later
Comment:
 The bundled sample contains public sector information licensed under the Open
 Government Licence v3.0: NHS Digital, workforce statistics of September 2016;
 Office for National Statistics, Census 2021. Its people are invented.
 .
 The program holds the Swift standard library and swift-argument-parser,
 both of Apple Inc. and the Swift project authors, under the Apache
 License 2.0 with Runtime Library Exception.

License: GPL-3.0-or-later
 This program is free software: you can redistribute it and/or modify it under
 the terms of the GNU General Public License as published by the Free Software
 Foundation, either version 3 of the License, or (at your option) any later
 version.
 .
 On Debian systems the full text is in /usr/share/common-licenses/GPL-3.
END
}

# check_package PACKAGE FOLDER : unpacks the package as dpkg would and tries what it holds.
check_package() {
  local package=$1 folder=$2 widen problem
  dpkg-deb -x "$package" "$folder"
  widen=$folder/usr/bin/widen
  try "the program answers" test \
    "$(cd / && "$widen" --no-config -c 'from staff | count' 2>/dev/null)" = "n: 28,800"
  try "the manual page reads without a warning" manual_reads "$folder"
  try "bash completes a command" test "$(bash_completes "$folder" form)" = "format"
  try "bash completes a script" test "$(bash_completes "$folder" run wres_2)" = "wres_2 wres_2_publishable"
  try_with zsh "zsh reads its script" zsh -fn "$folder/usr/share/zsh/vendor-completions/_widen"
  try_with fish "fish reads its script" \
    fish -n "$folder/usr/share/fish/vendor_completions.d/widen.fish"
  for problem in copyright README.md CHANGELOG.md changelog.gz language.md; do
    try "$problem is there" test -s "$folder/usr/share/doc/widen/$problem"
  done
  try_with fish "fish completes a script" test \
    "$(fish_completes "$folder" "widen run wres_2" | cut -f1 | tr '\n' ' ')" = "wres_2 wres_2_publishable "
  if [ -z "$quick" ] && command -v lintian >/dev/null; then
    # Small libraries are linked in on purpose: a program that is started a hundred times a day
    # does not wait for the loader.
    problem=$(lintian --allow-root --fail-on none --suppress-tags embedded-library "$package" 2>&1)
    if [ -n "$problem" ]; then printf '%s\n' "$problem" >&2; fi
    if printf '%s\n' "$problem" | grep -q '^E:'; then stop "lintian finds errors"; fi
  fi
  say "$(start_time "$widen") from start to answer, $(du -k "$package" | cut -f1) KiB to fetch"
}

try() {
  local what=$1
  shift
  if ! "$@" >/dev/null; then
    say "failed: $what"
    exit 1
  fi
}

try_with() { if command -v "$1" >/dev/null; then try "${@:2}"; fi; }

manual_reads() {
  [ -z "$(man --warnings -E UTF-8 -l -Tutf8 -Z "$1/usr/share/man/man1/widen.1.gz" 2>&1 >/dev/null)" ]
}

# bash_completes FOLDER WORD … : what bash would offer for the last word.
bash_completes() {
  local folder=$1
  shift
  bash --norc -c '
    cd /
    source "$1/usr/share/bash-completion/completions/widen"
    shift
    COMP_WORDS=(widen "$@")
    COMP_CWORD=$#
    _widen
    echo "${COMPREPLY[*]}"' bash "$folder" "$@"
}

fish_completes() {
  fish --no-config -c '
    cd /
    source $argv[1]/usr/share/fish/vendor_completions.d/widen.fish
    complete -C $argv[2]' "$1" "$2" 2>/dev/null || true
}

# The median of nine starts, in milliseconds.
start_time() {
  local index before times=()
  for index in 1 2 3 4 5 6 7 8 9; do
    before=${EPOCHREALTIME/[.,]/}
    "$1" --no-config -c 'from organisations | count' >/dev/null 2>&1
    times[index]=$((${EPOCHREALTIME/[.,]/} - before))
  done
  printf '%s\n' "${times[@]}" | sort -n | sed -n 5p | awk '{ printf "%.1f ms", $1 / 1000 }'
}
