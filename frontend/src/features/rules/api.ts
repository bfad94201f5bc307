import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Rules, type Rule } from '@/lib/generated/api';
import { jsonOf, unfinished, type DraftRule, type RuleJson } from './draft';

export function useRules() {
  return useQuery({ queryKey: ['rules', 'list'], queryFn: ({ signal }) => Rules.list(signal) });
}

/** A rule as it was when it was opened. */
export function useRule(slug: string | null) {
  return useQuery({ queryKey: ['rule-opened', slug], queryFn: ({ signal }) => Rules.get(slug ?? '', signal), enabled: slug !== null, staleTime: Infinity, gcTime: 0, refetchOnMount: 'always' });
}

/** The rule applied to everybody, again after each edit; the answer before stays while it is not whole. */
export function useRuleCount(rule: DraftRule) {
  const [asked] = useDebouncedValue(rule, 60);
  const json = useMemo(() => jsonOf(asked), [asked]);
  const answer = useQuery({
    queryKey: ['rules', 'count', JSON.stringify(json)],
    queryFn: ({ signal }) => Rules.count(json, signal),
    enabled: unfinished(asked) === '',
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  return { data: answer.data, error: answer.error, stale: asked !== rule || answer.isPlaceholderData };
}

export function useRuleTrace(rule: RuleJson, contact: number | null, enabled: boolean) {
  return useQuery({
    queryKey: ['rules', 'explain', contact, JSON.stringify(rule)],
    queryFn: ({ signal }) => Rules.explain(rule, contact ?? 0, signal),
    enabled: enabled && contact !== null,
    placeholderData: keepPreviousData,
  });
}

export function useSaveRule(onSaved: (r: Rule) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rule, base }: { rule: Pick<Rule, 'slug' | 'name' | 'note' | 'rule'>; base: number }) => Rules.put({ ...rule, version: 0, updated_at: 0 }, base),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: ['rules'] });
      onSaved(saved);
    },
  });
}

export function useRemoveRule() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (slug: string) => Rules.remove(slug), onSuccess: () => client.invalidateQueries({ queryKey: ['rules'] }) });
}
