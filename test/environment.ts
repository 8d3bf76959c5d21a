/**
 * What the environment tells the tests. Livret, which they start with their own environment, refuses variables that are none
 * of its own: whoever imports this has taken them out.
 */
function take(name: string): string | undefined {
  const value = process.env[name];
  delete process.env[name];
  return value;
}

/** Which engines to test, such as `sqlite,mongodb`: each that is named has to be there. By default all that can be had. */
export const ENGINES = take('LIVRET_TEST_ENGINES')?.toLowerCase().split(',');

/** Programs that have to be there (`chromium,lemonldap,saml-schemas,slapd`): a suite that lacks one fails, and is not skipped. */
export const REQUIRED = take('LIVRET_TEST_REQUIRE')?.toLowerCase().split(',');

/** A built main.js, which the tests then start in place of the source. */
export const PROGRAM = take('LIVRET_TEST_PROGRAM');

/** Where pictures of the pages go, for who wants to see them. */
export const SCREENSHOTS = take('LIVRET_SCREENSHOTS');
