#!/usr/bin/env bash
# Builds the web page: a folder target/web that any server of files can host.
# Usage: tests/web/build.sh
#
# Needs rustup, for the sources of the standard library (`rustup component add rust-src`), or, on Debian 12, apt-get:
# tests/web/toolchain.sh makes a compiler of packages. wasm-bindgen of the version in Cargo.lock is built by `cargo install`
# if it is not there. Where there are binaryen, node and Chromium, the program is cut in two, so that the first frame waits
# for a part of it only (halve.mjs). CHROMIUM says where that is.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-target}
tools=$target/web-tools
page=$target/web
version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)

# A panic ends the page with no word of its own, and nothing of it is told as Rust writes it: places and sentences for that
# would be a tenth of what is fetched. The standard library is built the same way, for which stable compilers need the
# second line. Without reference types there is one table, which is what binaryen 108 of Debian 12 understands.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS='-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=shallow -Ctarget-feature=-reference-types'
export RUSTC_BOOTSTRAP=1
std=()
if command -v rustup >/dev/null && rustup component add rust-src 2>/dev/null; then
    std=(-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size)
else
    tests/web/toolchain.sh "$tools/toolchain"
    # shellcheck disable=SC1091
    . "$tools/toolchain/env"
fi

# Beside the page, whose last minutes use one core; not optimised, since that takes longer than it saves.
installing=
bindgen=$tools/bin/wasm-bindgen
if [[ $(wasm-bindgen --version 2>/dev/null) == "wasm-bindgen $version" ]]; then
    bindgen=wasm-bindgen
elif [[ $("$bindgen" --version 2>/dev/null) != "wasm-bindgen $version" ]]; then
    env -u RUSTC -u RUSTC_BOOTSTRAP -u LD_LIBRARY_PATH cargo install --quiet --debug --config profile.dev.debug=false \
        --bin wasm-bindgen wasm-bindgen-cli --version "$version" --root "$tools" --target-dir "$tools/target" &
    installing=$!
fi

# Vector instructions stand only in functions that ask for them: with them everywhere, the library that draws letters
# leaves parts of some out.
cargo build --locked --profile page --features page --bins --target wasm32-unknown-unknown --target-dir "$tools/page" \
    "${std[@]}"
[[ -z $installing ]] || wait "$installing"
rm -rf "$page"
mkdir -p "$page/fonts"
for program in engram formulas; do
    "$bindgen" --target web --no-typescript --out-dir "$page" --out-name "$program" \
        "$tools/page/wasm32-unknown-unknown/page/$program.wasm"
done
cp assets/web/* "$page/"
cp -r assets/mnist assets/proteins assets/gallery "$page/"
# Fonts lie in the sources of two libraries.
for library in epaint_default_fonts ratex-katex-fonts; do
    manifest=$(cargo metadata --locked --format-version 1 | grep -o "\"manifest_path\":\"[^\"]*/$library-[0-9][^\"]*\"" | cut -d '"' -f 4)
    cp "$(dirname "$manifest")"/fonts/* "$page/fonts/"
done
if command -v wasm-split >/dev/null && command -v node >/dev/null && command -v "${CHROMIUM:=$(command -v chromium)}" >/dev/null; then
    CHROMIUM=$CHROMIUM node tests/web/halve.mjs "$page"
else
    rm "$page/halves.js"
    echo "the program stays in one file: cutting it in two takes wasm-split, node and Chromium"
fi
for program in "$page"/*.wasm; do
    printf '%s: %s bytes, %s gzipped\n' "$program" "$(stat -c %s "$program")" "$(gzip -9 -c "$program" | wc -c)"
done
