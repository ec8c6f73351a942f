#!/bin/sh
# Make the environment with the first Python that is new enough, or say clearly what is missing.
# usage: find_python.sh PREFERRED VENV_PYTHON VENV
set -eu
least='import sys; sys.exit(sys.version_info < (3, 11))'

if [ -x "$2" ] && "$2" -c "$least" 2>/dev/null && "$2" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
for each in "$1" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$each" >/dev/null 2>&1 && "$each" -c "$least" 2>/dev/null; then
        echo "making $3 with $("$each" --version)"
        "$each" -m venv --clear "$3" && exit 0
        echo "$("$each" --version) is here, but its venv or pip part is not; on Debian, Ubuntu and 统信: install python3-venv." >&2
        echo "有 Python,但缺少 venv 或 pip 组件;Debian、Ubuntu、统信请安装 python3-venv。" >&2
        exit 1
    fi
done
echo "Yishi needs Python 3.11 or newer, and none was found; PYTHON=/path/to/python names one that is not on the PATH." >&2
echo "议事需要 Python 3.11 或更新的版本,没有找到;不在 PATH 里的,用 PYTHON=路径 指明。" >&2
exit 1
