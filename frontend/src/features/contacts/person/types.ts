/** What the program tells of one contact. */

export interface ContactAttribute {
  name: string;
  label: string;
  type: string;
  value: unknown;
}

export interface ContactConsent {
  purpose: string;
  state: string;
  source: string;
  at: number;
  expires_at: number;
  allowed: boolean;
  reason: string;
}

export interface ContactDetail {
  id: number;
  email: string;
  external_id: string;
  name: string;
  source: string;
  created_at: number;
  attributes: ContactAttribute[];
  consents: ContactConsent[];
  suppressed: { reason: string; source: string; at: number } | null;
  segments: { slug: string; name: string }[];
  event_counts: { event: string; count: number; last_at: number }[];
  value_total: string;
  messages: { id: number; run: number; campaign: string; subject: string; state: string; at: number }[];
}

export interface TimelineEvent {
  id: number;
  event: string;
  at: number;
  value: unknown;
  properties: unknown;
}
