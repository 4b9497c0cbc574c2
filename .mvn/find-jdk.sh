# Sourced by mvnw, deploy/local/up and osmo-cli/osmo: sets JAVA_HOME to a Java of at least 21.
# Looks at JAVA_HOME, at the java on the PATH, then in the folders where JDKs usually live; takes the first
# that is new enough from the first two, else the newest found. "find_java jdk" wants a compiler beside it.

# Prints the feature version ("25") of the Java in folder $1, or nothing.
java_feature_version() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

# True when folder $1 holds a Java >= 21 (and javac, when $2 is "jdk").
java_is_enough() {
  [ "${2-}" != jdk ] || [ -x "$1/bin/javac" ] || return 1
  jf_version=$(java_feature_version "$1")
  [ "${jf_version:-0}" -ge 21 ]
}

find_java() {
  jf_kind=${1-}
  if [ -n "${JAVA_HOME-}" ] && java_is_enough "$JAVA_HOME" "$jf_kind"; then
    return 0
  fi
  jf_java=$(command -v java 2>/dev/null || true)
  if [ -n "$jf_java" ]; then
    jf_real=$(readlink -f "$jf_java" 2>/dev/null || printf '%s' "$jf_java")
    jf_home=${jf_real%/bin/java}
    if java_is_enough "$jf_home" "$jf_kind"; then
      JAVA_HOME=$jf_home
      export JAVA_HOME
      return 0
    fi
  fi
  jf_best=
  jf_best_version=20
  set +f # mvnw runs with globbing off
  for jf_home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME-}"/.sdkman/candidates/java/* \
    "${HOME-}"/.jdks/* "${HOME-}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if java_is_enough "$jf_home" "$jf_kind"; then
      jf_version=$(java_feature_version "$jf_home")
      if [ "$jf_version" -gt "$jf_best_version" ]; then
        jf_best=$jf_home
        jf_best_version=$jf_version
      fi
    fi
  done
  if [ -z "$jf_best" ]; then
    echo "osmo needs a JDK 21 or newer and found none in JAVA_HOME, on the PATH or in the usual folders." >&2
    echo "Install one (for example 'apt-get install openjdk-21-jdk', 'brew install openjdk' or a download from adoptium.net)" >&2
    echo "and, if it lies elsewhere, point JAVA_HOME at it." >&2
    return 1
  fi
  JAVA_HOME=$jf_best
  export JAVA_HOME
}
