import { expect, it } from 'vitest';
import type { AdapterInfo, Field } from '@/lib/generated/api';
import { draftOf, problemsOf, savedOf, secretName, whereInWords, withAdapter } from './draft';

const field = (name: string, type: string, more: Partial<Field> = {}): Field => ({ name, label: name, type, options: [], default: '', required: false, help: '', ...more });
const smtp: AdapterInfo = { name: 'smtp', label: 'SMTP', about: '', idempotent: false, fields: [field('host', 'text', { required: true }), field('port', 'number', { default: '587' }), field('secret', 'secret'), field('quiet', 'boolean')] };
const eml: AdapterInfo = { name: 'eml', label: 'Files', about: '', idempotent: true, fields: [field('directory', 'folder', { required: true })] };

it('a new sender begins with the defaults of the first way of sending', () => {
  expect(draftOf(undefined, [smtp, eml])).toEqual({ adapter: 'smtp', name: '', values: { host: '', port: '587', secret: '', quiet: '' }, typed: {} });
});

it('keeps a typed password apart: only its name is in the settings', () => {
  const draft = { ...draftOf(undefined, [smtp]), name: 'Our Post!', typed: { secret: 'hunter2' } };
  draft.values.host = 'smtp.x';
  const saved = savedOf(draft, smtp.fields, '');
  expect(saved).toEqual({ settings: { adapter: 'smtp', host: 'smtp.x', port: 587, secret: 'our-post-password', quiet: false }, secrets: { 'our-post-password': 'hunter2' } });
  expect(JSON.stringify(saved.settings)).not.toContain('hunter2');
});

it('leaves a password alone that was not typed again', () => {
  const draft = draftOf({ slug: 'p', name: 'P', version: 1, settings: { adapter: 'smtp', host: 'h', secret: 'kept' } }, [smtp]);
  expect(savedOf(draft, smtp.fields, 'p')).toMatchObject({ settings: { secret: 'kept' }, secrets: {} });
});

it('replaces a password under the name it has', () => {
  const draft = { ...draftOf({ slug: 'p', name: 'P', version: 1, settings: { adapter: 'smtp', secret: 'kept' } }, [smtp]), typed: { secret: 'new' } };
  expect(savedOf(draft, smtp.fields, 'p').secrets).toEqual({ kept: 'new' });
});

it('tells what is missing and what is no number', () => {
  const draft = draftOf(undefined, [smtp]);
  draft.values.port = 'many';
  expect(problemsOf(draft, smtp.fields)).toEqual({ name: 'Give it a name', host: 'host is needed', port: 'port is a number' });
});

it('another way of sending asks for its own settings', () => {
  expect(withAdapter({ ...draftOf(undefined, [smtp]), name: 'P' }, eml)).toMatchObject({ adapter: 'eml', name: 'P', values: { directory: '' } });
});

it('names passwords with what every store takes', () => {
  expect(secretName('Ünser Server', 'secret')).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
  expect(secretName('!!', 'token')).toBe('sender-token');
});

it('says where passwords are kept', () => {
  expect(whereInWords('keychain')).toMatch(/keychain of this computer/);
  expect(whereInWords('/home/a/secrets.age')).toContain('encrypted in /home/a/secrets.age');
});
