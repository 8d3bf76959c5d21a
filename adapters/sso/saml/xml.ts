/** XML as a tree, read by the parser (xmldom) that node-saml checks signatures with: no second opinion of what stands where. */
import { DOMParser } from '@xmldom/xmldom';
import { refused } from './refused.ts';
import { requireStrictXml } from './strict-xml.ts';

export interface XmlElement {
  /** '' for none. */
  namespace: string;
  /** Without prefix. */
  name: string;
  /** By name as written: those without a prefix are in no namespace. Declarations of namespaces are not among them. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** All text in it, that of its children too. */
  readonly text: string;
  /** It alone as a document. */
  source(): string;
}

/** Elements in this namespace are parsed by other rules, whatever the type of the document. */
const XHTML = 'http://www.w3.org/1999/xhtml';

/** Reads a message. Throws `sso.refused` for what is not strict XML. */
export function parseMessage(text: string): XmlElement {
  requireStrictXml(text);
  return parse(text);
}

/**
 * Reads a document of somebody we trust (metadata), in which comments and the like may stand; a document type may not.
 * Throws `sso.refused`.
 */
export function parseDocument(text: string): XmlElement {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw refused('It has a document type.');
  return parse(text);
}

function parse(text: string): XmlElement {
  const fail = (message: string): never => {
    throw new Error(message);
  };
  let root: Element | null;
  try {
    const errorHandler = { warning: fail, error: fail, fatalError: fail };
    root = new DOMParser({ locator: {}, errorHandler }).parseFromString(text, 'text/xml').documentElement;
  } catch (cause) {
    throw refused('It is not well-formed XML.', cause);
  }
  if (root === null) throw refused('It is not well-formed XML.');
  return treeOf(root);
}

function treeOf(element: Element): XmlElement {
  const namespace = element.namespaceURI ?? '';
  if (namespace === XHTML) throw refused('It holds HTML.');
  if (namespace === '' && element.tagName.includes(':')) throw refused('It uses a prefix that it does not declare.');
  const attributes = Array.from(element.attributes).filter(({ name }) => !/^xmlns(:|$)/.test(name));
  const children = Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);
  return {
    namespace,
    name: element.localName,
    attributes: new Map(attributes.map(({ name, value }) => [name, value])),
    children: children.map(treeOf),
    get text() {
      return element.textContent ?? '';
    },
    source: () => element.toString(),
  };
}

/** Whether an element has this name in this namespace. */
export const is = (element: XmlElement, namespace: string, name: string): boolean =>
  element.namespace === namespace && element.name === name;

/** The children of this name. */
export const childrenOf = (element: XmlElement, namespace: string, name: string): XmlElement[] =>
  element.children.filter((child) => is(child, namespace, name));

/** The one child of this name, undefined where there is none. Throws `sso.refused` where there are several. */
export function optionalChild(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const found = childrenOf(element, namespace, name);
  if (found.length > 1) throw refused(`${element.name} has several ${name}.`);
  return found[0];
}

/** The one child of this name. Throws `sso.refused`. */
export function onlyChild(element: XmlElement, namespace: string, name: string): XmlElement {
  const found = optionalChild(element, namespace, name);
  if (!found) throw refused(`${element.name} has no ${name}.`);
  return found;
}

/** The element and all that is in it, in order. */
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* everyElement(child);
}
