import type { NextFunction } from 'express';
import type { XapiRequest, XapiResponse } from '../http/exchange.ts';
import type { Statements } from '../store/store.ts';

/**
 * X-Experience-API-Consistent-Through "on all responses to Statements Resource requests", refusals included. It is taken
 * before the request does anything: taken after a query, it could vouch for a statement that the query did not see.
 */
export function tellConsistentThrough(statements: Statements) {
  return async function tellConsistentThrough(
    _request: XapiRequest,
    response: XapiResponse,
    next: NextFunction,
  ): Promise<void> {
    const through = await statements.consistentThrough();
    response.setHeader('X-Experience-API-Consistent-Through', new Date(through).toISOString());
    next();
  };
}
