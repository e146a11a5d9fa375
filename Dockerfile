# The server in an image without a shell: .NET, the program, SQLite and DuckDB. See docs/deploy.md.

FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
# The build fetches DuckDB's native library with npm.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
# The distribution's SQLite, kept up to date by it; the runtime image has none.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsqlite3-0 \
    && mkdir -p /native /empty \
    && cp -L /usr/lib/*-linux-gnu/libsqlite3.so.0 /native/
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props ./
COPY eng eng
COPY src src
RUN dotnet restore src/Omnibook.Server/Omnibook.Server.csproj --locked-mode
RUN dotnet publish src/Omnibook.Server/Omnibook.Server.csproj -c Release --no-restore -p:UseAppHost=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
COPY --from=build /native/ /usr/lib/
COPY --from=build /app /app
# A volume that is new takes owner and rights from here.
COPY --from=build --chown=1654:1654 /empty /data
ENV OMNIBOOK_DATA=/data \
    HOST=0.0.0.0 \
    DOTNET_EnableDiagnostics=0
WORKDIR /app
# The user "app" of the image, by number, so that whoever starts it can see that it is not root.
USER 1654:1654
VOLUME /data
EXPOSE 8000 8086
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["dotnet", "/app/omnibook.dll", "health"]
ENTRYPOINT ["dotnet", "/app/omnibook.dll"]
