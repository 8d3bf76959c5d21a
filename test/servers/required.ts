/** Programs (and files of Debian's) beside Node that suites need. */
export type Program = 'chromium' | 'lemonldap' | 'libreoffice' | 'python3' | 'saml-schemas' | 'slapd';

const named = process.env.LIVRET_TEST_REQUIRE?.toLowerCase().split(',');
// Livret itself, which the tests start, refuses variables that are none of its own.
delete process.env.LIVRET_TEST_REQUIRE;

/** Whether LIVRET_TEST_REQUIRE (`chromium,lemonldap,libreoffice,python3,saml-schemas,slapd`) names it: a suite that lacks it then fails, and is not skipped. */
export const isRequired = (program: Program): boolean => named?.includes(program) ?? false;
