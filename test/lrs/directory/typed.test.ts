import { expect } from 'chai';
import { readRow } from '../../../adapters/people/row.ts';
import { isAddress, isEmail, oneSpelling, placeText } from '../../../lrs/directory/index.ts';

describe('what is typed', () => {
  it('has one spelling, wherever it comes from', () => {
    for (const name of ['Éva  de La\u00a0Tour', ' E\u0301va de La Tour\n']) {
      expect(oneSpelling(name)).to.equal('Éva de La Tour');
      const cells = {
        identifiant: 'eva',
        fournisseur: 'https://sso.example',
        courriel: '',
        roles: '',
        debut: '',
        fin: '',
      };
      const row = readRow(
        { ...cells, nom: name, prenom: name, direction: name, service: name, site: '' },
        'Europe/Paris',
      );
      expect('record' in row && row.record).to.deep.include({
        ...{ familyName: 'Éva de La Tour', givenName: 'Éva de La Tour' },
        membership: { direction: 'Éva de La Tour', service: 'Éva de La Tour', roles: ['agent'] },
      });
    }
  });

  it('is an address, or is none', () => {
    for (const address of ['https://sso.example/é', 'urn:livret:1']) expect(isAddress(address), address).to.equal(true);
    for (const none of ['', 'sso.example', '/relative', 'https://', 'https://a b', 'https://a/<b>', 'https://a/\u0000'])
      expect(isAddress(none), none).to.equal(false);
    expect(['a@b', 'a.b@c.d'].every(isEmail)).to.equal(true);
    expect(['', 'a', '@b', 'a@', 'a b@c', 'a@b@c'].some(isEmail)).to.equal(false);
  });

  it('is a place from the direction down', () => {
    expect(placeText({ direction: 'DRH', site: 'Lognes' })).to.equal('DRH / Lognes');
    expect(placeText()).to.equal('');
  });
});
