import type { AdapterInfo, Field, SenderDocument } from '@/lib/generated/api';
import type { Json } from '@/lib/generated/api';

/** What is typed into the form of a sender: settings as text, passwords apart. */
export interface Draft {
  adapter: string;
  name: string;
  values: Record<string, string>;
  /** Passwords that were typed, by field; untouched ones are not here. */
  typed: Record<string, string>;
}

export function draftOf(doc: SenderDocument | undefined, adapters: AdapterInfo[]): Draft {
  const settings = isObject(doc?.settings) ? doc.settings : {};
  const adapter = typeof settings.adapter === 'string' ? settings.adapter : (adapters[0]?.name ?? '');
  const values: Record<string, string> = {};
  for (const f of adapters.find((a) => a.name === adapter)?.fields ?? []) values[f.name] = settings[f.name] === undefined ? f.default : String(settings[f.name]);
  return { adapter, name: doc?.name ?? '', values, typed: {} };
}

/** The same sender through another way of sending: what both ask for stays. */
export function withAdapter(draft: Draft, adapter: AdapterInfo): Draft {
  const values = Object.fromEntries(adapter.fields.map((f) => [f.name, draft.values[f.name] || f.default]));
  return { ...draft, adapter: adapter.name, values };
}

/** What is wrong with what is typed, by field. */
export function problemsOf(draft: Draft, fields: Field[]): Record<string, string> {
  const problems: Record<string, string> = {};
  if (draft.name.trim() === '') problems.name = 'Give it a name';
  for (const f of fields) {
    const value = (draft.values[f.name] ?? '').trim();
    if (f.required && value === '' && !(f.type === 'secret' && draft.typed[f.name])) problems[f.name] = `${f.label} is needed`;
    else if (f.type === 'number' && value !== '' && !Number.isFinite(Number(value))) problems[f.name] = `${f.label} is a number`;
  }
  return problems;
}

/** What is kept: the settings without passwords, and the passwords by their names. */
export function savedOf(draft: Draft, fields: Field[], slug: string): { settings: Record<string, Json>; secrets: Record<string, string> } {
  const settings: Record<string, Json> = { adapter: draft.adapter };
  const secrets: Record<string, string> = {};
  for (const f of fields) {
    const value = (draft.values[f.name] ?? '').trim();
    const typed = draft.typed[f.name];
    if (f.type === 'secret' && typed) {
      const name = value || secretName(slug || draft.name, f.name);
      secrets[name] = typed;
      settings[f.name] = name;
    } else if (f.type === 'number' && value !== '') settings[f.name] = Number(value);
    else if (f.type === 'boolean') settings[f.name] = value === 'true';
    else if (value !== '') settings[f.name] = value;
  }
  return { settings, secrets };
}

/** A name under which a password is kept: letters, digits, dots and dashes. */
export function secretName(sender: string, field: string): string {
  const stem = sender.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 40);
  return `${stem || 'sender'}-${field === 'secret' ? 'password' : field}`;
}

function isObject(v: unknown): v is Record<string, Json> {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

/** Where passwords are kept, in a sentence. */
export function whereInWords(where: string): string {
  if (where === 'keychain') return 'Passwords are kept in the keychain of this computer, never in the workspace.';
  return `This computer has no keychain that answers, so passwords are kept encrypted in ${where}, never in the workspace.`;
}

const choices: Record<string, string> = {
  starttls: 'STARTTLS (usual, port 587)',
  tls: 'TLS from the first byte (port 465)',
  none: 'None (only for a server on this machine)',
};

/** An option of a choice as people say it. */
export function choiceInWords(option: string): string {
  return choices[option] ?? option;
}
