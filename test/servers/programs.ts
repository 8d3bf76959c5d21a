/** Programs that some suites need beside Node. */
import { existsSync } from 'node:fs';
import { browserPath } from '../e2e/browser.ts';
import { isRequired, type Program } from './required.ts';

/** By name, what is missing of each on this machine; undefined where it is all here. */
const MISSING: Record<Program, () => string | undefined> = {
  chromium: () => (browserPath ? undefined : 'no Chromium (apt-get install chromium, or set CHROMIUM)'),
  lemonldap: () => firstMissing(LEMONLDAP),
  libreoffice: () => firstMissing({ '/usr/bin/soffice': 'libreoffice-calc-nogui' }),
  python3: () => firstMissing({ '/usr/bin/python3': 'python3' }),
  'saml-schemas': () => firstMissing(SAML_SCHEMAS),
  slapd: () => firstMissing({ '/usr/sbin/slapd': 'slapd', '/usr/sbin/slapadd': 'slapd' }),
};

/** A file of each Debian package, and the package. The portal does not declare the last three and is lost without them. */
const LEMONLDAP = {
  '/usr/bin/starman': 'starman',
  '/usr/share/perl5/Lemonldap/NG/Portal/Main.pm': 'liblemonldap-ng-portal-perl',
  '/usr/share/perl5/XML/Simple.pm': 'libxml-simple-perl',
  '/usr/share/perl5/String/Random.pm': 'libstring-random-perl',
  '/usr/share/perl5/IO/String.pm': 'libio-string-perl',
};

const SAML_SCHEMAS = {
  '/usr/share/xml/opensaml/saml-schema-metadata-2.0.xsd': 'opensaml-schemas',
  '/usr/share/xml/xmltooling/xmldsig-core-schema.xsd': 'xmltooling-schemas',
};

function firstMissing(files: Record<string, string>): string | undefined {
  const found = Object.entries(files).find(([file]) => !existsSync(file));
  return found && `no ${found[0]} (apt-get install ${found[1]})`;
}

/** A suite that needs programs. Where one is missing, one line among what was skipped says which, or a failure where it is required. */
export function onPrograms(programs: readonly Program[], title: string, suite: (this: Mocha.Suite) => void): void {
  const lacking = programs.filter((program) => MISSING[program]() !== undefined);
  if (lacking.length === 0) return void describe(title, suite);
  const line = `${title}: NOT TESTED: ${lacking.map((program) => MISSING[program]()).join(', ')}`;
  if (lacking.some(isRequired))
    it(line, () => Promise.reject(new Error('It was to be tested: see LIVRET_TEST_REQUIRE.')));
  else it.skip(line);
}
