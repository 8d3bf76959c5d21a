/** A collector of traces, as far as the tests need one: it takes OTLP over HTTP, as JSON and as protobuf, and says what came. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface ReceivedSpan {
  name: string;
  /** Hexadecimal. */
  traceId: string;
  spanId: string;
  parentSpanId: string;
  attributes: Record<string, string | number>;
  /** 2 is an error. */
  status: number;
  resource: Record<string, string | number>;
}

export interface Collector {
  url: string;
  spans: ReceivedSpan[];
  /** Media types of what came. */
  types: Set<string>;
  /** Everything as it came, unpacked. */
  bodies: Buffer[];
  close(): void;
}

export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const types = new Set<string>();
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    const type = request.headers['content-type'] ?? '';
    const expected = request.method === 'POST' && request.url === '/v1/traces';
    if (expected) {
      types.add(type);
      bodies.push(body);
      spans.push(...(type === 'application/json' ? readJson(body) : readProtobuf(body)));
    }
    response.writeHead(expected ? 200 : 404, { 'Content-Type': type }).end(type === 'application/json' ? '{}' : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, spans, types, bodies, close: () => server.close() };
}

interface JsonAttribute {
  key: string;
  value: { stringValue?: string; intValue?: string | number };
}

interface JsonSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: JsonAttribute[];
  status?: { code?: number };
}

interface JsonRequest {
  resourceSpans: { resource: { attributes: JsonAttribute[] }; scopeSpans: { spans: JsonSpan[] }[] }[];
}

function readJson(body: Buffer): ReceivedSpan[] {
  const named = (attributes: JsonAttribute[]) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));
  return (JSON.parse(body.toString()) as JsonRequest).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map(({ name, traceId, spanId, parentSpanId = '', attributes, status }) => ({
        name,
        traceId,
        spanId,
        parentSpanId,
        attributes: named(attributes),
        status: status?.code ?? 0,
        resource: named(resource.attributes),
      })),
    ),
  );
}

/** Fields of a protobuf message by their number: integers, or bytes of texts and of messages inside. */
type Fields = Map<number, (number | Buffer)[]>;

function fieldsOf(message: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    at += length;
    return message.subarray(at - length, at);
  };
  const read: Record<number, () => number | Buffer> = {
    0: varint,
    1: () => bytes(8),
    2: () => bytes(varint()),
    5: () => bytes(4),
  };
  while (at < message.length) {
    const tag = varint();
    const value = read[tag & 7]?.();
    if (value === undefined) throw new Error(`protobuf has no wire type ${tag & 7}`);
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value]);
  }
  return fields;
}

/** By the numbers of opentelemetry/proto/trace/v1/trace.proto. */
function readProtobuf(body: Buffer): ReceivedSpan[] {
  return messages(fieldsOf(body), 1).flatMap((resourceSpans) => {
    const resource = attributesOf(messages(resourceSpans, 1)[0] ?? new Map(), 1);
    const spans = messages(resourceSpans, 2).flatMap((scopeSpans) => messages(scopeSpans, 2));
    return spans.map((span) => ({
      name: text(span, 5),
      traceId: text(span, 1, 'hex'),
      spanId: text(span, 2, 'hex'),
      parentSpanId: text(span, 4, 'hex'),
      attributes: attributesOf(span, 9),
      status: Number(messages(span, 15)[0]?.get(3)?.[0] ?? 0),
      resource,
    }));
  });
}

const messages = (fields: Fields, number: number): Fields[] =>
  (fields.get(number) ?? []).map((value) => fieldsOf(value as Buffer));

const text = (fields: Fields, number: number, encoding: BufferEncoding = 'utf8'): string =>
  (fields.get(number)?.[0] as Buffer | undefined)?.toString(encoding) ?? '';

function attributesOf(fields: Fields, number: number): Record<string, string | number> {
  return Object.fromEntries(
    messages(fields, number).map((attribute) => {
      const value = messages(attribute, 2)[0] ?? new Map();
      return [text(attribute, 1), value.has(1) ? text(value, 1) : Number(value.get(3)?.[0])];
    }),
  );
}
