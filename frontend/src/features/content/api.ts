import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Content, Recommendations, Rules, Segments, type Template, type VersionInfo } from '@/lib/generated/api';

/** Templates and reusable blocks are edited alike: a block is a template without a subject. */
export type DocumentKind = 'template' | 'block';

export interface ContentDocument {
  kind: DocumentKind;
  slug: string;
  version: number;
  template: Template;
  updated_at: number;
}

export function useTemplates() {
  return useQuery({ queryKey: ['content', 'templates'], queryFn: ({ signal }) => Content.templates(signal) });
}

export function useBlocks() {
  return useQuery({ queryKey: ['content', 'blocks'], queryFn: ({ signal }) => Content.blocks(signal) });
}

export function useStarters() {
  return useQuery({ queryKey: ['content', 'starters'], queryFn: ({ signal }) => Content.starters(signal), staleTime: Infinity });
}

export function useKinds() {
  return useQuery({ queryKey: ['content', 'kinds'], queryFn: ({ signal }) => Content.blockKinds(signal), staleTime: Infinity });
}

export function useVariables() {
  return useQuery({ queryKey: ['content', 'variables'], queryFn: ({ signal }) => Content.variables(signal) });
}

export function useAssets() {
  return useQuery({ queryKey: ['content', 'assets'], queryFn: ({ signal }) => Content.assets(signal) });
}

export function useRules() {
  return useQuery({ queryKey: ['rules', 'list'], queryFn: ({ signal }) => Rules.list(signal) });
}

/** The variants that a shared rule can choose, in the order it tries them. */
export function useRule(slug: string) {
  return useQuery({ queryKey: ['rules', 'one', slug], queryFn: ({ signal }) => Rules.get(slug, signal), enabled: slug !== '' });
}

/** A rule applied to everybody; nothing while the rule is not whole. */
export function useRuleCount(rule: unknown) {
  const [slow] = useDebouncedValue(rule, 120);
  const answer = useQuery({
    queryKey: ['rules', 'count', slow],
    queryFn: ({ signal }) => Rules.count(slow, signal),
    enabled: slow !== undefined && slow !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 30_000,
  });
  return answer.error ? undefined : answer.data;
}

export function useSegments() {
  return useQuery({ queryKey: ['segments', 'list'], queryFn: ({ signal }) => Segments.list(signal) });
}

/** What a condition says, and how many it holds for. */
export function useMeaning(condition: unknown) {
  const [slow] = useDebouncedValue(condition, 120);
  return useQuery({
    queryKey: ['segments', 'meaning', slow],
    queryFn: async ({ signal }) => {
      const [said, counted] = await Promise.all([Segments.describe(slow, signal), Segments.count(slow, signal)]);
      return { sentence: said.sentence, count: counted.count, problems: counted.problems };
    },
    placeholderData: keepPreviousData,
  });
}

export async function loadDocument(kind: DocumentKind, slug: string, version: number, signal?: AbortSignal): Promise<ContentDocument> {
  if (kind === 'template') return { kind, ...(await Content.template(slug, version, signal)) };
  const b = await Content.block(slug, version, signal);
  return { kind, slug, version: b.version, updated_at: b.updated_at, template: { name: b.name, subject: '', blocks: b.blocks } };
}

/** A saved version, the newest for 0. */
export function useDocument(kind: DocumentKind, slug: string, version = 0) {
  return useQuery({ queryKey: ['content', kind, slug, version], queryFn: ({ signal }) => loadDocument(kind, slug, version, signal), enabled: slug !== '' });
}

export function useVersions(kind: DocumentKind, slug: string) {
  return useQuery({
    queryKey: ['content', 'versions', kind, slug],
    queryFn: ({ signal }): Promise<VersionInfo[]> => (kind === 'template' ? Content.versions(slug, signal) : Content.blockVersions(slug, signal)),
  });
}

/** What differs between two versions, in words of the program. */
export function useDiff(kind: DocumentKind, slug: string, from: number, to: number) {
  return useQuery({
    queryKey: ['content', 'diff', kind, slug, from, to],
    queryFn: ({ signal }) => (kind === 'template' ? Content.diff(slug, from, to, signal) : Content.blockDiff(slug, from, to, signal)),
    enabled: from !== to,
  });
}

export interface SaveDocument {
  kind: DocumentKind;
  slug: string;
  template: Template;
  note: string;
  /** The version that was edited; 0 for a new one, −1 to save over whatever is there. */
  base: number;
  /** Saves it though it does not come out for one of its test people. */
  anyway?: boolean;
}

export async function saveDocument({ kind, slug, template, note, base, anyway = false }: SaveDocument): Promise<ContentDocument> {
  if (kind === 'template') return { kind, ...(await Content.putTemplate({ slug, template, note, base_version: base, anyway })) };
  const b = await Content.putBlock({ slug, name: template.name, blocks: template.blocks, note, base_version: base, anyway });
  return { kind, slug: b.slug, version: b.version, updated_at: b.updated_at, template: { ...template, name: b.name, blocks: b.blocks } };
}

export async function restoreDocument(kind: DocumentKind, slug: string, version: number): Promise<void> {
  await (kind === 'template' ? Content.restore(slug, version) : Content.restoreBlock(slug, version));
}

export async function removeDocument(kind: DocumentKind, slug: string): Promise<void> {
  await (kind === 'template' ? Content.removeTemplate(slug) : Content.removeBlock(slug));
}

/** What is wrong or unwise in a draft, a quarter of a second after the last change. */
export function useFindings(kind: DocumentKind, template: Template) {
  const [slow] = useDebouncedValue(template, 250);
  return useQuery({
    queryKey: ['content', 'check', kind, slow],
    queryFn: async ({ signal }) => {
      const found = await Content.check(slow, signal);
      // A reusable block has neither subject nor unsubscribe link of its own.
      return kind === 'template' ? found : found.filter((f) => f.place.startsWith('blocks'));
    },
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}

/** The test people of a saved document, with how a draft of it comes out for each. */
export function useTestPeople(kind: DocumentKind, slug: string, template: Template) {
  const [slow] = useDebouncedValue(template, 400);
  return useQuery({
    queryKey: ['content', 'test-people', kind, slug, slow],
    queryFn: ({ signal }) => Content.testPeople(kind, slug, slow, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}

export function useSetTestPeople(kind: DocumentKind, slug: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (contacts: number[]) => Content.setTestPeople(kind, slug, contacts),
    onSettled: () => client.invalidateQueries({ queryKey: ['content', 'test-people', kind, slug] }),
  });
}

/** Asks again for everything of content after a change. */
export function useContentChanged(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['content'] });
}

/** Categories that were bought from, for the field of a products block. */
/** The saved ways of choosing products, for a list to choose from. */
export function useSavedRecommendations(wanted: boolean) {
  return useQuery({
    queryKey: ['recommendations', 'names'],
    queryFn: async ({ signal }) => (await Recommendations.list(signal)).map((r) => ({ value: r.slug, label: r.name })),
    enabled: wanted,
  });
}

export function useCategories(wanted: boolean) {
  return useQuery({
    queryKey: ['content', 'categories'],
    queryFn: async ({ signal }) => (await Segments.values({ attribute: '', event: 'order_placed', property: 'category' }, '', 50, signal)).map((v) => v.value),
    enabled: wanted,
  });
}
