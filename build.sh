#!/usr/bin/env bash
# Builds, tests and tries Keystay: `./build.sh help`. Whatever is missing and can be installed is installed on the way.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'END'
./build.sh                   build the extension: dist/chromium and dist/firefox
./build.sh run [--firefox]   build, and try it on a demo page in a throw-away profile of Chromium or Firefox
./build.sh test              everything that CI runs
./build.sh tools             try it on real tools (Gradio, JupyterLab, Etherpad …), for docs/real-tools.md; installs them in ~/.cache/keystay
./build.sh package           build what goes to the stores, with sums; --verify: twice, in two folders, and compare
./build.sh lint              only the formatters, linters and type checks
./build.sh bench [part…]     sizes and times, beside other scanners, for docs/measurements.md, or some parts of it; --short: only to see that they work
./build.sh clean             remove what was built
END
}

# The command line tool and the wasm-bindgen step are built for this machine and in one go. They run for less than a second,
# so they are not optimised.
cargo_tools=(--locked --features cli,bindgen)
wasm=wasm32-unknown-unknown
# Vector instructions: Chromium has them since 91 and Firefox since 89, and the manifest asks for later ones. `wide` and memchr make use
# of them, and so does the compiler by itself. What stands in panic messages must not depend on where the source and cargo's registry lie.
remap="target.$wasm.rustflags=['-Ctarget-feature=+simd128', '--remap-path-prefix=$PWD=.', '--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo']"
target=${CARGO_TARGET_DIR:-target}
generated=target/keystay
export KEYSTAY_CLI=$target/debug/keystay
[[ $KEYSTAY_CLI == /* ]] || KEYSTAY_CLI=$PWD/$KEYSTAY_CLI

main() {
  case ${1-build} in
    build) build ;;
    run) run "${@:2}" ;;
    test) check ;;
    tools) tools ;;
    package) package "${@:2}" ;;
    lint) lint ;;
    bench) bench "${@:2}" ;;
    clean) rm -rf dist "$generated" && cargo clean ;;
    help | --help | -h) usage ;;
    *) usage >&2 && exit 2 ;;
  esac
}

build() {
  need_rust
  need_node
  step 'Tools: wasm-bindgen, and the command line tool that writes the tripwire'
  cargo build --bins "${cargo_tools[@]}"
  bundle
}

# Expects the tools to be built.
bundle() {
  step 'Engine: Rust to WebAssembly'
  cargo --config "$remap" build --release --locked --lib --target "$wasm"
  cargo --config "$remap" build --profile company --features company --locked --lib --target "$wasm"
  glue release engine
  glue company company
  "$KEYSTAY_CLI" tripwire >"$generated/tripwire.js"
  "$KEYSTAY_CLI" catalog >"$generated/catalog.json"
  step 'Extension: dist/chromium and dist/firefox'
  node extension/build/bundle.mjs
  node extension/build/sizes.mjs
}

# glue <profile> <folder>: the module that cargo has built, and the JavaScript around it.
glue() {
  mkdir -p "$generated/$2"
  "$target/debug/bindgen" "$target/$wasm/$1/keystay.wasm" "$generated/$2"
  optimise "$generated/$2/keystay_bg.wasm" "$generated/$2/keystay.wasm"
}

# Beside the module it writes the names of its functions, for `sizes.mjs`. The features are the ones that rustc has on for this target, as
# `rustc --print cfg` lists them. Binaryen's --all-features would let it emit what Node and the browsers refuse.
optimise() {
  local done_for="$2.from"
  cmp -s "$1" "$done_for" && [[ -f $2 && -f $2.names ]] && return
  node_modules/.bin/wasm-opt -O3 --strip-producers \
    --enable-bulk-memory --enable-multivalue --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext --enable-simd \
    "$1" --symbolmap="$2.names" -o "$2"
  cp "$1" "$done_for"
}

run() {
  local browser=chromium
  case ${1-} in
    '') ;;
    --firefox) browser=firefox ;;
    *) usage >&2 && exit 2 ;;
  esac
  build
  "need_$browser"
  step "Demo page in $browser"
  exec node tests/demo/run.mjs "$browser"
}

# The same sources give the same bytes in every folder, so anybody can make the package again and compare the sums.
package() {
  case ${1-} in
    '' | --verify) ;;
    *) usage >&2 && exit 2 ;;
  esac
  [[ ${1-} != --verify || -z $(git status --porcelain) ]] || give_up 'What is verified is what is committed: commit your changes first.'
  build
  step 'Packages: dist/'
  rm -f dist/keystay-*.zip
  node extension/build/package.mjs | tee dist/SHA256SUMS
  # Sources that were unpacked from such an archive are no repository, and need none.
  if [[ -e .git ]]; then
    [[ -z $(git status --porcelain) ]] || echo 'There are changes that are not committed: they are in the packages, and not in the archive of the sources.' >&2
    local sources
    sources=keystay-sources-$(node -p 'require("./extension/manifest.json").version').zip
    git archive --format=zip --prefix=keystay/ --output="dist/$sources" HEAD
    (cd dist && sha256sum "$sources" 2>/dev/null || shasum -a 256 "$sources") | tee -a dist/SHA256SUMS
  fi
  [[ ${1-} != --verify ]] || verify_package
}

# A clean build of what is committed, in a folder of another name and with a target folder of its own. Only the JavaScript tools are shared.
verify_package() {
  local folder name
  folder=$(mktemp -d)
  step "Verify: the same build in $folder"
  mkdir "$folder/a second copy"
  git archive HEAD | tar -x -C "$folder/a second copy"
  ln -s "$PWD/node_modules" "$folder/a second copy/node_modules"
  (cd "$folder/a second copy" && env -u CARGO_TARGET_DIR ./build.sh package)
  for name in dist/keystay-chromium-*.zip dist/keystay-firefox-*.zip; do
    cmp "$name" "$folder/a second copy/$name" || give_up "$name is not the same in another folder: compare with $folder"
  done
  rm -rf "$folder"
  echo 'Both builds are the same, byte for byte.'
}

lint() {
  need_rust
  need_node
  step 'Format: Rust'
  cargo fmt --check
  step 'Format and lint: TypeScript, JavaScript, JSON'
  node_modules/.bin/biome ci --colors=off
  step 'Types: extension, then scripts and tests'
  node_modules/.bin/tsc --project tsconfig.json
  node_modules/.bin/tsc --project tests/tsconfig.json
  step 'Lint: Rust'
  cargo clippy --all-targets "${cargo_tools[@]}" -- --deny warnings
  cargo --config "$remap" clippy --release --locked --lib --target "$wasm" -- --deny warnings
  cargo --config "$remap" clippy --profile company --features company --locked --lib --target "$wasm" -- --deny warnings
  step 'Documentation: Rust'
  RUSTDOCFLAGS='--deny warnings' cargo doc --no-deps --lib "${cargo_tools[@]}"
}

check() {
  lint
  step 'Tests: Rust'
  # Builds the tools as well. `cargo build` would build them a second time: without the tests, dependencies have fewer features.
  cargo test "${cargo_tools[@]}"
  step 'Benches: each once'
  cargo bench --profile dev "${cargo_tools[@]}" --bench scan --bench edits -- --test
  step 'Score: no figure of the corpora may get worse'
  "$KEYSTAY_CLI" score ../shared/corpora --baseline tests/score.json
  bundle
  step 'Figures: what needs no browser and no other scanner, in short'
  node tests/bench/run.mjs --short sizes slow
  step 'Tests: JavaScript'
  node --test --test-reporter=spec tests/unit/*.test.mjs
  need_chromium
  need_firefox
  # A headless browser has no pictures or files on its clipboard; without these, two tests are skipped, and say so.
  command -v Xvfb >/dev/null || apt_install xvfb || true
  command -v xclip >/dev/null || apt_install xclip || true
  step 'Tests: both browsers'
  rm -rf "$generated/coverage"
  node tests/browser/run.mjs tests/browser/*.test.mjs tests/browser/attacks/*.test.mjs
  step 'Coverage: docs/coverage.md says what these tests have shown'
  node tests/browser/coverage-report.mjs >"$generated/coverage.md"
  diff -u docs/coverage.md "$generated/coverage.md" ||
    give_up "docs/coverage.md is out of date: cp $generated/coverage.md docs/coverage.md"
  step "Lint: the extension, by addons.mozilla.org's own linter"
  node_modules/.bin/addons-linter --warnings-as-errors dist/firefox
}

tools() {
  build
  need_chromium
  need_firefox
  step 'Real tools'
  tests/tools/install.sh
  step 'Tests: real tools in both browsers'
  rm -rf "$generated/real-tools"
  KEYSTAY_TOOLS=all node --test --test-concurrency=1 --test-reporter=spec tests/browser/real-tools.test.mjs
  node tests/tools/report.mjs >docs/real-tools.md
}

# What is built or installed here is no part of what is measured. What fails costs only the parts that need it.
bench() {
  local parts=" ${*/--short/} "
  build
  step 'For the figures: the tool and the benches as they ship, and other scanners in ~/.cache/keystay/peers'
  if bench_has native; then
    cargo bench --no-run --locked --features sample --bench scan --bench edits || true
  fi
  if bench_has peers; then
    cargo build --release --bin keystay --locked --features cli || true
    node tests/bench/peers.mjs --install || true
  fi
  need_chromium || true
  need_firefox || true
  step 'Figures'
  local state=0
  KEYSTAY_RELEASE_CLI=$target/release/keystay node tests/bench/run.mjs "$@" || state=$?
  if [[ $# == 0 ]]; then
    step 'Pictures of the pages: docs/screenshots'
    node tests/browser/screenshots.mjs || state=$?
  fi
  return "$state"
}

# bench_has <part>: whether it is asked for; where none is named, all are.
bench_has() {
  [[ $parts =~ ^\ *$ || $parts == *" $1 "* ]]
}

step() {
  printf '\n== %s\n' "$1"
}

need_rust() {
  command -v cargo >/dev/null || give_up 'Rust is missing. Install it from https://rustup.rs'
  [[ -d $(rustc --print target-libdir --target "$wasm") ]] && return
  command -v rustup >/dev/null || give_up "Rust's standard library for $wasm is missing. Install it with your package manager"
  rustup target add "$wasm"
}

need_node() {
  command -v node >/dev/null || give_up 'Node.js is missing. Install version 20.15 or later from https://nodejs.org'
  node -e 'process.exit(require("node:zlib").crc32 ? 0 : 1)' ||
    give_up "Node.js $(node --version) is too old. Install version 20.15, 22.2 or later from https://nodejs.org"
  # `npm ci` starts by removing the folder, so the copy is there only after it went well.
  cmp -s package-lock.json node_modules/.installed-lock && return
  step 'JavaScript tools'
  npm ci
  cp package-lock.json node_modules/.installed-lock
}

need_chromium() {
  KEYSTAY_CHROMIUM=$(find_browser KEYSTAY_CHROMIUM chromium chromium-browser google-chrome-stable google-chrome \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
  export KEYSTAY_CHROMIUM
}

need_firefox() {
  KEYSTAY_FIREFOX=$(find_browser KEYSTAY_FIREFOX firefox-esr firefox /Applications/Firefox.app/Contents/MacOS/firefox)
  export KEYSTAY_FIREFOX
}

# find_browser <variable that may name it> <command, also the Debian package's name> <other places…>: prints where it is.
find_browser() {
  local place
  for place in "${!1-}" "${@:2}"; do
    [[ -n $place ]] && command -v "$place" && return
  done
  apt_install "$2" >&2 || give_up "There is no $2. Install it, or say where it is: $1=/path/to/it ./build.sh …"
  command -v "$2"
}

apt_install() {
  local root=
  command -v apt-get >/dev/null || return 1
  if [[ $(id -u) != 0 ]]; then
    sudo -n true 2>/dev/null || return 1
    root='sudo -n'
  fi
  $root apt-get update -q
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$1"
}

give_up() {
  echo "$1" >&2
  exit 1
}

main "$@"
