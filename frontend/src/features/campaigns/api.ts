import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { failed, said } from '@/components/toast/toast';
import { Campaigns, Content, Jobs, Segments, Senders, Workspace, type Campaign, type CampaignDocument, type Job, type JobStarted, type ProofGroup } from '@/lib/generated/api';
import { useJobs, useRunJob } from '@/lib/jobs';

/** How often the status of a run is asked for while it is being sent, in milliseconds. */
const whileSending = 600;

const documentKey = (slug: string) => ['campaigns', 'document', slug] as const;

export function useCampaigns() {
  return useQuery({
    queryKey: ['campaigns', 'list'],
    queryFn: ({ signal }) => Campaigns.list(signal),
    refetchInterval: (q) => (q.state.data?.some((c) => c.live) ? whileSending : false),
  });
}

export function useCampaign(slug: string) {
  return useQuery({ queryKey: documentKey(slug), queryFn: ({ signal }) => Campaigns.get(slug, signal) });
}

/** Where the run stands; asked for again and again while it is known to move. */
export function useStatus(slug: string, moving: boolean) {
  return useQuery({
    queryKey: ['campaigns', 'status', slug],
    queryFn: ({ signal }) => Campaigns.status(slug, signal),
    refetchInterval: (q) => (moving || ['running', 'planning'].includes(q.state.data?.state ?? '') ? whileSending : false),
  });
}

export function useLastCheck(slug: string) {
  return useQuery({ queryKey: ['campaigns', 'check', slug], queryFn: ({ signal }) => Campaigns.lastCheck(slug, signal) });
}

/** Whom a campaign reaches; the answer to an older version stays while the new one comes. */
export function useAudience(slug: string, version: number) {
  return useQuery({
    queryKey: ['campaigns', 'audience', slug, version],
    queryFn: ({ signal }) => Campaigns.audience(slug, signal),
    placeholderData: keepPreviousData,
  });
}

export function useSegments() {
  return useQuery({ queryKey: ['segments', 'list'], queryFn: ({ signal }) => Segments.list(signal) });
}

export function useTemplates() {
  return useQuery({ queryKey: ['content', 'templates'], queryFn: ({ signal }) => Content.templates(signal) });
}

export function useTemplateVersions(slug: string) {
  return useQuery({ queryKey: ['content', 'versions', slug], queryFn: ({ signal }) => Content.versions(slug, signal), enabled: slug !== '' });
}

export function useSenders() {
  return useQuery({ queryKey: ['senders', 'list'], queryFn: ({ signal }) => Senders.list(signal) });
}

/** Whether a sender takes a message twice without harm, as a folder of files does. */
export function useHarmless(esp: string): boolean {
  const adapter = useSenders().data?.find((s) => s.slug === esp)?.adapter;
  const adapters = useQuery({ queryKey: ['senders', 'adapters'], queryFn: ({ signal }) => Senders.adapters(signal), staleTime: Infinity });
  return adapters.data?.find((a) => a.name === adapter)?.idempotent ?? false;
}

export function useSettings() {
  return useQuery({ queryKey: ['workspace', 'settings'], queryFn: ({ signal }) => Workspace.settings(signal) });
}

/**
 * Changes fields of a campaign. Each change is shown at once and saved in its
 * turn, on top of what was saved before it.
 */
export function useEditCampaign(slug: string): (change: Partial<Campaign>) => void {
  const client = useQueryClient();
  const key = documentKey(slug);
  const save = useMutation({
    scope: { id: `campaign ${slug}` },
    mutationFn: (change: Partial<Campaign>) => {
      const now = client.getQueryData<CampaignDocument>(key);
      if (!now) throw new Error('the campaign is not there any more');
      return Campaigns.put({ slug, campaign: { ...now.campaign, ...change }, base_version: now.version });
    },
    onMutate: (change) => client.setQueryData<CampaignDocument>(key, (d) => d && { ...d, campaign: { ...d.campaign, ...change } }),
    onSuccess: (saved) => {
      // A later change may be shown already: only the version is taken over then.
      const later = client.isMutating({ predicate: (m) => m.options.scope?.id === `campaign ${slug}` }) > 1;
      client.setQueryData<CampaignDocument>(key, (d) => (d && later ? { ...saved, campaign: d.campaign } : saved));
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
    },
    onError: (error) => {
      failed(error, 'The change was not saved');
      void client.invalidateQueries({ queryKey: key });
    },
  });
  return (change) => save.mutate(change);
}

/** What can be done about a problem: nothing is sent, those people are left out, it is sent; "" is undecided. */
export type Decision = 'block' | 'skip' | 'accept' | '';

/** Says what is to be done about a problem. The check stays what it was, with the decision in it. */
export function useDecide(slug: string) {
  const client = useQueryClient();
  const decide = useMutation({
    scope: { id: `campaign ${slug}` },
    mutationFn: async ({ problem, what }: { problem: Pick<ProofGroup, 'kind' | 'place' | 'message'>; what: Decision }) => {
      const doc = await Campaigns.decide(slug, problem.kind, problem.place, problem.message, what);
      return { doc, check: await Campaigns.lastCheck(slug) };
    },
    onSuccess: ({ doc, check }) => {
      client.setQueryData(documentKey(slug), doc);
      client.setQueryData(['campaigns', 'check', slug], check);
      campaignsChanged(client);
    },
    onError: (e) => failed(e, 'The decision was not saved'),
  });
  return (problem: Pick<ProofGroup, 'kind' | 'place' | 'message'>, what: Decision) => decide.mutate({ problem, what });
}

export function useCreateCampaign(onCreated: (doc: CampaignDocument) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (campaign: Campaign) => Campaigns.put({ slug: '', campaign, base_version: 0 }),
    onSuccess: (doc) => {
      client.setQueryData(documentKey(doc.slug), doc);
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      onCreated(doc);
    },
  });
}

/** Makes a campaign with the same audience and content, under a name that is free. */
export function useDuplicate(onMade: (doc: CampaignDocument) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (slug: string) => {
      const [{ campaign }, all] = await Promise.all([Campaigns.get(slug), Campaigns.list()]);
      return Campaigns.put({ slug: '', campaign: { ...campaign, name: copyName(campaign.name, all.map((c) => c.name)) }, base_version: 0 });
    },
    onSuccess: (doc) => {
      client.setQueryData(documentKey(doc.slug), doc);
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      said(`“${doc.campaign.name}” is made. Nothing of it has been sent.`);
      onMade(doc);
    },
    onError: (e) => failed(e, 'The campaign could not be copied'),
  });
}

/** "Autumn" → "Autumn copy", or "Autumn copy 2" where that is taken. */
export function copyName(name: string, taken: string[]): string {
  const stem = `${name.replace(/ copy( \d+)?$/, '')} copy`;
  for (let n = 1; ; n++) {
    const tried = n === 1 ? stem : `${stem} ${n}`;
    if (!taken.includes(tried)) return tried;
  }
}

export function useRemoveCampaign() {
  const client = useQueryClient();
  const again = () => void client.invalidateQueries({ queryKey: ['campaigns'] });
  return useMutation({
    mutationFn: async (slug: string) => {
      const doc = await Campaigns.get(slug);
      await Campaigns.remove(slug);
      return doc;
    },
    onSuccess: ({ slug, campaign }) => {
      again();
      said(`“${campaign.name}” is removed.`, () => {
        Campaigns.put({ slug, campaign, base_version: 0 }).then(again, (e: unknown) => failed(e, 'The campaign could not be brought back'));
      });
    },
  });
}

/** Asks again for everything about campaigns. */
export function campaignsChanged(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['campaigns'] });
}

export interface CampaignWork {
  /** The work while it runs, also when it was begun before this page was opened. */
  job: Job | undefined;
  running: boolean;
  start: (begin: () => Promise<JobStarted>) => void;
  cancel: () => void;
  error: Error | null;
}

/** One kind of long work on a campaign: "proof", "plan" or "send". */
export function useCampaignWork(kind: string, title: string): CampaignWork {
  const client = useQueryClient();
  const run = useRunJob(() => campaignsChanged(client));
  const found = useJobs().find((j) => j.kind === kind && j.title === title && j.state === 'running');
  const job = run.running ? run.job : found;
  const running = run.running || found !== undefined;
  const [wasRunning, setWasRunning] = useState(running);
  useEffect(() => {
    if (wasRunning && !running) campaignsChanged(client);
    setWasRunning(running);
  }, [client, running, wasRunning]);
  return {
    job,
    running,
    start: run.start,
    cancel: () => {
      if (found) void Jobs.cancel(found.id);
      else run.cancel();
    },
    error: run.error,
  };
}
