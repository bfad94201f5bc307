import type { Template } from '@/lib/generated/api';
import { slipOf } from './json';

/** What keeps a text from being a template, and where: offsets in the text, lines from 1. */
export interface CodeProblem {
  message: string;
  from: number;
  to: number;
  line: number;
}

/**
 * Reads a template written as JSON, as far as the editor needs its shape: an
 * object with a list of blocks, each an object with a kind. What each block may
 * say is the program's to check.
 */
export function readTemplate(text: string): { template: Template | null; problem: CodeProblem | null } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const from = Math.max(0, Math.min(slipOf(text), text.length - 1));
    return { template: null, problem: at(text, 'this is not JSON: something is missing here, or too much', from, from + 1) };
  }
  const wrong = shapeProblem(value);
  if (wrong) return { template: null, problem: at(text, wrong, 0, Math.min(text.length, 1)) };
  const t = value as Template;
  return { template: { ...t, name: t.name ?? '', subject: t.subject ?? '' }, problem: null };
}

function shapeProblem(v: unknown): string | null {
  if (!isObject(v)) return 'a template is an object { }';
  for (const name of ['name', 'subject', 'preheader']) if (v[name] !== undefined && typeof v[name] !== 'string') return `“${name}” must be text in quotes`;
  if (v.style !== undefined && !isObject(v.style)) return '“style” must be an object { }';
  if (!Array.isArray(v.blocks)) return 'a template needs its list of “blocks”; an empty one is [ ]';
  return v.blocks.map(blockProblem).find((p) => p !== null) ?? null;
}

function blockProblem(v: unknown): string | null {
  if (!isObject(v)) return 'a block is an object { }';
  if (typeof v.kind !== 'string') return 'a block needs its “kind”';
  if (v.id !== undefined && typeof v.id !== 'string') return 'an “id” must be text in quotes';
  const inner: unknown[] = [];
  if (v.fallback !== undefined) inner.push(v.fallback);
  if (v.variants !== undefined) {
    if (!isObject(v.variants)) return '“variants” must be an object of blocks by name';
    inner.push(...Object.values(v.variants));
  }
  if (v.columns !== undefined) {
    if (!Array.isArray(v.columns)) return '“columns” must be a list [ ]';
    for (const c of v.columns) {
      if (!isObject(c) || !Array.isArray(c.blocks)) return 'a column needs its list of “blocks”';
      inner.push(...(c.blocks as unknown[]));
    }
  }
  if (v.rule !== undefined && (!isObject(v.rule) || !Array.isArray(v.rule.branches))) return 'a “rule” needs its list of “branches”';
  return inner.map(blockProblem).find((p) => p !== null) ?? null;
}

function isObject(v: unknown): v is Record<string, unknown> {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

function at(text: string, message: string, from: number, to: number): CodeProblem {
  return { message, from, to, line: text.slice(0, from).split('\n').length };
}
