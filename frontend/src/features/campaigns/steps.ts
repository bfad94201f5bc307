import type { Campaign, CampaignAudience, CampaignDocument, Proof, RunStatus, Settings } from '@/lib/generated/api';
import { count, plural } from '@/lib/format';
import { interrupted, settledOf, standingOf } from '@/lib/outbox';

/** The way of a campaign from its audience to the last message, as pure facts and sentences. */

export type StepName = 'audience' | 'content' | 'check' | 'send';

export interface Step {
  name: StepName;
  state: 'done' | 'attention' | 'next' | 'later' | 'working';
  /** Where it stands, in a few words. */
  says: string;
}

/** The one thing to do next. */
export type Next = 'audience' | 'content' | 'check' | 'mend' | 'send' | 'resume' | 'decide' | 'none';

export interface Facts {
  doc: CampaignDocument;
  audience: CampaignAudience | undefined;
  settings: Settings | undefined;
  /** The version of the template that would be sent now; 0 while it is not known. */
  templateVersion: number;
  templateName: string;
  check: Proof | null | undefined;
  status: RunStatus | undefined;
  checking: boolean;
}

export interface Gap {
  field: 'template' | 'esp' | 'from.email' | 'reply_to' | 'unsubscribe';
  message: string;
  /** Whether what stands there is wrong, rather than nothing yet. */
  wrong: boolean;
}

/** What a campaign lacks before it can be checked and sent. */
export function gapsOf(c: Campaign, settings: Pick<Settings, 'default_unsubscribe'> | undefined): Gap[] {
  const gaps: Gap[] = [];
  if (!c.template) gaps.push({ field: 'template', message: 'Choose what to send: a template', wrong: false });
  if (!c.from.email) gaps.push({ field: 'from.email', message: 'Say from which address it comes', wrong: false });
  else if (!looksLikeAddress(c.from.email)) gaps.push({ field: 'from.email', message: `“${c.from.email}” is no e-mail address`, wrong: true });
  if (c.reply_to && !looksLikeAddress(c.reply_to)) gaps.push({ field: 'reply_to', message: `“${c.reply_to}” is no e-mail address`, wrong: true });
  const way = c.unsubscribe || settings?.default_unsubscribe || '';
  if (settings && c.purpose === 'marketing' && way.trim() === '')
    gaps.push({ field: 'unsubscribe', message: 'Marketing mail needs a way to unsubscribe: mailto:… or https://…', wrong: false });
  if (!c.esp) gaps.push({ field: 'esp', message: 'Choose how to send: a sender', wrong: false });
  return gaps;
}

export function looksLikeAddress(text: string): boolean {
  return /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(text.trim());
}

/** Why the last check says nothing of what would be sent now; "" when it does. */
export function staleness(f: Pick<Facts, 'doc' | 'check' | 'templateVersion' | 'audience'>): string {
  const { check, audience } = f;
  if (!check) return 'It has not been checked yet.';
  if (check.campaign_version !== f.doc.version) return 'The campaign has changed since it was checked.';
  if (f.templateVersion > 0 && check.template_version !== f.templateVersion) return 'The template has changed since it was checked.';
  if (check.messages < check.total) return 'The check was stopped before its end.';
  if (audience && audience.permitted !== check.messages)
    return `The audience has changed since it was checked: ${plural(check.messages, 'person', 'people')} then, ${count(audience.permitted)} now.`;
  return '';
}

/** What must be mended before anything can be sent. */
export function blocking(check: Proof): string[] {
  const list = [...check.problems];
  if (check.messages > 0 && check.failed === check.messages) list.push('not one message could be composed');
  return list;
}

/** Whether anything of the campaign has left, so that its audience and content are what they were. */
export function fixed(status: RunStatus | undefined): boolean {
  if (!status || status.run === 0) return false;
  return ['running', 'paused', 'finished'].includes(status.state) && (status.state !== 'paused' || settledOf(status.counts) > (status.counts.failed ?? 0));
}

/** Whether the messages that are kept were composed before the check that allows to send. */
export function composedBefore(status: RunStatus | undefined, check: Proof | null | undefined): boolean {
  return status !== undefined && ['planned', 'paused'].includes(status.state) && !fixed(status) && (!check || status.as_of < check.at);
}

export function stepsOf(f: Facts): { steps: Step[]; next: Next } {
  const next = nextOf(f);
  return {
    next,
    steps: [audienceStep(f), contentStep(f), checkStep(f, next), sendStep(f, next)],
  };
}

function nextOf(f: Facts): Next {
  const { status, check } = f;
  if (fixed(status) && status) {
    if (interrupted(status) || status.state === 'paused') return 'resume';
    if ((status.counts.unknown ?? 0) > 0 && status.state === 'finished') return 'decide';
    return 'none';
  }
  if (f.audience && f.audience.permitted === 0) return 'audience';
  if (gapsOf(f.doc.campaign, f.settings).length > 0) return 'content';
  if (!check || staleness(f) !== '') return 'check';
  if (blocking(check).length > 0) return 'mend';
  return 'send';
}

function audienceStep(f: Facts): Step {
  if (fixed(f.status) && f.status) return { name: 'audience', state: 'done', says: `${plural(f.status.total, 'person', 'people')}, fixed when it was composed` };
  if (!f.audience) return { name: 'audience', state: 'working', says: '' };
  const { permitted, included } = f.audience;
  if (permitted === 0) return { name: 'audience', state: 'attention', says: included === 0 ? 'nobody is in it' : 'nobody in it may be written to' };
  return { name: 'audience', state: 'done', says: `${plural(permitted, 'person', 'people')} of ${count(included)}` };
}

function contentStep(f: Facts): Step {
  const c = f.doc.campaign;
  const gaps = gapsOf(c, f.settings);
  if (!fixed(f.status) && gaps.length > 0) return { name: 'content', state: 'attention', says: gaps.length === 1 && gaps[0] ? lower(gaps[0].message) : `${gaps.length} things are missing` };
  const version = (fixed(f.status) ? f.status?.template_version : 0) || c.template_version;
  const what = f.templateName || c.template;
  return { name: 'content', state: 'done', says: `${what}${version ? ` version ${version}` : ''}, from ${c.from.name || c.from.email}` };
}

function checkStep(f: Facts, next: Next): Step {
  const { check } = f;
  if (f.checking) return { name: 'check', state: 'working', says: 'being checked' };
  if (fixed(f.status)) return { name: 'check', state: 'done', says: check ? `${plural(check.messages, 'message')} checked` : 'sent without a check' };
  if (!check) return { name: 'check', state: next === 'check' ? 'next' : 'later', says: 'not yet' };
  const old = staleness(f);
  if (old) return { name: 'check', state: next === 'check' ? 'next' : 'attention', says: 'to be checked again' };
  if (blocking(check).length > 0) return { name: 'check', state: 'attention', says: `${plural(blocking(check).length, 'thing')} to mend first` };
  if (check.failed > 0) return { name: 'check', state: 'attention', says: `${plural(check.failed, 'person gets', 'people get')} no message` };
  return { name: 'check', state: 'done', says: `${plural(check.messages, 'message')}, none fails` };
}

function sendStep(f: Facts, next: Next): Step {
  const { status } = f;
  if (!status || status.run === 0) return { name: 'send', state: next === 'send' ? 'next' : 'later', says: next === 'send' ? 'ready' : '' };
  const { words } = standingOf(status);
  const says = lower(words);
  if (interrupted(status) || (status.counts.unknown ?? 0) > 0) return { name: 'send', state: 'attention', says };
  if (status.state === 'finished') return { name: 'send', state: 'done', says: `${count(status.counts.accepted ?? 0)} accepted` };
  if (status.state === 'running' || status.state === 'planning') return { name: 'send', state: 'working', says };
  return { name: 'send', state: 'next', says };
}

export function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
