/** A digest before it is written as text or HTML: what stands in it, in order. */

export interface TableColumn {
  heading: string;
  /** On the right. */
  numeric?: boolean;
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; small?: true }
  /** The first column names the rows; the last row is the whole, where `total`. */
  | {
      kind: 'table';
      caption: string;
      columns: readonly TableColumn[];
      rows: readonly (readonly string[])[];
      total?: true;
    }
  | { kind: 'link'; href: string; label: string };

export interface Digest {
  subject: string;
  title: string;
  blocks: readonly Block[];
  /** Why one gets it, and how to stop it. */
  footer: readonly Block[];
}
