# Sourced by bin/fluxrig: the class-data archive that its starts take their classes from (docs/decisions/class-data-archive.md).
# Reads root, home, jars, release, collector, classes, flags and JAVA_HOME of the launcher; a start without an archive is slower and no
# different.

# Into archive, archive_for, archive_write and archive_read: which archive a start with these flags needs, and how it is written
# and read. One holds for one JDK, collector and class path.
archive_name() {
  local about=""
  if [ -r "$JAVA_HOME/release" ]; then IFS= read -r -d "" about <"$JAVA_HOME/release" || true; fi
  archive=$home/archive/${JAVA_HOME##*/}-${collector#-XX:+Use}
  archive_for="$JAVA_HOME $about ${flags[*]} $classes"
  if [ "$release" -ge 25 ]; then
    archive_write=-XX:AOTCacheOutput=
    archive_read=(-XX:AOTCache="$archive" -Xlog:aot*=off -Xlog:cds*=off)
  else
    archive_write=-XX:ArchiveClassesAtExit=
    archive_read=(-XX:SharedArchiveFile="$archive" -Xlog:cds*=off)
  fi
}

# Into key: what the archive is, and its length, since JDK 17 dies of an archive that was cut short.
archive_key() {
  local length=0
  [ ! -r "$archive" ] || length=$(wc -c <"$archive")
  key="$archive_for $length"
}

# Whether the archive's bytes are those that were written. Reading all of it takes too long for every start, so only the next one
# after a JVM died of a fatal error asks.
archive_intact() {
  local sum=""
  [ ! -r "$archive.sum" ] || IFS= read -r sum <"$archive.sum" || true
  [ "$sum" = "$(cksum <"$archive")" ] || return 1
  rm -f "$archive.crashed"
}

# Whether the archive was made for this JDK, collector and class path, is whole and as it was written, and no jar is newer.
archive_fresh() {
  local jar key written=""
  [ -r "$archive.for" ] || return 1
  [ ! -e "$archive.crashed" ] || [ ! -e "$archive" ] || archive_intact || return 1
  archive_key
  IFS= read -r -d "" written <"$archive.for" || true # there is no end but the file's
  [ "$written" = "$key" ] || return 1
  for jar in "$archive" "$jars"/*.jar; do
    if [ "$jar" -nt "$archive.for" ]; then return 1; fi
  done
}

# Ends the rehearsal with all that it started, on behalf of whoever ended the launcher.
rehearsal_ended() {
  kill -KILL -- "-$rehearsal" 2>/dev/null || true
  wait "$rehearsal" 2>/dev/null || true
  rm -rf "$archive.new"* "$archive.data" # JDK 25 puts a .config beside it
  exit "$1"
}

# Runs a command in a process group of its own, so that a signal to the launcher ends all of it and not the launcher alone; into
# status its exit code.
rehearsal_run() {
  trap 'rehearsal_ended 129' HUP
  trap 'rehearsal_ended 130' INT
  trap 'rehearsal_ended 143' TERM
  set -m
  "$@" </dev/null >"$archive.log" 2>&1 &
  rehearsal=$!
  set +m
  wait "$rehearsal" 2>/dev/null || status=$?
  trap - HUP INT TERM
}

# Lets the JVM write down which classes fluxrig's commands load, so that later starts need not find out again.
rehearse() {
  local fresh=$archive.new started=$SECONDS status=0 key rehearsal hearing quick=(-XX:TieredStopAtLevel=1)
  # How the rehearsal ran is kept out: the optimizing compiler would take it for what traffic does.
  [ "$release" -lt 25 ] || quick+=(-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining)
  printf 'fluxrig: preparing quick starts on Java %s ...\n' "$release" >&2
  mkdir -p "${archive%/*}"
  jvm_hearing
  rehearsal_run ${hearing[@]+"${hearing[@]}"} "$JAVA_HOME/bin/java" "${flags[@]}" "${quick[@]}" "$archive_write$fresh" -cp "$classes" \
    io.fluxrig.cli.Rehearsal "$archive.data"
  case "$status" in
    129 | 130 | 143) # SIGHUP, SIGINT or SIGTERM, which a JVM turns into a status: whoever sent it wants no rack either
      rm -rf "$fresh"* "$archive.data"
      exit "$status" ;;
  esac
  if [ "$status" = 0 ] && [ -s "$fresh" ]; then
    sync "$fresh" 2>/dev/null || true # a power cut shall not leave its length without its content
    mv -f "$fresh" "$archive"
    cksum <"$archive" >"$archive.sum"
    printf 'fluxrig: prepared in %d s\n' $((SECONDS - started)) >&2
  else
    rm -f "$fresh"* "$archive"
    printf 'fluxrig: starts on Java %s stay slow, %s says why\n' "$release" "$archive.log" >&2
  fi
  rm -rf "$archive.data" "$archive.crashed"
  archive_key
  printf '%s' "$key" >"$archive.for"
}

# Adds to flags what takes the classes from the archive and marks it if that kills the JVM, after a rehearsal if there is none for
# this start; nothing where that failed or may not be written.
archive_use() {
  archive_name
  if ! archive_fresh; then
    [ -w "$home" ] || return 0
    locked
    archive_fresh || rehearse || true
    unlocked
    archive_fresh || return 0
  fi
  [ -s "$archive" ] || return 0
  export FLUXRIG_ARCHIVE_CRASHED=$archive.crashed
  flags+=("${archive_read[@]}" '-XX:OnError=touch "$FLUXRIG_ARCHIVE_CRASHED"')
}
