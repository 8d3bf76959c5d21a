/** Leaves and trees as short texts: the names once, and numbers for them. 100 préfectures × 30 parcours × 10 services are half a megabyte. */
import type { Leaf, TreeNode } from './tree.ts';

/** The names that some leaves are made of. */
export class LeafNames {
  readonly list: string[];
  readonly #places = new Map<string, number>();

  constructor(list: string[] = []) {
    this.list = list;
    for (const [place, name] of list.entries()) this.#places.set(name, place);
  }

  /** A leaf as the places of its names; nothing where it has none. */
  encode(leaf: Leaf): string {
    return leaf
      .map((name) => (name === null || name === undefined ? '' : this.#place(name)))
      .join('.')
      .replace(/\.+$/, '');
  }

  decode(text: string): Leaf {
    const [direction, ...below] = text
      .split('.')
      .map((place) => (place === '' ? null : (this.list[Number(place)] ?? '')));
    return [direction ?? '', ...below] as unknown as Leaf;
  }

  #place(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

type Shape = string | [Shape, Shape];
type Encoded = readonly [names: string[], body: Shape];

export function encodeTree(root: TreeNode): string {
  const names = new LeafNames();
  const shapeOf = (node: TreeNode): Shape => {
    if ('leaf' in node) return names.encode(node.leaf);
    const [left, right] = node.children;
    return [shapeOf(left), shapeOf(right)];
  };
  const body = shapeOf(root);
  return JSON.stringify([names.list, body] satisfies Encoded);
}

export function decodeTree(text: string): TreeNode {
  const [list, body] = JSON.parse(text) as Encoded;
  const names = new LeafNames(list);
  const nodeOf = (shape: Shape): TreeNode => {
    if (typeof shape === 'string') return { leaf: names.decode(shape) };
    return { children: [nodeOf(shape[0]), nodeOf(shape[1])] };
  };
  return nodeOf(body);
}
