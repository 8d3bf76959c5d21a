import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { sendAccessibility } from '../../cli/accessibility.tsx';
import { siteSettings } from '../../cli/settings.ts';
import { readConfig } from '../../config.ts';
import { createShell } from '../../web/index.ts';

async function statement(environment: NodeJS.ProcessEnv): Promise<string> {
  const site = siteSettings(readConfig(environment));
  const app = express().use(createShell({ frame: () => ({ navigation: [] }), site }));
  app.get('/', (request, response) => sendAccessibility(request, response, 'https://livret.example', site));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const html = await response.text();
  server.close();
  return html;
}

describe('the accessibility statement', () => {
  it('claims nothing where nobody has declared an audit, and names who helps', async () => {
    const html = await statement({});
    expect(html).to.contain('Ce site n’est pas conforme').and.to.contain('Aucun audit de conformité');
    expect(html)
      .to.contain('https://formulaire.defenseurdesdroits.fr/')
      .and.to.contain('Accessibilité\u00a0: non conforme');
    expect(html).to.contain('https://livret.example');
    expect(html).not.to.match(/(partiellement|totalement) conforme/);
  });

  it('says what the site declares, who runs it and where to write', async () => {
    const html = await statement({
      LIVRET_ACCESSIBILITY: 'partial',
      LIVRET_MINISTRY: 'Ministère de l’Intérieur',
      LIVRET_CONTACT: 'aide@example.org',
    });
    expect(html).to.contain('Ce site est partiellement conforme').and.not.to.contain('Aucun audit');
    expect(html).to.contain('(Ministère de l’Intérieur)').and.to.contain('<a href="mailto:aide@example.org">');
    expect(await statement({ LIVRET_CONTACT: 'https://aide.example.org/' })).to.contain(
      'href="https://aide.example.org/"',
    );
  });

  it('takes no contact that is neither an address to write to nor one to go to', () => {
    for (const LIVRET_CONTACT of ['javascript:alert(1)', 'help desk', 'a@b', 'a@b.fr?subject=x']) {
      expect(() => readConfig({ LIVRET_CONTACT }), LIVRET_CONTACT).to.throw('LIVRET_CONTACT should be');
    }
  });
});
