# Livret in a container: docker build -t livret . && docker run -p 8080:8080 -v livret:/data livret

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /livret
COPY package.json package-lock.json ./
# The scripts of packages are not needed: what is native comes built. Ours ("prepare") would want the sources.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production LIVRET_HOST=0.0.0.0 LIVRET_DATA=/data
WORKDIR /livret
COPY --from=build /livret/package.json /livret/LICENSE /livret/NOTICE ./
COPY --from=build /livret/node_modules ./node_modules
COPY --from=build /livret/dist ./dist
COPY --from=build /livret/deploy/healthcheck.mjs ./deploy/
# For the person at the console: docker exec CONTAINER livret key list
RUN ln -s /livret/dist/main.js /usr/local/bin/livret && mkdir --mode=700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "deploy/healthcheck.mjs"]
CMD ["node", "dist/main.js", "serve"]
