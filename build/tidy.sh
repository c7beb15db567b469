#!/usr/bin/env bash
# Takes out of a published Site when it was built: SOURCE_DATE_EPOCH, in seconds since 1970, stands in its place.
set -euo pipefail

# When a file was written here is no matter of its readers; its ETag says whether it has changed.
written=$(LC_ALL=C date --utc --date="@${SOURCE_DATE_EPOCH:-0}" '+%a, %d %b %Y %H:%M:%S GMT')
sed -i "s/\"Name\":\"Last-Modified\",\"Value\":\"[^\"]*\"/\"Name\":\"Last-Modified\",\"Value\":\"$written\"/g" \
  "$1/Deliverybot.Site.staticwebassets.endpoints.json"
