/** The About resource (1.0.3 Communication 2.8; IEEE 9274.1.1 §4.1.6.7): the versions this LRS speaks. Public. */
import type { Handler } from '../http/exchange.ts';
import { readParameters } from '../http/parameters.ts';
import { sendTaggedJson } from '../http/respond.ts';
import { SUPPORTED_VERSIONS } from '../http/version.ts';

/** "Additional properties MUST NOT be added to this object outside of extensions." */
const ABOUT = {
  version: SUPPORTED_VERSIONS,
  extensions: { 'urn:livret:product': 'Livret' },
};

export const getAbout: Handler = async (request, response) => {
  readParameters(request.url, []);
  sendTaggedJson(response, ABOUT);
};
