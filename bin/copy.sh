# Sourced by bin/fluxrig: the copy of what was built that its starts run from (docs/decisions/a-rack-runs-from-a-copy.md). Reads
# home and root of the launcher.

# Into jars: the folder to run from, a copy of what Maven built. A build writes over its own folder, and a JVM dies of a jar
# that changes under it; so no build touches a copy, and each has a name of its own, which the class-data archive is made for.
settle() {
  if settled; then return; fi
  if [ ! -w "$home" ]; then
    settle_for_others
    return
  fi
  if ! built; then nothing_built; fi
  locked
  settled || copy
  unlocked
}

# Into jars, for an account that may make no copy: the last one, though something was built since, or what was built itself.
settle_for_others() {
  local folder=""
  if [ -r "$home/current" ]; then IFS= read -r folder <"$home/current" || true; fi
  if [ -n "$folder" ] && [ -d "$home/$folder" ]; then
    printf 'fluxrig: runs what was built before %s changed: have its owner start fluxrig once\n' "$home/lib" >&2
    jars=$home/$folder
  else
    if ! built; then nothing_built; fi
    printf 'fluxrig: runs from %s, which the next build removes: have its owner start fluxrig once\n' "$home/lib" >&2
    jars=$home/lib
  fi
}

nothing_built() {
  fluxrig_die "nothing is built yet: start it once without FLUXRIG_NO_BUILD, as the owner of $root"
}

# Whether the latest copy is of what is built now; jars is it then.
settled() {
  local folder="" names="" jar
  [ -r "$home/current" ] || return 1
  { IFS= read -r folder && IFS= read -r names; } <"$home/current" || return 1
  [ -d "$home/$folder" ] || return 1
  if ! built; then # a build that failed took its own folder away
    jars=$home/$folder
    return 0
  fi
  [ "$names" = "$(built_names)" ] || return 1
  for jar in "$home"/lib/*.jar; do
    if [ "$jar" -nt "$home/current" ]; then return 1; fi
  done
  jars=$home/$folder
}

built() {
  local names=("$home"/lib/*.jar)
  [ -e "${names[0]}" ]
}

built_names() {
  local names=("$home"/lib/*.jar)
  printf '%s' "${names[*]##*/}"
}

copy() {
  local folder before=""
  folder=run-$(date +%Y%m%d-%H%M%S)-$$
  if [ -r "$home/current" ]; then IFS= read -r before <"$home/current" || true; fi
  printf '%s\n%s\n' "$folder" "$(built_names)" >"$home/current.new"
  cp -pR "$home/lib" "$home/$folder"
  mv -f "$home/current.new" "$home/current"
  jars=$home/$folder
  forget "$before"
}

# Removes copies that nobody runs from; the one before stays, for a start that has just chosen it.
forget() {
  local folder running
  running=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n') || true
  [ -n "$running" ] || running=$(ps -axww -o args= 2>/dev/null) || true
  [ -n "$running" ] || return 0 # it cannot be told
  for folder in "$home"/run-*; do
    if [ "$folder" != "$jars" ] && [ "$folder" != "$home/$1" ] && [[ $running != *"$folder/"* ]]; then rm -rf "$folder"; fi
  done
}

# Into more_jars: where a further module's jars are run from, beside the copy of the others; made with the first start that needs them.
more_settle() {
  local jar built=$root/engine/$1/target/fluxrig/lib
  more_jars=$jars-$1
  [ -d "$built" ] || fluxrig_die "$1 is not built yet: start it once without FLUXRIG_NO_BUILD, as the owner of $root"
  if [ ! -w "$home" ]; then
    [ -d "$more_jars" ] || more_jars=$built
    return
  fi
  locked
  for jar in "$built"/*.jar; do
    if [ ! -e "$more_jars/${jar##*/}" ] || [ "$jar" -nt "$more_jars/${jar##*/}" ]; then
      rm -rf "$more_jars.new"
      cp -pR "$built" "$more_jars.new"
      # a process may run from it still; forget takes it away later
      [ ! -d "$more_jars" ] || mv "$more_jars" "$more_jars-before-$$"
      mv "$more_jars.new" "$more_jars"
      break
    fi
  done
  unlocked
}
