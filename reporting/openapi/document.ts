/** The description of the API of the reports: OpenAPI 3.1. */
import { ERRORS, type ErrorCode } from '../../lrs/index.ts';
import type { Permission } from '../../web/index.ts';
import type { Parameter } from '../parameters.ts';
import { ref, type Schema } from './json-schema.ts';
import { type Operation, operationsOf } from './operations.ts';
import { OTHER_SCHEMAS } from './other-schemas.ts';
import { REPORT_SCHEMAS } from './report-schemas.ts';

export const OPENAPI_PATH = '/api/openapi.json';

/** Of the API: its first number changes when what programs read changes. */
const VERSION = '1.0.0';

/** Refused on every route that is not public. */
const ALWAYS: readonly ErrorCode[] = [
  ...(['request.header', 'request.rate'] as const),
  ...([
    'access.login',
    'access.missing',
    'access.invalid',
    'access.role',
    'access.scope',
    'access.unavailable',
  ] as const),
];

/** `permissions`: of every route of the reports. */
export function documentOf(permissions: readonly Permission[]): Schema {
  const own = permissions.filter(({ path }) => path.startsWith('/api/') && path !== OPENAPI_PATH);
  const operations = operationsOf(own.map(({ path }) => path));
  const paths = operations.map((operation) => {
    const permission = own.find(({ method, path }) => method === operation.method && path === operation.path);
    return [operation.path, { [operation.method.toLowerCase()]: operationObject(operation, permission) }] as const;
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Livret: reports',
      version: VERSION,
      description:
        'Figures about groups come from published cells alone: whatever is combined, no figure stands for fewer people than `minimum`. GET changes nothing and publishes nothing.',
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'reports', description: 'Published figures.' },
      { name: 'me', description: 'One’s own learning.' },
      { name: 'progress', description: 'Progress by name, for training correspondents.' },
      { name: 'sql', description: 'SQL, and files to take along.' },
    ],
    paths: {
      ...Object.fromEntries(paths),
      [OPENAPI_PATH]: {
        get: {
          operationId: 'openapi',
          tags: ['reports'],
          summary: 'This description.',
          security: [],
          responses: {
            200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
          },
        },
      },
    },
    components: {
      schemas: { ...OTHER_SCHEMAS, ...REPORT_SCHEMAS },
      securitySchemes: {
        key: { type: 'http', scheme: 'basic', description: 'A key and its secret (livret key add).' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-livret',
          description:
            'The session of whoever is logged in. Over plain http, where only a trial runs, its name is livret.',
        },
      },
    },
  };
}

function operationObject(operation: Operation, permission: Permission | undefined): Schema {
  const { id, tag, summary, parameters, body, refuses } = operation;
  const scopes = Array.isArray(permission?.anyOf) ? permission.anyOf : [];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(scopes.length > 0 && { description: `A key needs one of the scopes: ${scopes.join(', ')}.` }),
    security: [...(scopes.length > 0 ? [{ key: [] }] : []), { session: [] }],
    parameters: parameters.map(parameterObject),
    ...(body !== undefined && { requestBody: { required: true, content: json(ref(body)) } }),
    responses: { 200: answerObject(operation), ...refusals([...ALWAYS, ...refuses]) },
  };
}

const json = (schema: Schema): Schema => ({ 'application/json': { schema } });

const parameterObject = ({ name, description, values, example, required = false }: Parameter): Schema => ({
  name,
  in: 'query',
  required,
  description,
  schema: { type: 'string', ...(values && { enum: values }) },
  ...(example !== undefined && { example }),
});

function answerObject({ answers }: Operation): Schema {
  const files = answers.files.map((type) => [type, {}]);
  const content = { ...(answers.json !== undefined && json(ref(answers.json))), ...Object.fromEntries(files) };
  return { description: 'The answer.', content };
}

/** By status: which codes, and what they mean. */
function refusals(codes: readonly ErrorCode[]): Schema {
  const statuses = [...new Set(codes.map((code) => ERRORS[code][0]))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const said = codes.filter((code) => ERRORS[code][0] === status).map((code) => `\`${code}\`: ${ERRORS[code][1]}`);
      return [status, { description: said.join(' '), content: json(ref('Error')) }];
    }),
  );
}
