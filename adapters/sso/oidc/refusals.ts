/**
 * What can go wrong with a provider, as our errors. Their reasons go to the log: they are sentences of ours and of the
 * libraries, never what was sent. Errors of the libraries are not kept as causes, since tokens hang on them.
 */
import { errors } from 'jose';
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { LivretError } from '../../../lrs/index.ts';

export const refused = (detail: string): LivretError => new LivretError('sso.refused', { detail });

/** Error codes are of RFC 6749's characters (section 5.2); a provider's own could hold anything. */
const shown = (code: string): string => (/^[\w.-]{1,60}$/.test(code) ? code : 'an error of its own');

/** Answers by which a provider says that it is the one who cannot (RFC 6749 section 4.1.2.1). */
const NOT_WELL = ['server_error', 'temporarily_unavailable'];

function ofAnswer(code: string, where: string): LivretError {
  const detail = `The provider answered ${shown(code)} ${where}.`;
  return NOT_WELL.includes(code) ? new LivretError('sso.unavailable', { detail, retryAfter: 5 }) : refused(detail);
}

function ofToken(error: errors.JOSEError): LivretError {
  if (error instanceof errors.JWTExpired) return refused('The token has expired, or was issued too long ago.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refused(`The token's "${shown(error.claim)}" claim is missing or does not fit.`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return refused('The token is signed with an algorithm that is not taken.');
  if (error instanceof errors.JWKSNoMatchingKey)
    return refused('The token is signed with a key that is not published.');
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return refused('The token does not say by which key it is signed.');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return refused('The signature of the token is not valid.');
  return refused(`The token cannot be read (${error.code}).`);
}

/** The library's most exact sentence: the one of the innermost error that is its own. */
function innermost(error: ClientError): string {
  let { message } = error;
  for (let at: unknown = error.cause; at instanceof Error; at = at.cause) {
    if (at.name !== 'OperationProcessingError' && at.name !== 'UnsupportedOperationError') break;
    message = at.message;
  }
  return message;
}

/** The refusal that an error stands for; what is a bug of ours is given back as it is. */
export function refusalOf(error: unknown): unknown {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof LivretError) return at;
  if (error instanceof AuthorizationResponseError) return ofAnswer(error.error, 'instead of a code');
  if (error instanceof ResponseBodyError) return ofAnswer(error.error, 'to the code');
  if (error instanceof WWWAuthenticateChallengeError) return refused('The provider does not take our credentials.');
  if (error instanceof errors.JOSEError) return ofToken(error);
  if (error instanceof ClientError) return refused(`What the provider sent is not right: ${innermost(error)}.`);
  return error;
}

/** Runs what a library does; rejects with refusals of ours. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error);
  }
}
