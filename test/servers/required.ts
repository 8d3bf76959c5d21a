import { REQUIRED } from '../environment.ts';

/** Programs (and files of Debian's) beside Node that suites need. */
export type Program = 'chromium' | 'lemonldap' | 'libreoffice' | 'python3' | 'saml-schemas' | 'slapd';

/** Whether LIVRET_TEST_REQUIRE (`chromium,lemonldap,libreoffice,python3,saml-schemas,slapd`) names it: a suite that lacks it then fails, and is not skipped. */
export const isRequired = (program: Program): boolean => REQUIRED?.includes(program) ?? false;
