/** People from files and from LDAP directories. */
export { createPeopleCommands } from './commands.ts';
export { type EntryProblems, type LdapPeople, openLdap } from './ldap/index.ts';
export { addImportPages } from './pages/routes.tsx';
