/** The settings of single sign-on that fit the demo's identity provider: an example of what LIVRET_SSO names. */
import { DIRECTIONS, HOME_PAGE, PROFILES } from './people.ts';

export const PROVIDER = 'demo';

/** `idp` is the provider's address, without a slash at its end. */
export const settingsFile = (idp: string): string =>
  `${JSON.stringify(
    {
      providers: [
        {
          id: PROVIDER,
          protocol: 'saml',
          label: { fr: 'Fournisseur de démonstration', en: 'Demonstration provider' },
          homePage: HOME_PAGE,
          metadata: `${idp}/metadata`,
          attributes: {
            ...{ identifier: 'rio', familyName: 'sn', givenName: 'givenName', mail: 'mail' },
            ...{ direction: 'direction', service: 'service', site: 'site', roles: 'profil' },
          },
          directions: DIRECTIONS,
          roles: PROFILES,
        },
      ],
    },
    undefined,
    2,
  )}\n`;
