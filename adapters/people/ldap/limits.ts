/** How much of a directory is read: a server that never comes to an end is refused, and does not fill the memory. */
import type { Socket } from 'node:net';

export interface Limits {
  /** Entries in all. */
  entries: number;
  /** Pages one after the other on which nobody is. */
  emptyPages: number;
  /** Bytes of one page. */
  pageBytes: number;
  /** ms in all, what is done with the entries included. */
  duration: number;
}

export const LIMITS: Limits = {
  entries: 1_000_000,
  emptyPages: 100,
  pageBytes: 32 * 1024 * 1024,
  duration: 2 * 3_600_000,
};

/** Counts what comes in, and cuts the connection off where a page has more than it may. */
export class PageMeter {
  readonly #most: number;
  readonly #sockets: Socket[] = [];
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Also the one inside of another, as with StartTLS. */
  watch(socket: Socket): void {
    this.#sockets.push(socket);
    socket.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.exceeded) for (const each of this.#sockets) each.destroy();
    });
  }

  get exceeded(): boolean {
    return this.#bytes > this.#most;
  }

  nextPage(): void {
    this.#bytes = 0;
  }
}
