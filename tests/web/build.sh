#!/usr/bin/env bash
# Builds the web page: a folder target/web that any server of files can host.
# Usage: tests/web/build.sh
#
# Needs cargo with the target wasm32-unknown-unknown (`rustup target add wasm32-unknown-unknown`; where rustup cannot fetch
# it, on Debian 12, tests/web/toolchain.sh makes one) and wasm-bindgen of the version in Cargo.lock, which is built by
# `cargo install` if it is not there. wasm-opt makes the page smaller where there is one.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-target}
tools=$target/web-tools
page=$target/web
version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)

# The library of the target, or a compiler that has it.
sysroot=$("${RUSTC:-rustc}" --print sysroot)
if [[ ! -d $sysroot/lib/rustlib/wasm32-unknown-unknown ]]; then
    if command -v rustup >/dev/null && rustup target add wasm32-unknown-unknown 2>/dev/null; then
        :
    else
        tests/web/toolchain.sh "$tools/toolchain"
        # shellcheck disable=SC1091
        . "$tools/toolchain/env"
    fi
fi

bindgen=$tools/bin/wasm-bindgen
if [[ $(wasm-bindgen --version 2>/dev/null) == "wasm-bindgen $version" ]]; then
    bindgen=wasm-bindgen
elif [[ $("$bindgen" --version 2>/dev/null) != "wasm-bindgen $version" ]]; then
    env -u RUSTC -u RUSTC_BOOTSTRAP -u LD_LIBRARY_PATH cargo install --quiet wasm-bindgen-cli --version "$version" --root "$tools" \
        --target-dir "$tools/target"
fi

# No vector instructions: with them the library that draws letters leaves parts of some out.
cargo build --locked --profile page --features page --bins --target wasm32-unknown-unknown --target-dir "$tools/page"
rm -rf "$page"
mkdir -p "$page/fonts"
for program in engram formulas; do
    "$bindgen" --target web --no-typescript --out-dir "$page" --out-name "$program" \
        "$tools/page/wasm32-unknown-unknown/page/$program.wasm"
done
# An old wasm-opt may not know all instructions: then the page stays as it is.
if command -v wasm-opt >/dev/null && wasm-opt -Os --all-features -o "$page/small.wasm" "$page/engram_bg.wasm"; then
    mv "$page/small.wasm" "$page/engram_bg.wasm"
fi
cp assets/web/* "$page/"
cp -r assets/mnist assets/proteins assets/gallery "$page/"
# Fonts lie in the sources of two libraries.
for library in epaint_default_fonts ratex-katex-fonts; do
    manifest=$(cargo metadata --locked --format-version 1 | grep -o "\"manifest_path\":\"[^\"]*/$library-[0-9][^\"]*\"" | cut -d '"' -f 4)
    cp "$(dirname "$manifest")"/fonts/* "$page/fonts/"
done
for program in engram formulas; do
    printf '%s: %s bytes, %s gzipped\n' "$page/${program}_bg.wasm" \
        "$(stat -c %s "$page/${program}_bg.wasm")" "$(gzip -9 -c "$page/${program}_bg.wasm" | wc -c)"
done
