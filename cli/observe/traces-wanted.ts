/** Whether traces are wanted. The standard has its own variables for that (OpenTelemetry's), which every collector's manual names. */
import { LivretError } from '../../lrs/index.ts';

export type TracesProtocol = 'http/protobuf' | 'http/json';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'];

/**
 * How to send traces; undefined when no endpoint is set, or they are switched off. Throws `config.invalid` for an
 * endpoint that is no address and for a protocol that is not spoken: traces that never arrive are noticed too late.
 */
export function tracesWanted(environment: NodeJS.ProcessEnv): TracesProtocol | undefined {
  const endpoint = ENDPOINTS.find((name) => environment[name]);
  const isOff = environment.OTEL_SDK_DISABLED === 'true' || environment.OTEL_TRACES_EXPORTER === 'none';
  if (endpoint === undefined || isOff) return undefined;
  if (!/^https?:\/\/./i.test(environment[endpoint] ?? '') || !URL.canParse(environment[endpoint] ?? '')) {
    throw new LivretError('config.invalid', { detail: `${endpoint} should be: http(s) URL.` });
  }
  return protocolOf(environment);
}

function protocolOf(environment: NodeJS.ProcessEnv): TracesProtocol {
  const name = PROTOCOLS.find((each) => environment[each]);
  const protocol = name === undefined ? 'http/protobuf' : environment[name];
  if (protocol === 'http/protobuf' || protocol === 'http/json') return protocol;
  throw new LivretError('config.invalid', { detail: `${name} should be: one of http/protobuf, http/json.` });
}
