import { AppError } from '@/lib/bridge';
import type { Template } from '@/lib/generated/api';
import { saveDocument, type ContentDocument, type DocumentKind } from '../api';

/** How many names are tried before one is given up. */
const tries = 50;

/** Saves a new template or block; a name that is taken gets a number. */
export async function createDocument(kind: DocumentKind, template: Template): Promise<ContentDocument> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? template.name : `${template.name} ${n}`;
    try {
      return await saveDocument({ kind, slug: '', template: { ...template, name }, note: '', base: 0 });
    } catch (e) {
      if (!(e instanceof AppError) || e.code !== 'conflict' || n === tries) throw e;
    }
  }
}
