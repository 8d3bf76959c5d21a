import { comparableMbox } from './agents.ts';
import type { Account, Agent } from './types.ts';

/** What is known of one person, under all their identifiers (Communication 2.4): every value is an array. */
export interface Person {
  objectType: 'Person';
  name?: string[];
  mbox?: string[];
  mbox_sha1sum?: string[];
  openid?: string[];
  account?: Account[];
}

/** The Person of agents that are one person; each name and identifier once, in order. */
export function personOf(agents: readonly Agent[]): Person {
  const distinct = <T>(values: (T | undefined)[], same: (value: T) => string): T[] => [
    ...new Map(values.flatMap((value) => (value === undefined ? [] : [[same(value), value] as const]))).values(),
  ];
  const asIs = (value: string) => value;
  const lists = {
    name: distinct(
      agents.map(({ name }) => name),
      asIs,
    ),
    mbox: distinct(
      agents.map(({ mbox }) => mbox),
      comparableMbox,
    ),
    mbox_sha1sum: distinct(
      agents.map((agent) => agent.mbox_sha1sum),
      (hash) => hash.toLowerCase(),
    ),
    openid: distinct(
      agents.map(({ openid }) => openid),
      asIs,
    ),
    account: distinct(
      agents.map(({ account }) => account),
      ({ homePage, name }) => `${homePage}|${name}`,
    ),
  };
  return { objectType: 'Person', ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) };
}
