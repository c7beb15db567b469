#!/usr/bin/env bash
# Makes artifacts/deliverybot-VERSION-linux-x64.tar.gz (or arm64, by the first word) with its checksum: the Site with .NET in it, its
# systemd unit, the bill of materials and the licences. The same commit makes the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

architecture=${1:-x64}
export CI=true DOTNET_CLI_TELEMETRY_OPTOUT=true DOTNET_NOLOGO=true
# Whatever has a time has that of the commit.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

dotnet restore Deliverybot.Site --locked-mode --arch "$architecture" -p:SelfContained=true
version=$(build/version.sh)
name=deliverybot-$version-linux-$architecture
folder=artifacts/deliverybot-$version
rm -rf "$folder" "artifacts/$name.tar.gz" "artifacts/$name.tar.gz.sha256"
mkdir -p "$folder"

dotnet publish Deliverybot.Site --no-restore --configuration Release --arch "$architecture" --self-contained --output "$folder/app" \
  -p:ContinuousIntegrationBuild=true -nodeReuse:false
build/tidy.sh "$folder/app"
cp LICENSE README.md deploy/systemd/deliverybot.service deploy/systemd/deliverybot.env "$folder"
cp -r docs "$folder/docs"
build/materials.sh "$folder"

chmod -R u=rwX,go=rX "$folder"
tar --create --directory artifacts --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu "deliverybot-$version" \
  | gzip --no-name --best > "artifacts/$name.tar.gz"
(cd artifacts && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
rm -rf "$folder"
echo "artifacts/$name.tar.gz"
