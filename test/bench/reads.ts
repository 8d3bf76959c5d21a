/** How long a request for 100 statements takes, one at a time, for each way of asking. */
import { Agent, request } from 'node:http';
import { actorOf, moduleId, PARCOURS, registrationOf, verbId } from './bodies.ts';
import { median } from './figures.ts';
import type { Target } from './servers.ts';

const TIMES = 30;

interface Asked {
  people: number;
  /** An instant in the middle of what was stored. */
  middle: string;
}

/** Each time something else is asked for, as different readers would. */
type Ask = (n: number, store: Asked) => Record<string, string>;

const person = (n: number, { people }: Asked): number => (n * 97) % people;
const agent = (n: number, store: Asked): string => JSON.stringify(actorOf(person(n, store)));
const registration = (n: number, store: Asked): string => registrationOf(person(n, store), n % 40);
const module = (n: number): string => moduleId(n % 40);

/** Name → what is asked. Those that say "none" find nothing, each half of what they ask for being there. */
export const READS: Record<string, Ask> = {
  everything: () => ({}),
  ascending: () => ({ ascending: 'true' }),
  agent: (n, store) => ({ agent: agent(n, store) }),
  'agent, related': (n, store) => ({ agent: agent(n, store), related_agents: 'true' }),
  activity: (n) => ({ activity: module(n) }),
  'activity, related': () => ({ activity: PARCOURS, related_activities: 'true' }),
  registration: (n, store) => ({ registration: registration(n, store) }),
  since: (_n, { middle }) => ({ since: middle, ascending: 'true' }),
  until: (_n, { middle }) => ({ until: middle }),
  'agent + verb': (n, store) => ({ agent: agent(n, store), verb: verbId('completed') }),
  'agent + verb + activity: none': (n, store) => ({
    agent: agent(n, store),
    verb: verbId('waived'),
    activity: module(n),
  }),
  'agent + activity': (n, store) => ({ agent: agent(n, store), activity: module(n) }),
  'verb + activity': (n) => ({ verb: verbId('completed'), activity: module(n) }),
  'verb + activity: none': (n) => ({ verb: verbId('waived'), activity: module(n) }),
  'registration + verb': (n, store) => ({ registration: registration(n, store), verb: verbId('completed') }),
  'registration + verb: none': (n, store) => ({ registration: registration(n, store), verb: verbId('waived') }),
  'related + since': (_n, { middle }) => ({ activity: PARCOURS, related_activities: 'true', since: middle }),
  'related + since: none': () => ({
    activity: PARCOURS,
    related_activities: 'true',
    since: new Date(Date.now() + 60_000).toISOString(),
  }),
};

export interface ReadResult {
  /** Median, milliseconds. */
  time: number;
  /** Statements in the last answer. */
  found: number;
}

/** Asks a server in every way. */
export async function measureReads(target: Target, people: number): Promise<Record<string, ReadResult>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const get = (query: Record<string, string>) => getJson(target, agent, { limit: '100', ...query });
  const store = { people, middle: await middleOf(get) };
  const results: Record<string, ReadResult> = {};
  for (const [name, ask] of Object.entries(READS)) {
    const times: number[] = [];
    let found = 0;
    for (let n = 0; n < TIMES; n++) {
      const before = performance.now();
      found = (await get(ask(n, store))).statements.length;
      times.push(performance.now() - before);
    }
    results[name] = { time: median(times), found };
  }
  agent.destroy();
  return results;
}

interface Page {
  statements: { stored: string }[];
}

async function middleOf(get: (query: Record<string, string>) => Promise<Page>): Promise<string> {
  const stored = async (ascending: string) =>
    Date.parse((await get({ ascending, limit: '1' })).statements[0]?.stored ?? '');
  return new Date(((await stored('true')) + (await stored('false'))) / 2).toISOString();
}

function getJson({ port, authorization }: Target, agent: Agent, query: Record<string, string>): Promise<Page> {
  const path = `/xapi/statements?${new URLSearchParams(query)}`;
  const headers = { Authorization: authorization, 'X-Experience-API-Version': '1.0.3' };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(JSON.parse(body) as Page);
        else reject(new Error(`${path}: ${response.statusCode} ${body}`));
      });
    })
      .on('error', reject)
      .end();
  });
}
