/** Somebody who writes processes over HTTP. */
import { expect } from '@jest/globals';
import type { ProcessDefinition, StepDefinition } from '../../../src/modules/process/process.definition.js';
import {
  CreateProcessDocument,
  ProcessDocument,
  PublishProcessDocument,
  SaveProcessDraftDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';

type Refusal = { code: string; message: string; path?: string[] | null };

/** What a mutation was refused with: `CODE path`. */
export function refusals(payload: { userErrors: Refusal[] }): string[] {
  return payload.userErrors.map(({ code, path }) => `${code} ${path?.join('.') ?? '-'}`);
}

export class Editor {
  id = '';
  draftVersion = 0;

  constructor(
    private readonly client: Client,
    readonly key: string,
  ) {}

  definition(...steps: StepDefinition[]): ProcessDefinition {
    return { key: this.key, name: `Process ${this.key}`, description: 'Made for a test.', steps };
  }

  async create(...steps: StepDefinition[]): Promise<this> {
    const { key, name, description } = this.definition();
    const { createProcess } = await this.client.ask(CreateProcessDocument, {
      input: { key, name, description, definition: this.definition(...steps) },
    });
    expect(createProcess.userErrors).toEqual([]);
    this.id = createProcess.process?.id as string;
    this.draftVersion = 1;
    return this;
  }

  /** Saves the draft as JSON and follows its version. */
  async save(definition: unknown, expectedVersion = this.draftVersion) {
    const { saveProcessDraft } = await this.client.ask(SaveProcessDraftDocument, {
      input: { processId: this.id, definition, expectedVersion },
    });
    this.draftVersion = saveProcessDraft.process?.draft?.version ?? this.draftVersion;
    return saveProcessDraft;
  }

  async publish(expectedVersion = this.draftVersion) {
    return (await this.client.ask(PublishProcessDocument, { input: { processId: this.id, expectedVersion } }))
      .publishProcess;
  }

  /** Saves and publishes steps without a fault. @returns the id of the version */
  async release(...steps: StepDefinition[]): Promise<string> {
    expect((await this.save(this.definition(...steps))).userErrors).toEqual([]);
    const published = await this.publish();
    expect(published.userErrors).toEqual([]);
    return published.version?.id as string;
  }

  async load() {
    const { process } = await this.client.ask(ProcessDocument, { key: this.key });
    if (!process) throw new Error(`There is no process ${this.key}`);
    return process;
  }
}
