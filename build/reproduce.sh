#!/usr/bin/env bash
# Builds the package of the commit that is checked out twice, each time from a clone of its own, and compares the two file by file. The clones lie
# in the same folder one after the other: Razor writes the full paths of pages into what it compiles.
# With two packages, `build/reproduce.sh A.tar.gz B.tar.gz`, it compares those. Ends with 1 where a file differs, and names it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# -eq 0 ]; then
  cd "$(dirname "$0")/.."
  packages=()
  for turn in first second; do
    rm -rf "$work/clone"
    git clone --quiet . "$work/clone"
    "$work/clone/build/package.sh" > "$work/log" || { cat "$work/log" >&2; exit 1; }
    mv "$work/clone/$(tail -n 1 "$work/log")" "$work/$turn.tar.gz"
    packages+=("$work/$turn.tar.gz")
  done
  set -- "${packages[@]}"
fi

for side in first second; do
  mkdir "$work/$side"
  tar -xzf "$1" -C "$work/$side"
  (cd "$work/$side" && find . -type f -print0 | sort --zero-terminated | xargs --null sha256sum) > "$work/$side.sums"
  shift
done
differing=$(comm -3 <(sort "$work/first.sums") <(sort "$work/second.sums") | awk '{print $2}' | sort --unique)
count=$(printf '%s' "$differing" | grep --count . || true)
echo "$(wc -l < "$work/first.sums") files compared, $count differing"
[ "$count" = 0 ] || { echo "$differing"; exit 1; }
