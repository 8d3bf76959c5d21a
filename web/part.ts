/** What a part of the house hands to main, which composes them: web knows no part, and one table covers every route. */
import type { Router } from 'express';

/** An entry of the menu. */
export interface MenuItem {
  /** Path of the page. */
  path: string;
  label: { fr: string; en: string };
  /** Stands in the menu's group for administrators, which nobody needs every day. */
  administers?: boolean;
}

/** A page that a part puts into the menu. */
export interface NavigationItem extends MenuItem {
  /** What one finds there, in a sentence: the home page shows it. */
  description: { fr: string; en: string };
  /** Of whoever is logged in themselves: nothing for who is nobody of the directory. */
  personal?: boolean;
  /** Right that opens the page (lrs/access, RIGHTS): whoever does not have it does not see the item. */
  action: string;
}

/** One line of the permission table. Every route a part serves has one; a test fails when one is missing. */
export interface Permission {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS';
  path: string;
  /** Scopes of which a key must hold one; 'public' needs no credentials. */
  anyOf: readonly string[] | 'public';
  /** What a person must have the right to do (lrs/access, RIGHTS); without it no session opens the route. */
  action?: string;
}

/** What a run of a job knows of the lease it runs under. */
export interface Turn {
  /** Greater in every run than in all runs before: what must not be undone by a run that was given up for dead can carry it. */
  fence: number;
  /** Aborted when the lease is lost or the server stops: the run should end soon. */
  signal: AbortSignal;
}

/** Writes a line to the log: what happened, and ids and reasons beside it; never a name, never a secret. */
export type Tell = (what: string, details: Readonly<Record<string, string | number | undefined>>) => void;

/** Work that repeats. main runs it under a lease, so that several processes run each once. */
export interface Job {
  name: string;
  /** Seconds between the end of one run and the start of the next. */
  every: number;
  run(turn?: Turn): Promise<void>;
}

/** A figure that a part tells those who operate the server, who see it among the metrics. */
export interface Measure {
  /** As Prometheus wants it: its unit last, or `_total` for what only grows. */
  name: string;
  help: string;
  kind: 'gauge' | 'counter';
  /** Called each time somebody asks: quick. */
  read(): number;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface CommandCall {
  args: Record<string, Json>;
  /** What the caller streams in (a file, say); empty when there is nothing. */
  input: AsyncIterable<Uint8Array>;
  /** Sends a line to the caller at once: progress, or one row of a long answer. Waits while the caller is slow; rejects once it has gone. */
  emit(line: Json): Promise<void>;
}

/**
 * Something the command line can ask for. It runs in the server when one is running on this data folder (by its control
 * socket), else in the command's own process: the same code either way.
 */
export interface Command {
  /** e.g. 'key.add' */
  name: string;
  /** Gives the final answer. Rejects with LivretError. */
  run(call: CommandCall): Promise<Json>;
}

export interface Part {
  routes: Router;
  navigation: readonly NavigationItem[];
  permissions: readonly Permission[];
  jobs: readonly Job[];
  commands: readonly Command[];
  measures: readonly Measure[];
  /** Finishes what was accepted and lets go of files. */
  close(): Promise<void>;
}
