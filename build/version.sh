#!/usr/bin/env bash
# Prints the version of this working copy, which MinVer takes from git's tags. Needs `dotnet restore` before it.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet msbuild Deliverybot.Site -target:MinVer -getProperty:MinVerVersion -nodeReuse:false
