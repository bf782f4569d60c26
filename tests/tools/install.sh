#!/usr/bin/env bash
# Installs the real tools that tests/browser/real-tools.test.mjs drives, outside of the tree and in fixed versions. One that cannot be
# installed is named, and its tests are skipped. Swagger UI needs nothing here: it is one of the npm packages of this repository.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/keystay/tools

etherpad=1.8.14
# What Etherpad itself needs is as new as on this day, so that every machine gets the same.
etherpad_day=2026-11-01

main() {
  mkdir -p "$cache"
  echo "Real tools are kept in $cache: remove that folder to be rid of them."
  attempt 'Gradio, Streamlit and JupyterLab (about 840 MB, from PyPI)' install_python
  attempt 'Etherpad (about 160 MB, from npm)' install_etherpad
  attempt 'MediaWiki (about 320 MB, from Debian) and PHP, which is installed on this machine' install_mediawiki
}

# attempt <what> <function>
attempt() {
  printf '\n== %s\n' "$1"
  # A function in a condition would go on after its first failed line, so it runs in a shell of its own.
  if bash -euo pipefail -c "$(declare -f "$2" python_is_new); here='$here' cache='$cache' etherpad='$etherpad' etherpad_day='$etherpad_day'; $2"; then
    echo 'There.'
  else
    echo "Not installed: the tests of $1 are skipped." >&2
  fi
}

python_is_new() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'
}

install_python() {
  cmp -s "$here/requirements.txt" "$cache/python/.installed" && return
  python_is_new || { echo 'Python 3.11 or later is needed.' >&2; return 1; }
  rm -rf "$cache/python"
  python3 -m venv "$cache/python"
  "$cache/python/bin/pip" install --disable-pip-version-check --quiet --no-deps --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$cache/python/.installed"
}

# The package wants its repository's layout: its sources in `src` with all that they need, since it serves some of that to browsers from
# there, and itself as a package beside them.
install_etherpad() {
  [[ $(cat "$cache/etherpad/.installed" 2>/dev/null) == "$etherpad $etherpad_day src" ]] && return
  rm -rf "$cache/etherpad"
  mkdir -p "$cache/etherpad/ep/node_modules"
  cd "$cache/etherpad/ep"
  tar -xzf "$(npm pack --silent "ep_etherpad-lite@$etherpad")"
  mv package src
  rm ./*.tgz
  # npm looks for versions of what it leaves out as well, and finds none.
  npm pkg delete --prefix src devDependencies
  npm install --prefix src --ignore-scripts --omit=dev --no-audit --no-fund --before="$etherpad_day"
  ln -s ../src node_modules/ep_etherpad-lite
  echo '{ "name": "etherpad", "private": true, "dependencies": { "ep_etherpad-lite": "file:src" } }' >package.json
  echo "$etherpad $etherpad_day src" >"$cache/etherpad/.installed"
}

install_mediawiki() {
  command -v apt-get >/dev/null || { echo 'This needs a Debian or a system that is made of it.' >&2; return 1; }
  if ! php -r 'foreach (["pdo_sqlite", "mbstring", "xml", "intl"] as $name) if (!extension_loaded($name)) exit(1);' 2>/dev/null; then
    local root=
    [[ $(id -u) == 0 ]] || root='sudo -n'
    $root apt-get update -q
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
      php-cli php-sqlite3 php-mbstring php-xml php-intl
  fi
  [[ -f $cache/mediawiki/.installed ]] && return
  rm -rf "$cache/mediawiki"
  mkdir -p "$cache/mediawiki"
  cd "$cache/mediawiki"
  # Unpacked and not installed: a web server and a database would come along. Debian keeps one version of it, with its corrections.
  apt-get download mediawiki mediawiki-classes
  for package in *.deb; do dpkg -x "$package" .; done
  rm ./*.deb
  # Links into the system's folders lead to what was unpacked.
  find . -type l -lname '/*' | while read -r link; do
    [[ -e $PWD$(readlink "$link") ]] && ln -sfn "$PWD$(readlink "$link")" "$link"
  done
  touch .installed
}

main
