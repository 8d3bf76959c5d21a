/** Leaves and trees as short texts: the names once, and numbers for them. 100 préfectures × 30 parcours × 10 services are half a megabyte. */
import type { Leaf, TreeNode } from './tree.ts';

type Encoded<T> = readonly [names: string[], body: T];

class Names {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  /** A leaf as the places of its names; nothing where it has none. */
  encode(leaf: Leaf): string {
    return leaf
      .map((name) => (name === null || name === undefined ? '' : this.#place(name)))
      .join('.')
      .replace(/\.+$/, '');
  }

  #place(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

function decode(text: string, names: readonly string[]): Leaf {
  const [direction = '', ...below] = text
    .split('.')
    .map((place) => (place === '' ? null : (names[Number(place)] ?? '')));
  return [direction ?? '', ...below] as unknown as Leaf;
}

export function encodeLeaves(leaves: readonly Leaf[]): string {
  const names = new Names();
  const body = leaves.map((leaf) => names.encode(leaf));
  return JSON.stringify([names.list, body] satisfies Encoded<string[]>);
}

export function decodeLeaves(text: string): Leaf[] {
  const [names, body] = JSON.parse(text) as Encoded<string[]>;
  return body.map((leaf) => decode(leaf, names));
}

type Shape = string | [Shape, Shape];

export function encodeTree(root: TreeNode): string {
  const names = new Names();
  const shapeOf = (node: TreeNode): Shape => {
    if ('leaf' in node) return names.encode(node.leaf);
    const [left, right] = node.children;
    return [shapeOf(left), shapeOf(right)];
  };
  const body = shapeOf(root);
  return JSON.stringify([names.list, body] satisfies Encoded<Shape>);
}

export function decodeTree(text: string): TreeNode {
  const [names, body] = JSON.parse(text) as Encoded<Shape>;
  const nodeOf = (shape: Shape): TreeNode => {
    if (typeof shape === 'string') return { leaf: decode(shape, names) };
    return { children: [nodeOf(shape[0]), nodeOf(shape[1])] };
  };
  return nodeOf(body);
}
