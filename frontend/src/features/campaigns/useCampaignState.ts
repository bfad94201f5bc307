import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Looked } from '@/components/preview/usePreview';
import { Campaigns, type CampaignDocument, type ContactHit } from '@/lib/generated/api';
import { useAudience, useCampaignWork, useLastCheck, useSettings, useStatus, useTemplates } from './api';
import { blocking, composedBefore, fixed, gapsOf, staleness, stepsOf } from './steps';

/** Everything a campaign's page knows: the facts, the steps that follow from them, and the work under way. */
export function useCampaignState(doc: CampaignDocument) {
  const { slug, campaign } = doc;
  const audience = useAudience(slug, doc.version);
  const check = useLastCheck(slug).data;
  const settings = useSettings().data;
  const template = useTemplates().data?.find((t) => t.slug === campaign.template);
  const checking = useCampaignWork('proof', `Check ${campaign.name}`);
  const planning = useCampaignWork('plan', `Plan ${campaign.name}`);
  const sending = useCampaignWork('send', `Send ${campaign.name}`);
  const status = useStatus(slug, planning.running || sending.running).data;
  const reached = audience.isPlaceholderData ? undefined : audience.data;
  const facts = { doc, audience: reached, settings, templateVersion: campaign.template_version || (template?.version ?? 0), templateName: template?.name ?? '', check, status, checking: checking.running };
  // The program looks up what the campaign sends; the version makes a changed one a new question.
  const looked = useMemo<Looked>(() => ({ campaign: slug, version: doc.version }), [slug, doc.version]);
  const gaps = gapsOf(campaign, settings);
  const old = staleness(facts);
  return {
    ...stepsOf(facts),
    status,
    audience: reached,
    check: check ?? null,
    settings,
    gaps,
    looked,
    old,
    fixed: fixed(status),
    recompose: composedBefore(status, check),
    checking,
    sending: sending.running || !planning.running ? sending : planning,
    /** Whether all that decides the next step is known. */
    known: status !== undefined && check !== undefined && settings !== undefined,
    why: whyNot(gaps[0]?.message, check === null || check === undefined ? 'It has not been checked yet.' : old, check ? blocking(check) : []),
  };
}

/** Why nothing can be sent yet, in a sentence; "" when it can. */
export function whyNot(gap: string | undefined, old: string, blocked: string[]): string {
  if (gap) return `It can be sent when its content is complete: ${gap.charAt(0).toLowerCase()}${gap.slice(1)}.`;
  if (old) return `${old} It can be sent after a check.`;
  if (blocked.length > 0) return 'The check found what must be mended first.';
  return '';
}

/** Whom the message is looked at for: somebody chosen, or the first who gets it. */
export function useSomebodyOf(slug: string, version: number): [ContactHit | null, (c: ContactHit) => void] {
  const [chosen, choose] = useState<ContactHit | null>(null);
  const first = useQuery({
    queryKey: ['campaigns', 'first', slug, version],
    queryFn: async ({ signal }) => (await Campaigns.excluded(slug, 'permitted', 0, 1, signal)).rows[0] ?? null,
  });
  const [kept, setKept] = useState<ContactHit | null>(null);
  // The first stays while it is looked at, whatever the audience becomes.
  if (kept === null && first.data) setKept(first.data);
  return [chosen ?? kept, choose];
}
