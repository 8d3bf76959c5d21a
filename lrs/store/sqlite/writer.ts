/** Writes groups of tasks, each group in one transaction. */
import { LivretError } from '../../errors.ts';
import type { Erasure } from '../store.ts';
import { Clock } from './clock.ts';
import { Dictionary } from './dictionary.ts';
import { DocumentWriter } from './document-writer.ts';
import { Eraser } from './eraser.ts';
import { ItemWriter } from './item-writer.ts';
import { Loader } from './loader.ts';
import { type Task, type TaskResult, toWire } from './messages.ts';
import { openForWriting } from './schema.ts';
import { StatementWriter } from './statement-writer.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** What is taken while a dump is being loaded. */
const LOADING: readonly Task['kind'][] = ['load', 'load-end'];

export class Writer {
  readonly log: WriteAheadLog;
  readonly #database;
  readonly #clock;
  readonly #dictionary;
  readonly #statements;
  readonly #documents;
  readonly #items;
  readonly #eraser;
  readonly #loader;

  constructor(file: string) {
    this.#database = openForWriting(file);
    this.log = new WriteAheadLog(this.#database);
    this.#clock = new Clock(this.#database);
    this.#dictionary = new Dictionary(this.#database);
    this.#statements = new StatementWriter(this.#database, this.#clock, this.#dictionary);
    this.#documents = new DocumentWriter(this.#database);
    this.#items = new ItemWriter(this.#database, this.#clock);
    this.#eraser = new Eraser(this.#database, this.#clock, this.#dictionary);
    this.#loader = new Loader(this.#database, this.#statements);
  }

  /**
   * All tasks of the group in one transaction. Tasks refuse before they write, so a refusal needs no rollback; should
   * one fail otherwise, the transaction is undone and each task is tried again alone, so that it takes no neighbour along.
   */
  run(tasks: readonly Task[]): TaskResult[] {
    try {
      return this.#transaction(tasks);
    } catch (error) {
      if (tasks.length === 1) return [{ error: toWire(error) }];
      return tasks.flatMap((task) => this.run([task]));
    }
  }

  get stored(): number {
    return this.#clock.stored;
  }

  close(): void {
    this.#database.close();
  }

  #transaction(tasks: readonly Task[]): TaskResult[] {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#clock.begin();
      const results = tasks.map((task) => this.#attempt(task));
      this.#clock.save();
      this.#database.exec('COMMIT');
      if (tasks.some(({ kind }, n) => kind === 'load-end' && results[n] && 'value' in results[n])) this.#loader.ended();
      return results;
    } catch (error) {
      this.#rollback();
      throw unavailable(error);
    }
  }

  #rollback(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself already (disk full, I/O error)
    }
    this.#clock.reset();
    this.#dictionary.reset();
    this.#statements.reset();
  }

  #attempt(task: Task): TaskResult {
    try {
      return { value: this.#do(task) };
    } catch (error) {
      if (error instanceof LivretError) return { error: toWire(error) };
      throw error;
    }
  }

  #do(task: Task): unknown {
    if (this.#loader.underWay && !LOADING.includes(task.kind)) throw new LivretError('store.incomplete');
    switch (task.kind) {
      case 'commit': {
        const outcomes = this.#statements.check(task.statements);
        this.#items.check(task.changes);
        task.statements.forEach((statement, n) => {
          if (outcomes[n] === 'stored') this.#statements.write(statement);
        });
        for (const change of task.changes) this.#items.write(change);
        return { stored: this.#clock.stored, outcomes };
      }
      case 'put-document':
        return this.#documents.put(task.put, this.#clock.stored);
      case 'delete-document':
        return this.#documents.delete(task.scope, task.id, task.condition);
      case 'delete-documents':
        return this.#documents.deleteAll(task.scope);
      case 'open-collection':
        return this.#items.open(task.spec);
      case 'erase': {
        const counts = this.#eraser.run(task.erasure);
        this.#statements.reset();
        return counts;
      }
      case 'load-begin':
        return this.#loader.begin();
      case 'load':
        return this.#loader.take(task.entries);
      case 'load-end':
        return this.#endLoad(task.erasures);
      case 'ticket':
        return undefined;
    }
  }

  #endLoad(erasures: readonly Erasure[]): void {
    this.#clock.set(this.#loader.end());
    this.#items.openAgain();
    for (const erasure of erasures) {
      this.#clock.begin();
      this.#eraser.run(erasure);
    }
    this.#statements.reset();
  }
}

function unavailable(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (/disk is full|SQLITE_FULL/i.test(message)) {
    return new LivretError('store.unavailable', { detail: 'The disk is full.', cause: error });
  }
  return error instanceof Error ? error : new Error(message);
}
