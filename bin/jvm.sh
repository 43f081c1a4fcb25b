# Sourced by bin/fluxrig and by the launcher of an installed image: how fluxrig's JVM is started. Reads root and JAVA_HOME of the
# launcher.

# A JVM that cannot open its own files fails in ways that nobody understands. It raises the soft limit to the hard one itself.
descriptors() {
  local hard
  hard=$(ulimit -Hn)
  [ "$hard" = unlimited ] || [ "$hard" -ge 256 ] ||
    fluxrig_die "this shell allows a process $hard open files, fewer than fluxrig itself needs; raise that (ulimit -Hn) to 1024 or more"
}

# Without a locale of UTF-8 the JVM can name no file with other letters than those of ASCII, and no flag changes that.
characters() {
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}" in
    C | POSIX) if locale -a 2>/dev/null | grep -qiE '^C\.utf-?8$'; then export LC_ALL=C.UTF-8; fi ;;
  esac
}

# What a process has in its memory, a core file has in the clear: card data and keys. FLUXRIG_CORE_DUMPS=1 leaves the limit as it is. A
# nats-server that the mixer starts has it from there.
cores() {
  [ "${FLUXRIG_CORE_DUMPS:-0}" = 1 ] || ulimit -c 0
}

# Into more, collector and flags: what FLUXRIG_JAVA_OPTS asks for, and what every JVM of that release is started with.
jvm_flags() {
  local release=$1 flag
  read -ra more <<<"${FLUXRIG_JAVA_OPTS:-}"
  collector=-XX:+UseParallelGC
  own_heap=""
  for flag in "${more[@]}"; do
    case "$flag" in
      -XX:+Use*GC) collector=$flag own_heap=1 ;;
      -Xm[nsx]* | -XX:*HeapSize=* | -XX:*NewSize=* | -XX:NewRatio=*) own_heap=1 ;;
      -Xshare:* | -XX:SharedArchiveFile=* | -XX:AOT*) FLUXRIG_ARCHIVE=0 ;;
    esac
  done
  flags=("$collector" -XX:+ExitOnOutOfMemoryError -XX:-HeapDumpOnOutOfMemoryError -Dfluxrig.home="$root")
  # a handler of the system's that core files are piped to is no file, and may heed no limit
  [ "${FLUXRIG_CORE_DUMPS:-0}" = 1 ] || flags+=(-XX:-CreateCoredumpOnCrash)
  flags+=(-Dio.netty.tryReflectionSetAccessible=true --add-opens=java.base/java.nio=ALL-UNNAMED)
  flags+=(--add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED)
  [ "$release" -ge 22 ] && flags+=(--enable-native-access=ALL-UNNAMED)
  [ "$release" -ge 23 ] && flags+=(--sun-misc-unsafe-memory-access=allow)
  return 0
}

# Adds to flags what the command is best run with. Short commands should not wait for the optimizing compiler's threads; what serves
# traffic wants all of it. A rack is told to compile later, since the compilers' threads take their time from its start, and traffic comes
# to any threshold in a moment; and not to collect everything, as a JVM does at 21 MB of classes, when its first change of scenario under
# load brings some more. Its heap's memory is there from the start, since a collection that copies into pages which the system has yet to give
# stops a strip twice as long; and what is new has half of it, so that the first changes meet no collection,
# unless the heap is somebody's own.
jvm_flags_for() {
  [ -t 1 ] && flags+=(-Dfluxrig.tty=true)
  case "$1" in
    run | rack)
      flags+=(-Xms128m -XX:+AlwaysPreTouch -XX:MetaspaceSize=64m -XX:CompileThresholdScaling=3)
      [ -n "$own_heap" ] || flags+=(-XX:NewSize=64m) ;;
    mixer) flags+=(-Xmx512m) ;;
    load) flags+=(-Xms128m) ;;
    *) flags+=(-XX:TieredStopAtLevel=1 -Xmx256m) ;;
  esac
}

# Into a list of jars by name, in one order: an archive holds for one class path.
class_path() {
  (LC_ALL=C IFS=:; names=("$1"/*.jar); printf '%s' "${names[*]}")
}

# Into packs and pack_folders: what FLUXRIG_PACKS asks for, separated by colons. A name is one of the gear packs that are given; what
# has a slash is a folder of the user's classes and jars, for the end of the class path.
packs_asked() {
  local asked one
  packs=()
  pack_folders=""
  IFS=: read -ra asked <<<"${FLUXRIG_PACKS:-}"
  for one in ${asked[@]+"${asked[@]}"}; do
    if [[ $one = */* ]]; then
      [ ! -f "$one" ] || fluxrig_die "FLUXRIG_PACKS names the file $one: name the folder that it is in"
      [ -d "$one" ] || fluxrig_die "FLUXRIG_PACKS names $one, and there is no such folder: check the path"
      one=$(cd "$one" && pwd)
      pack_folders+=":$one:$one/*"
    elif [[ " $* " = *" $one "* ]]; then
      packs+=("$one")
    elif [ -n "$one" ]; then
      fluxrig_die "FLUXRIG_PACKS names $one, and the gear packs here are: ${*:-none}; a folder is written with a slash"
    fi
  done
}

# Sets hearing to what has a JVM hear SIGHUP. Under nohup that is ignored, and a JVM that finds it so never hears one: a rack could not be
# told to reload.
jvm_hearing() {
  hearing=()
  if env --default-signal=HUP true 2>/dev/null; then hearing=(env --default-signal=HUP); fi
}

# Hands over. What does not listen for SIGHUP is left to nohup, and lives on when its terminal hangs up.
jvm_exec() {
  local classes=$1 hearing=()
  shift
  case "${1:-}" in
    run | rack | mixer) jvm_hearing ;;
  esac
  cores
  # what a mixer makes, and its nats-server, is for its user alone
  [ "${1:-}" != mixer ] || umask 077
  exec ${hearing[@]+"${hearing[@]}"} "$JAVA_HOME/bin/java" "${flags[@]}" "${more[@]}" -cp "$classes" io.fluxrig.cli.Fluxrig "$@"
}
