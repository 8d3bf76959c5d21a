/** The files of a package, however they came. */
export interface PackageFiles {
  /** Bytes of each file by its path; folders are not in it. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The bytes of a file, checked on the way (see zip.ts). Rejects with `package.invalid`. */
  stream(name: string): AsyncIterable<Uint8Array>;
  close(): void;
}

/** For a course structure that stands alone: everything it names is elsewhere. */
export const NO_FILES: PackageFiles = {
  sizes: new Map(),
  stream(name) {
    throw new TypeError(`There is no file ${name}.`);
  },
  close() {},
};

/** A whole file. The caller has looked at its size. */
export async function readAll(files: PackageFiles, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.stream(name)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
