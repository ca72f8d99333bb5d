#!/usr/bin/env bash
# Makes a compiler for wasm32-unknown-unknown where rustup cannot fetch the sources of the standard library: that of Debian
# 12, unpacked into a folder of its own and not installed. Takes about a minute.
# Usage: tests/web/toolchain.sh FOLDER, then . FOLDER/env in the shell that builds; build.sh says with which flags.
set -euo pipefail
folder=${1:?usage: toolchain.sh FOLDER}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
[[ ! -f $folder/env ]] || exit 0
if ! command -v apt-get >/dev/null; then
    echo "this needs apt-get; elsewhere: rustup component add rust-src" >&2
    exit 1
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
packages=(rustc-web libstd-rust-web-1.96 libstd-rust-web-dev rust-web-src libllvm22 lld-22 liblld-22)
as_root=()
[[ $(id -u) == 0 ]] || as_root=(sudo)
"${as_root[@]}" apt-get update -q >/dev/null
# As nobody in particular, apt cannot write to a folder of ours: it says so, and downloads as root.
(cd "$scratch" && apt-get download -q "${packages[@]}" 2>/dev/null)
for package in "$scratch"/*.deb; do
    dpkg-deb --extract "$package" "$folder"
done

machine=$(uname -m)-linux-gnu
llvm=$folder/usr/lib/llvm-22
libraries=$folder/usr/lib/$machine:$llvm/lib:$folder/usr/lib
lib=$folder/usr/lib/rustlib/wasm32-unknown-unknown/lib

# The standard library may use what is not stable, and its parts are marked so. With its bitcode the page can be optimised
# as a whole.
cp -r "$folder"/usr/src/rustc-*/library "$scratch/library"
LD_LIBRARY_PATH=$libraries RUSTC=$folder/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
    RUSTFLAGS="-Awarnings -Zforce-unstable-if-unmarked -Cembed-bitcode=yes ${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-}" \
    cargo build --quiet --release --manifest-path "$scratch/library/sysroot/Cargo.toml" --target-dir "$scratch/target" \
    --target wasm32-unknown-unknown --features compiler-builtins-mem,optimize_for_size
mkdir -p "$lib"
cp "$scratch"/target/wasm32-unknown-unknown/release/deps/*.rlib "$lib/"
# The compiler looks for it by a name with a hash.
mv "$lib/libstd.rlib" "$lib/libstd-0000000000000000.rlib"

cat >"$folder/env" <<END
export RUSTC='$folder/usr/bin/rustc'
export LD_LIBRARY_PATH='$libraries'
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER='$llvm/bin/wasm-ld'
END
