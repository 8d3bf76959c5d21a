import { expect } from 'chai';
import { mapArrival } from '../../../adapters/sso/mapping.ts';
import type { SamlSettings } from '../../../adapters/sso/settings.ts';
import { unitsOf } from '../../../lrs/directory/index.ts';
import { Tree } from '../../../lrs/directory/tree.ts';

const settings: SamlSettings = {
  id: 'idp',
  protocol: 'saml',
  label: { fr: 'IdP', en: 'IdP' },
  homePage: 'https://sso.test',
  metadata: 'https://sso.test/metadata',
  attributes: {
    identifier: 'rio',
    familyName: 'sn',
    mail: 'mail',
    direction: 'direction',
    service: 'service',
    roles: 'profil',
  },
  directions: { 'SG/DRH': 'DRH', 'sg/old': 'Closed long ago' },
  roles: { CORRESPONDANT: 'correspondent', ADMIN: 'administrator' },
};
const KNOWN = new Tree([
  ...unitsOf({ direction: 'DRH', service: 'Bureau RH', site: 'Paris' }),
  ...unitsOf({ direction: 'Préfecture du Rhône' }),
  ...unitsOf({ direction: 'dgpn' }),
  ...unitsOf({ direction: 'DGPN' }),
]);

const map = (attributes: Record<string, string[]>, changed: Partial<SamlSettings> = {}) =>
  mapArrival(
    { origin: { provider: 'idp' }, attributes: { rio: ['4711'], ...attributes } },
    { ...settings, ...changed },
    KNOWN,
  );

describe('from what a provider sent to a person', () => {
  it('the actor is the account of the setting, never the e-mail', () => {
    const { identifier, email } = map({ mail: ['ada@interieur.test'] });
    expect(identifier).to.equal('account:https://sso.test|4711');
    expect(email).to.equal('ada@interieur.test');
  });

  it('a direction is what the table says, without regard to case and spaces', () => {
    expect(map({ direction: [' sg/drh '], service: ['Formation'] }).placed).to.deep.equal({
      direction: 'DRH',
      service: 'Formation',
    });
  });

  it('a direction that is not in the table, or that the directory does not have, is not guessed', () => {
    for (const sent of ['SG/DRH/BUREAU', 'DRH', 'sg/old', 'SG']) {
      const mapped = map({ direction: [sent] });
      expect(mapped.placed, sent).to.equal(undefined);
      expect(mapped.sent.direction).to.equal(sent);
    }
  });

  it('without a table a direction is looked for as it is, also where its accents are composed otherwise', () => {
    const { directions: _none, ...without } = settings;
    const attributes = { rio: ['1'], direction: ['préfecture du Rhône'.normalize('NFD')] };
    const mapped = mapArrival({ origin: { provider: 'idp' }, attributes }, without, KNOWN);
    expect(mapped.placed?.direction).to.equal('Préfecture du Rhône');
    expect(
      mapArrival({ origin: { provider: 'idp' }, attributes: { rio: ['1'], direction: ['Rhône'] } }, without, KNOWN)
        .placed,
    ).to.equal(undefined);
  });

  it('of two directions that differ by case the exact one is meant, and neither where none is exact', () => {
    const { directions: _none, ...without } = settings;
    const placed = (direction: string) =>
      mapArrival({ origin: { provider: 'idp' }, attributes: { rio: ['1'], direction: [direction] } }, without, KNOWN)
        .placed?.direction;
    expect([placed('DGPN'), placed('dgpn'), placed('Dgpn')]).to.deep.equal(['DGPN', 'dgpn', undefined]);
  });

  it('a service and a site are spelled as the directory spells them, and stay as sent where it has none', () => {
    const attributes = { direction: ['SG/DRH'], service: ['BUREAU  rh'] };
    expect(map(attributes).placed).to.deep.equal({ direction: 'DRH', service: 'Bureau RH' });
    expect(map({ ...attributes, service: ['Autre'] }).placed).to.deep.equal({ direction: 'DRH', service: 'Autre' });
  });

  it('grants the roles of the table and no others', () => {
    expect(map({ profil: ['correspondant', 'administrator', 'LIVRET', 'toString'] }).roles).to.deep.equal([
      'correspondent',
    ]);
    expect(map({}).roles).to.deep.equal([]);
    const { roles: _none, ...without } = settings;
    const attributes = { rio: ['1'], profil: ['administrator', 'ADMIN'] };
    expect(mapArrival({ origin: { provider: 'idp' }, attributes }, without, KNOWN).roles).to.deep.equal([]);
  });

  it('nobody comes in without an identifier, or with two', () => {
    for (const rio of [[], [''], [' '], ['4711', '4712'], ['x'.repeat(501)]]) {
      expect(() => map({ rio }), String(rio))
        .to.throw()
        .with.property('code', 'sso.refused');
    }
    expect(map({ rio: ['4711', '4711'] }).identifier).to.equal('account:https://sso.test|4711');
  });
});
