import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse, parseAllDocuments } from 'yaml';
import { OWN_PERMISSIONS } from '../cli/app.ts';
import { type Config, readConfig } from '../config.ts';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** Seconds that a stop takes at most, LIVRET_STOP_DELAY apart (cli/serve.ts). */
const LONGEST_STOP = 25;

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}

interface Probe {
  httpGet: { path: string; port: string };
  timeoutSeconds?: number;
}

interface Workload {
  kind: string;
  spec: {
    replicas: number;
    selector: { matchLabels: object };
    template: {
      metadata: { labels: object };
      spec: {
        terminationGracePeriodSeconds: number;
        securityContext: { runAsNonRoot: boolean };
        volumes: { name: string }[];
        containers: {
          env: Variable[];
          ports: { name: string; containerPort: number }[];
          startupProbe: Probe;
          livenessProbe: Probe;
          readinessProbe: Probe;
          volumeMounts: { name: string; mountPath: string }[];
        }[];
      };
    };
    volumeClaimTemplates?: { metadata: { name: string } }[];
  };
}

/** What the image sets itself. */
const IMAGE: Record<string, string> = Object.fromEntries(
  [...(/^ENV (.*)$/m.exec(read('Dockerfile'))?.[1] ?? '').matchAll(/(\S+)=(\S+)/g)].map(([, name, value]) => [
    name,
    value,
  ]),
);

/** Reads settings as the server would: a name or a value that cannot be throws. */
const asServer = (environment: Record<string, string>): Config => readConfig({ ...IMAGE, ...environment });

describe('what Livret is deployed with', () => {
  it('is an image that is nobody in particular, keeps its data on a volume, and is looked after by Node', () => {
    const dockerfile = read('Dockerfile');
    expect(asServer({})).to.include({ data: '/data', host: '0.0.0.0', port: 8080 });
    const stages = dockerfile.match(/^FROM .*$/gm);
    expect(stages).to.have.length(2);
    // The very version, so that the same sources make the same image.
    for (const stage of stages ?? []) expect(stage).to.match(/^FROM node:20\.\d+\.\d+-[a-z]+-slim/);
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM'));
    for (const line of ['USER node', 'VOLUME /data', 'EXPOSE 8080', 'CMD ["node", "dist/main.js", "serve"]']) {
      expect(last.split('\n')).to.include(line);
    }
    expect(last).to.match(/^HEALTHCHECK .*CMD \["node", "deploy\/healthcheck\.mjs"\]$/m);
    // What it copies is there to be copied.
    const ignored = read('.dockerignore').split('\n');
    for (const path of ['package.json', 'package-lock.json', 'LICENSE', 'NOTICE', 'deploy/healthcheck.mjs']) {
      expect(read(path).length, path).to.be.greaterThan(0);
      expect(ignored).to.not.include(path);
    }
    expect(ignored).to.include.members(['node_modules', 'livret-data', '.git']);
  });

  it('is a compose file with a replica set that is made once, and settings that are some', () => {
    const { services, volumes, networks } = parse(read('deploy/compose.yaml'), { merge: true });
    const given: Record<string, string> = services.livret.environment;
    // As compose fills in what the shell has not set.
    const filled = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value.replace(/\$\{\w+(?::-(.*?))?(?::\?.*?)?\}/, (_, preset) => preset ?? 'secret'),
      ]),
    );
    const config = asServer(filled);
    expect(config.secret).to.equal('secret');
    const { host, searchParams } = new URL(config.store.replace(/(:27017,[^/]*)/, ''));
    expect(host).to.equal('mongo1');
    const members = [...config.store.matchAll(/(mongo\d):27017/g)].map(([, name]) => name);
    expect(members).to.deep.equal(['mongo1', 'mongo2', 'mongo3']);
    const [init] = services['mongo-init'].command.slice(-1);
    for (const member of members) {
      expect(services[member ?? ''].command.join(' ')).to.include(`--replSet ${searchParams.get('replicaSet')}`);
      expect(services[member ?? ''].networks).to.deep.equal(['store']);
      expect(services['mongo-init'].depends_on[member ?? '']).to.deep.equal({ condition: 'service_healthy' });
      expect(init).to.include(`host: '${member}:27017'`);
    }
    expect(services.livret.depends_on['mongo-init']).to.deep.equal({ condition: 'service_completed_successfully' });
    expect(services.livret.networks).to.include('store');
    expect(networks.store).to.deep.equal({ internal: true });
    expect(services.livret.volumes).to.deep.equal([`livret:${config.data}`]);
    expect(Object.keys(volumes)).to.have.members(['mongo1', 'mongo2', 'mongo3', 'livret']);
    expect(Number.parseInt(services.livret.stop_grace_period, 10)).to.be.greaterThan(LONGEST_STOP + config.stopDelay);
  });

  for (const variant of ['mongodb', 'sqlite']) {
    it(`is manifests for Kubernetes (${variant}) whose settings, probes and volumes fit the server`, () => {
      const files = readdirSync(new URL(`deploy/kubernetes/${variant}/`, ROOT));
      const objects = files.flatMap((file) =>
        parseAllDocuments(read(`deploy/kubernetes/${variant}/${file}`)).map((document) => {
          expect(document.errors, file).to.deep.equal([]);
          return document.toJS();
        }),
      );
      const ofKind = <T>(...kinds: string[]): T => objects.find(({ kind }) => kinds.includes(kind));
      const { kind, spec } = ofKind<Workload>('Deployment', 'StatefulSet');
      const secret = ofKind<{ metadata: { name: string }; stringData: Record<string, string> }>('Secret');
      const { spec: pod } = spec.template;
      const [container] = pod.containers;
      if (container === undefined) throw new Error('no container');

      const environment = Object.fromEntries(
        container.env.map(({ name, value, valueFrom }): [string, string] => {
          if (valueFrom === undefined) return [name, value ?? ''];
          expect(valueFrom.secretKeyRef.name).to.equal(secret.metadata.name);
          return [name, secret.stringData[valueFrom.secretKeyRef.key] ?? ''];
        }),
      );
      for (const [name, value] of Object.entries(environment)) expect(value, name).to.not.equal('');
      const config = asServer(environment);
      expect(config.store).to.match(variant === 'sqlite' ? /^sqlite$/ : /^mongodb:/);
      expect([kind, spec.replicas]).to.deep.equal(variant === 'sqlite' ? ['StatefulSet', 1] : ['Deployment', 2]);

      const ports = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]));
      expect(ports).to.deep.equal({ http: config.port, metrics: config.metricsPort });
      const publicPaths = OWN_PERMISSIONS.filter(({ anyOf }) => anyOf === 'public').map(({ path }) => path);
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
        expect(publicPaths).to.include(probe.httpGet.path);
        expect(probe.httpGet.port).to.equal('http');
      }
      expect(container.livenessProbe.httpGet.path).to.equal('/health');
      expect(container.readinessProbe.httpGet.path).to.equal('/ready');
      // The server itself gives its store 2 s.
      expect(container.readinessProbe.timeoutSeconds).to.be.greaterThan(2);

      expect(pod.terminationGracePeriodSeconds).to.be.greaterThan(LONGEST_STOP + config.stopDelay);
      expect(pod.securityContext.runAsNonRoot).to.equal(true);
      const mounted = container.volumeMounts.find(({ mountPath }) => mountPath === config.data)?.name;
      const kept = [
        ...pod.volumes.map(({ name }) => name),
        ...(spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name),
      ];
      expect(kept).to.include(mounted);
      expect(spec.volumeClaimTemplates?.[0]?.metadata.name).to.equal(variant === 'sqlite' ? mounted : undefined);

      const service = ofKind<{ spec: { selector: object; ports: { targetPort: string }[] } }>('Service');
      expect(service.spec.selector).to.deep.equal(spec.selector.matchLabels);
      expect(spec.template.metadata.labels).to.deep.equal(spec.selector.matchLabels);
      // What is measured is not for whoever uses the service.
      expect(service.spec.ports.map(({ targetPort }) => targetPort)).to.deep.equal(['http']);
    });
  }

  it('is a unit for systemd whose settings are some, and which gives the server time to stop', () => {
    const unit = read('deploy/systemd/livret.service');
    const [, given = ''] = /^Environment=(.*)$/m.exec(unit) ?? [];
    const environment = Object.fromEntries(given.split(' ').map((pair) => pair.split('=')));
    expect(readConfig(environment).data).to.equal('/var/lib/livret');
    expect(unit).to.match(/^StateDirectory=livret$/m);
    expect(Number(/^TimeoutStopSec=(\d+)s$/m.exec(unit)?.[1])).to.be.greaterThan(LONGEST_STOP);
  });
});
