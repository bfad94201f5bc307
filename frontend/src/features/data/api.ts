import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServerPages } from '@/components/table/useServerPages';
import { Data, Segments, type ImportPlan, type ImportRequest, type Product } from '@/lib/generated/api';

export function useBatches() {
  return useQuery({ queryKey: ['data', 'batches'], queryFn: ({ signal }) => Data.batches(signal) });
}

export function useReport(batch: number) {
  return useQuery({ queryKey: ['data', 'report', batch], queryFn: ({ signal }) => Data.report(batch, signal) });
}

/** What is found in a file, as it would be read with these choices; asked again after each. */
export function usePlan(request: ImportRequest | null) {
  return useQuery<ImportPlan>({
    queryKey: ['import-plan', request],
    queryFn: ({ signal }) => Data.inspect(request as ImportRequest, signal),
    enabled: request !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
}

/** The words of the workspace: its events, to name one, and its purposes. */
export function useWords() {
  return useQuery({ queryKey: ['segments', 'vocabulary'], queryFn: ({ signal }) => Segments.vocabulary(signal) });
}

export function useSaveRejects(onSaved: (path: string) => void) {
  return useMutation({ mutationFn: ({ batch, path }: { batch: number; path: string }) => Data.saveRejects(batch, path), onSuccess: (_, { path }) => onSaved(path) });
}

export function useQuality() {
  return useQuery({ queryKey: ['data', 'quality'], queryFn: ({ signal }) => Data.quality(signal) });
}

export function useCategories() {
  return useQuery({ queryKey: ['data', 'categories'], queryFn: ({ signal }) => Data.categories(signal) });
}

export function useProducts(search: string, category: string) {
  return useServerPages<Product>(['data', 'products', search, category], (offset, limit, signal) => Data.products({ search, category, offset, limit }, signal));
}

/** Asks for the imports and all they changed again. */
export function useDataChanged() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ predicate: (q) => !['status', 'jobs', 'import-plan'].includes(String(q.queryKey[0])) });
}
