#!/usr/bin/env bash
# Writes into the folder it is given what the Site is made of: sbom.cdx.json (CycloneDX) and THIRD-PARTY-NOTICES.txt. Needs a restored Site.
set -euo pipefail
target=$(realpath "$1")
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet tool restore > "$work/log"
if ! dotnet dotnet-CycloneDX Deliverybot.Site/Deliverybot.Site.csproj --output "$work" --filename nuget.json --output-format Json \
  --disable-package-restore --exclude-dev --no-serial-number --set-name Deliverybot --set-version "$(build/version.sh)" >> "$work/log"; then
  cat "$work/log" >&2
  exit 1
fi
(cd Deliverybot.Site && npm sbom --package-lock-only --sbom-format cyclonedx --omit dev > "$work/npm.json")
node build/materials.mjs "$work/nuget.json" "$work/npm.json" "$target"
