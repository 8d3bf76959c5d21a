import type { Checked, Finding } from '../../dump.ts';

/** What a check gives: something wrong, how far it is, or a blob whose bytes somebody else must look at. */
export type Verified = { finding: Finding } | { checked: Checked } | { blob: string };

export type Check = Generator<Verified, void, void>;

export const found = (kind: Finding['kind'], where: string, problem: string): Verified => ({
  finding: { kind, where, problem },
});
