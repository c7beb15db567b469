# The image of Deliverybot.Site: docs/operating.md says how it is built and run.
# Each tag names a version to the last digit: what is built today is built again tomorrow. They are raised by hand.
ARG DOTNET_SDK=10.0.401-noble
ARG DOTNET_RUNTIME=10.0.12-noble-chiseled-extra
ARG NODE=24.11.1-bookworm-slim

FROM --platform=$BUILDPLATFORM node:${NODE} AS libraries
WORKDIR /src
COPY Deliverybot.Site/package.json Deliverybot.Site/package-lock.json Deliverybot.Site/.npmrc ./
RUN npm ci --ignore-scripts --loglevel=error

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET_SDK} AS build
ARG TARGETARCH
WORKDIR /src
# First what says which packages are needed: they are fetched anew only where that has changed.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY build/ build/
COPY Deliverybot.Data/Deliverybot.Data.csproj Deliverybot.Data/packages.lock.json Deliverybot.Data/
COPY Deliverybot.Jobs/Deliverybot.Jobs.csproj Deliverybot.Jobs/packages.lock.json Deliverybot.Jobs/
COPY Deliverybot.Site/Deliverybot.Site.csproj Deliverybot.Site/packages.lock.json Deliverybot.Site/
COPY migrations/Deliverybot.Migrations.csproj migrations/packages.lock.json migrations/
RUN dotnet restore Deliverybot.Site --locked-mode --arch "$TARGETARCH"
COPY .editorconfig LICENSE ./
COPY Deliverybot.Data/ Deliverybot.Data/
COPY Deliverybot.Jobs/ Deliverybot.Jobs/
COPY Deliverybot.Site/ Deliverybot.Site/
COPY migrations/ migrations/
COPY --from=libraries /src/node_modules/ Deliverybot.Site/node_modules/
# npm and Node.js, to read what the front end is made of.
COPY --from=libraries /usr/local/bin/node /usr/local/bin/node
COPY --from=libraries /usr/local/lib/node_modules/npm/ /usr/local/lib/node_modules/npm/
COPY .config/ .config/
# There is no git here to tell the version: `--build-arg VERSION="$(build/version.sh)"`.
ARG VERSION=0.0.0-unknown
# The time of the commit, for what bears one: `--build-arg SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)"`.
ARG SOURCE_DATE_EPOCH=0
# What npm has installed has to look newer than its lock file.
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && touch Deliverybot.Site/node_modules/.package-lock.json \
    && dotnet publish Deliverybot.Site --no-restore --configuration Release --arch "$TARGETARCH" --no-self-contained --output /app \
        -p:MinVerVersionOverride="$VERSION" -p:ContinuousIntegrationBuild=true \
    && build/tidy.sh /app \
    && MinVerVersionOverride="$VERSION" build/materials.sh /app \
    && cp LICENSE /app/ \
    && mkdir /keys

# Neither a shell nor a package manager; ICU and time zones; a user of its own.
FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET_RUNTIME}
ARG VERSION=0.0.0-unknown
LABEL org.opencontainers.image.title="Deliverybot" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.licenses="MIT"
ENV ASPNETCORE_HTTP_PORTS=8080
WORKDIR /app
COPY --from=build /app/ ./
# Where a volume for the certificate belongs: a new one is that user's.
COPY --from=build --chown=$APP_UID:$APP_UID /keys/ /keys/
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["dotnet", "/app/Deliverybot.Site.dll"]
