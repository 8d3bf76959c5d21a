import { chooseLanguage } from './language.ts';
import { transformJson } from './lossless.ts';
import type { StatementFormat } from './parameters.ts';
import type {
  Activity,
  ActivityDefinition,
  Actor,
  Attachment,
  Context,
  Group,
  LanguageMap,
  Statement,
  SubStatement,
  XapiVersion,
} from './types.ts';

export interface FormatOptions {
  format: StatementFormat;
  /** preferredLanguages of the request's Accept-Language; only canonical asks. */
  languages: readonly string[];
  /** The version the answer is given under. */
  version: XapiVersion;
  /** The store's merged definition of an activity; only canonical asks. */
  definition(id: string): ActivityDefinition | undefined;
}

/** What a format makes of each thing in a statement; everything else stays as it was stored. */
interface Forms {
  actor(actor: Actor): Actor;
  activity(activity: Activity): Activity;
  verb(verb: Statement['verb']): Statement['verb'];
  attachment(attachment: Attachment): Attachment;
}

/**
 * A stored statement's text in the format that GET /statements asks for (Communication 2.1.3). `exact` gives the same
 * text. `ids` keeps of Agents, Groups, Activities and verbs what identifies them, and the members of anonymous Groups.
 * `canonical` gives activities the store's definition and every language map one language: those of activities and
 * verbs, under 2.0 those of attachments too. Numbers keep their spelling.
 */
export function formatStatement(text: string, options: FormatOptions): string {
  if (options.format === 'exact') return text;
  const forms = options.format === 'ids' ? IDS : canonicalForms(options);
  return transformJson<Statement>(text, (statement) => reshape(statement, forms));
}

function reshape<T extends Statement | SubStatement>(statement: T, forms: Forms): T {
  const { context, attachments } = statement;
  const authority = 'authority' in statement ? statement.authority : undefined;
  return {
    ...statement,
    actor: forms.actor(statement.actor),
    verb: forms.verb(statement.verb),
    object: reshapeObject(statement.object, forms),
    ...(context && { context: reshapeContext(context, forms) }),
    ...(authority && { authority: forms.actor(authority) }),
    ...(attachments && { attachments: attachments.map(forms.attachment) }),
  };
}

function reshapeObject(object: Statement['object'], forms: Forms): Statement['object'] {
  switch (object.objectType) {
    case 'StatementRef':
      return object;
    case 'SubStatement':
      return reshape(object, forms);
    case 'Agent':
    case 'Group':
      return forms.actor(object);
    default:
      return forms.activity(object as Activity);
  }
}

function reshapeContext(context: Context, forms: Forms): Context {
  const { instructor, team, contextActivities, contextAgents, contextGroups } = context;
  return {
    ...context,
    ...(instructor && { instructor: forms.actor(instructor) }),
    ...(team && { team: forms.actor(team) as Group }),
    ...(contextActivities && {
      contextActivities: Object.fromEntries(
        Object.entries(contextActivities).map(([relation, list]) => [relation, [list].flat().map(forms.activity)]),
      ),
    }),
    ...(contextAgents && {
      contextAgents: contextAgents.map((it) => ({ ...it, agent: forms.actor(it.agent) as typeof it.agent })),
    }),
    ...(contextGroups && {
      contextGroups: contextGroups.map((it) => ({ ...it, group: forms.actor(it.group) as Group })),
    }),
  };
}

const IDS: Forms = {
  actor: identified,
  // objectType goes too: an object without one is an Activity (XAPI-00171 counts the keys)
  activity: ({ id }) => ({ id }),
  verb: ({ id }) => ({ id }),
  attachment: (attachment) => attachment,
};

function identified(actor: Actor): Actor {
  const { name, ...rest } = actor;
  if (rest.objectType !== 'Group') return rest;
  const { member, ...identity } = rest;
  const anonymous = !(identity.mbox ?? identity.mbox_sha1sum ?? identity.openid ?? identity.account);
  return anonymous && member ? { ...identity, member: member.map(identified) as typeof member } : identity;
}

function canonicalForms({ languages, version, definition }: FormatOptions): Forms {
  const one = (map: LanguageMap): LanguageMap => {
    const tag = chooseLanguage(map, languages);
    return tag === undefined ? {} : { [tag]: map[tag] ?? '' };
  };
  const described = <T extends { description?: LanguageMap }>(thing: T): T =>
    thing.description === undefined ? thing : { ...thing, description: one(thing.description) };
  const oneLanguage = (full: ActivityDefinition): ActivityDefinition => {
    const result = described(full);
    const lists = COMPONENT_LISTS.flatMap((key) => {
      const list = result[key];
      return list === undefined ? [] : [[key, list.map((component) => described(component))] as const];
    });
    return { ...result, ...(result.name && { name: one(result.name) }), ...Object.fromEntries(lists) };
  };

  return {
    actor: (actor) => actor,
    activity: (activity) => {
      // Where the store knows nothing, the statement's own word is all there is.
      const full = definition(activity.id) ?? activity.definition;
      return full === undefined ? activity : { ...activity, definition: oneLanguage(full) };
    },
    verb: (verb) => (verb.display === undefined ? verb : { ...verb, display: one(verb.display) }),
    attachment: (attachment) =>
      version === '1.0.3' ? attachment : described({ ...attachment, display: one(attachment.display) }),
  };
}

const COMPONENT_LISTS = ['choices', 'scale', 'source', 'target', 'steps'] as const;
