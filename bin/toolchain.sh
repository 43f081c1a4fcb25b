# Sourced by the launchers: sets JAVA_HOME to the newest JDK of 17 or later and checks for Maven; installs what is missing
# when run as root on Debian, otherwise says in one line what to install. Prints to standard error only.

fluxrig_die() {
  printf 'fluxrig: %s\n' "$*" >&2
  exit 1
}

# Prints the feature release of a Java home that has a compiler, or nothing.
fluxrig_jdk_release() {
  local line
  [ -x "$1/bin/javac" ] || return 0
  # The release file says it at once; starting javac takes a good part of a second.
  if [ -r "$1/release" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
    done <"$1/release"
    return 0
  fi
  "$1/bin/javac" -version 2>&1 | sed -nE 's/^javac ([0-9]+).*/\1/p'
}

# Picks JAVA_HOME: the one that is set if it will do, else the newest JDK found.
fluxrig_find_jdk() {
  local home release javac best=16 found=""
  if [ -n "${JAVA_HOME:-}" ]; then
    release=$(fluxrig_jdk_release "$JAVA_HOME")
    [ "${release:-0}" -ge 17 ] && return 0
  fi
  javac=$(readlink -f "$(command -v javac || echo /none/bin/javac)")
  for home in /usr/lib/jvm/* "${javac%/bin/javac}"; do
    [ -L "$home" ] && continue
    release=$(fluxrig_jdk_release "$home")
    if [ "${release:-0}" -gt "$best" ]; then
      best=$release
      found=$home
    fi
  done
  [ -n "$found" ] || return 1
  export JAVA_HOME=$found
}

# Installs Debian packages, or says what is needed and ends.
fluxrig_install() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    printf 'fluxrig: installing %s\n' "$*" >&2
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"; } \
      >/dev/null 2>&1 || fluxrig_die "could not install $*: run 'apt-get install $*' and see what it says"
  else
    fluxrig_die "needs a JDK 17 or newer and Maven: sudo apt-get install openjdk-17-jdk-headless maven"
  fi
}

# After this, JAVA_HOME is set and mvn is on the PATH.
fluxrig_toolchain() {
  fluxrig_find_jdk || { fluxrig_install openjdk-17-jdk-headless && fluxrig_find_jdk; } \
    || fluxrig_die "found no JDK of 17 or newer: set JAVA_HOME to one"
  command -v mvn >/dev/null || fluxrig_install maven
}

# PostgreSQL for the tests of the registry that mixers share, installed as root on Debian where there is none: they start a server of
# their own, so the package is told to make none.
fluxrig_postgres() {
  local cluster=/etc/postgresql-common/createcluster.conf
  [ -z "$(find /usr/lib/postgresql -name initdb -print -quit 2>/dev/null)" ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    local made=''
    [ -e "$cluster" ] || { mkdir -p "${cluster%/*}" && printf 'create_main_cluster = false\n' >"$cluster" && made=$cluster; }
    (fluxrig_install postgresql) || {
      [ -z "$made" ] || rm -f "$made"
      printf 'fluxrig: tests of the shared registry are skipped\n' >&2
    }
  else
    printf 'fluxrig: tests of the shared registry are skipped; they need: sudo apt-get install postgresql\n' >&2
  fi
}

# A nats-server, installed as root on Debian where there is none. Given what happens without it, for who else would not say so.
fluxrig_nats() {
  local place there
  command -v nats-server >/dev/null && return 0
  for place in /usr/sbin /usr/bin /usr/local/bin /opt/nats; do
    [ -x "$place/nats-server" ] && return 0
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    there=yes
    [ ! -d /run/systemd/system ] || systemctl cat nats-server >/dev/null 2>&1 || there=no
    if (fluxrig_install nats-server); then
      # the package starts one for whoever comes, where the mixer's own is to listen; one that was there before is somebody's
      [ "$there" = yes ] || systemctl disable --now --quiet nats-server || true
    elif [ -n "${1:-}" ]; then
      printf 'fluxrig: %s\n' "$1" >&2
    fi
  elif [ -n "${1:-}" ]; then
    printf 'fluxrig: %s; they need: sudo apt-get install nats-server\n' "$1" >&2
  fi
}
